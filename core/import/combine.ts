import { isoInstant, type Steps, sum } from "../base/index.ts";
import { expiryOf, isListed, usListed } from "../instrument/index.ts";
import { type IndexPrice, type MarketSnapshot, type Quote, snapshotSteps } from "../market/index.ts";
import type { Component, Portfolio, Position, PositionId, SourceFile } from "../portfolio/index.ts";
import { checkTogether } from "./check-together.ts";
import { present } from "./deribit/quote-row.ts";
import type { ImportedFile } from "./import-result.ts";
import { decide, type Intake, report } from "./intake.ts";

export interface Combined {
  readonly portfolio?: Portfolio;
  readonly market?: MarketSnapshot;
}

interface Naming {
  readonly name: string;
  readonly nowMs?: number;
}

/** Makes one portfolio and one snapshot of everything the files held. */
export function* combine(intake: Intake, files: readonly ImportedFile[], naming: Naming): Steps<Combined> {
  const portfolio = portfolioOf(intake, files, naming.name);
  yield;
  const market = yield* marketOf(intake, files, naming);
  checkTogether(intake, portfolio, market);
  return { ...(portfolio === undefined ? {} : { portfolio }), ...(market === undefined ? {} : { market }) };
}

function portfolioOf(intake: Intake, files: readonly ImportedFile[], name: string): Portfolio | undefined {
  const own = files.filter(({ kind }) => kind === "positions" || kind === "account");
  const found = intake.positions.length > 0 || intake.balances.length > 0;
  if (!found && !own.some(saysNone)) return undefined;
  intake.file = own[0]?.name ?? "";
  const asOfMs = latest(intake.instants);
  return {
    name,
    venue: venueOf(intake),
    positions: withIds(intake),
    balances: intake.balances,
    components: [...intake.components, ...openOrders(intake)],
    ...(asOfMs === undefined ? {} : { asOfMs }),
    sources: own.map(sourceOf),
  };
}

/** A file of positions read to its end without fault: when nothing came of it, the account holds nothing. */
function saysNone({ kind, rejected, incomplete }: ImportedFile): boolean {
  return kind === "positions" && rejected === 0 && !incomplete;
}

/** What stays known of a file in what was made of it: rejected rows are said beside every result, also of a stored portfolio. */
function sourceOf({ name, sha256, rejected }: ImportedFile): SourceFile {
  return { name, sha256, ...(rejected > 0 ? { rejected } : {}) };
}

/** Ids are symbols, with the account before and a number after where needed: the same export has the same ids every time. */
function withIds(intake: Intake): Position[] {
  const counts = new Map<string, number>();
  return intake.positions.map(({ unroundedMark: _, ...position }) => {
    const { account, instrument } = position;
    const name = account === undefined ? instrument.symbol : `${account}/${instrument.symbol}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { id: (count === 1 ? name : `${name}#${count}`) as PositionId, ...position };
  });
}

/** Margin of open orders the venue states a position, added by settlement currency. */
function openOrders(intake: Intake): Component[] {
  const byCurrency = new Map<string, number[]>();
  for (const { instrument, stated } of intake.positions) {
    const amount = stated?.openOrdersMargin ?? 0;
    if (amount > 0) byCurrency.set(instrument.settlement, [...(byCurrency.get(instrument.settlement) ?? []), amount]);
  }
  return [...byCurrency].flatMap(([currency, amounts]): Component[] => {
    const amount = sum(amounts);
    const model = intake.balances.find((balance) => balance.currency === currency)?.marginModel;
    if (model?.endsWith("_pm")) {
      const why = "positions state it in the style of standard margin and the account has portfolio margin";
      decide(intake, `margin of open orders, ${currency}`, "not used", why);
      return [];
    }
    decide(intake, `margin of open orders, ${currency}`, String(amount), "sum of open_orders_margin of the positions");
    return [{ id: "open-orders", currency, amount, basis: "imported" }];
  });
}

function* marketOf(intake: Intake, files: readonly ImportedFile[], naming: Naming): Steps<MarketSnapshot | undefined> {
  const stated = intake.quotes.length === 0;
  const quotes = stated ? statedQuotes(intake) : intake.quotes;
  if (quotes.length === 0) return undefined;
  const wanted = stated ? "positions" : "market";
  const own = files.filter(({ kind }) => kind === wanted);
  intake.file = own[0]?.name ?? "";
  intake.row = undefined;
  const asOfMs = latest(quotes.flatMap(({ timestampMs }) => timestampMs ?? [])) ?? timeOf(intake, quotes, naming);
  if (asOfMs === undefined) {
    const message = "the file states no time and none was given: no market snapshot is made of its prices";
    report(intake, stated ? "warning" : "error", { rule: "market data have a time", message });
    return undefined;
  }
  if (stated) {
    const why = "no market file was given: mark and index price of each position are taken as the market";
    decide(intake, "market", "prices stated by the positions", why);
    if (intake.positions.some(({ unroundedMark }) => unroundedMark !== undefined)) {
      const digits = "profit, size and average price carry more digits than mark_price and agree with it";
      decide(intake, "mark prices", "recovered before rounding", digits);
    }
  }
  const sources = own.map(sourceOf);
  const indices = indicesOf(intake, quotes);
  const feeds = intake.feeds.length === 0 ? {} : { feeds: intake.feeds };
  return yield* snapshotSteps({
    name: naming.name,
    venue: venueOf(intake),
    asOfMs,
    quotes,
    indices,
    sources,
    ...feeds,
  });
}

/** Index prices of their own; incidental ones only for what no quote is about. */
function indicesOf({ indexPrices }: Intake, quotes: readonly Quote[]): IndexPrice[] {
  const quoted = new Set(quotes.map(({ instrument }) => instrument.underlying));
  return [...indexPrices]
    .filter(([underlying, { incidental }]) => !incidental || !quoted.has(underlying))
    .map(([underlying, { price }]) => ({ underlying, price, source: "quoted" }));
}

function statedQuotes(intake: Intake): Quote[] {
  const quotes = new Map<string, Quote>();
  for (const { instrument, stated, unroundedMark, origin } of intake.positions) {
    const mark = unroundedMark ?? stated?.markPrice;
    const indexPrice = stated?.indexPrice;
    if (mark === undefined || quotes.has(instrument.id)) continue;
    quotes.set(instrument.id, { instrument, mark, ...present({ indexPrice, at: origin?.at }) });
  }
  return [...quotes.values()];
}

/** Instant of market data that state none: the export's own, else the import's, as long as nothing had expired by then, else a day before the first expiry. */
function timeOf(intake: Intake, quotes: readonly Quote[], { nowMs }: Naming): number | undefined {
  const exported = latest(intake.instants);
  if (exported !== undefined) return exported;
  const expiries = quotes.flatMap(({ instrument }) => expiryOf(instrument) ?? []);
  const first = expiries.length === 0 ? undefined : expiries.reduce((a, b) => Math.min(a, b));
  if (nowMs !== undefined && (first === undefined || nowMs < first)) {
    decide(intake, "time of the prices", isoInstant(nowMs), "the file states none: the time of the import is taken");
    return nowMs;
  }
  if (first === undefined) return undefined;
  const assumed = first - 86_400_000;
  decide(
    intake,
    "time of the prices",
    isoInstant(assumed),
    "the file states none: one day before its first expiry is taken",
  );
  return assumed;
}

/** A crypto venue where there is one; listed contracts stand beside it, because a book may hold both. */
function venueOf(intake: Intake): string {
  const rows = [...intake.positions, ...intake.quotes];
  const listed = new Set(rows.flatMap(({ instrument }) => (isListed(instrument) ? [instrument.venue] : [])));
  const [venue, ...others] = [...intake.venues].filter((name) => !listed.has(name));
  if (venue === undefined) return listed.has(usListed) ? usListed : ([...listed][0] ?? "deribit");
  if (others.length > 0) {
    const message = `the files are of several venues: ${[venue, ...others].join(", ")}; the first is taken as the venue`;
    report(intake, "warning", { rule: "one venue an import", message });
  }
  return venue;
}

function latest(instants: readonly number[]): number | undefined {
  return instants.length === 0 ? undefined : instants.reduce((a, b) => Math.max(a, b));
}
