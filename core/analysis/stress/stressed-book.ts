import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import { type Book, hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import { movedTerms, type RevaluationKernel } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { settledBook } from "../settled-book.ts";
import {
  bookAtTerms,
  bySettlement,
  type Holdings,
  holdingsOf,
  profitInUsd,
  type ShockedBook,
} from "../shocked-book.ts";
import { shockedContract } from "./contract-shock.ts";
import { narrowest, pegRatio, relativeMove, shockedPrice } from "./shock-amounts.ts";
import type { ShocksByKind, StressShocks } from "./stress-shocks.ts";

/** A book after a scenario, ready for a methodology, with what the scenario made. */
export interface StressedBook extends ShockedBook {
  /** Terms to revalue a method's scenarios from: where a contract is left out, those before. */
  readonly chargedTerms: readonly PricingTerms[];
  /** Profit of one unit by row of `holdingsOf(book)`, funding included; settlement currency. */
  readonly unitProfits: Float64Array;
  /** Profit of the positions, USD at the stressed indices; gain > 0. */
  readonly pnlUsd: number;
  /** By underlying, in the order of the book; adds up to `pnlUsd`. */
  readonly byUnderlying: readonly { readonly underlying: string; readonly pnlUsd: number }[];
  /** What balances lost or gained beside that: coin prices, pegs and haircuts, USD. */
  readonly collateralUsd: number;
  /** Rows valued by the normal model: at a price of 0 or below, where no method's own scenarios hold. They are not in `book`. */
  readonly normalRows: readonly number[];
  /** Rows that have no value at the stressed market, with the reason; they are not in `book` and have no profit. */
  readonly refusedRows: readonly { readonly row: number; readonly reason: string }[];
  readonly remarks: readonly string[];
}

/**
 * A book after a scenario: every contract at the terms of `shockedContract`, profit and funding in the equity of its settlement currency,
 * contracts that expire in the days that pass settled, balances less haircuts, indices and pegs where they have come to.
 *
 * Where nothing but a relative price move, a parallel shock of volatility and time reaches an underlying, its contracts are revalued by the
 * kernel and moved by `movedTerms`, as everywhere else: the same bits as `shockedBook`.
 *
 * @param book   before, its balances derived (`derivedBook`)
 * @param shocks of `resolveShocks` for this book
 * @param kernel revalues
 * @returns the same book where nothing moves
 * @throws DomainError as of the pricers
 */
export function stressedBook(book: Book, shocks: StressShocks, kernel: RevaluationKernel): StressedBook {
  const holdings = holdingsOf(book);
  const rows = movedRows(book, holdings, shocks, kernel);
  const indices = stressedIndices(book, holdings, shocks);
  const unmoved =
    rows.terms.every((terms, row) => terms === holdings.instruments[row]?.terms) && indices === book.indices;
  const at = unmoved
    ? { book, terms: rows.terms, profits: bySettlement(holdings, rows.amounts) }
    : bookAtTerms(book, holdings, { ...rows, indices });
  const isOut = new Set([...rows.normalRows, ...rows.refusedRows.map(({ row }) => row)]);
  const settled = shocks.days === 0 ? at.book : settledBook(book, at.book, shocks.days);
  const kept = isOut.size === 0 ? settled : withoutRows(settled, book, holdings, isOut);
  const cut = withHaircuts(kept, shocks);
  return {
    ...{ book: cut.book, terms: rows.terms, profits: at.profits, unitProfits: rows.unitProfits },
    chargedTerms:
      isOut.size === 0
        ? rows.terms
        : rows.terms.map((terms, row) => (isOut.has(row) ? (holdings.instruments[row]?.terms ?? terms) : terms)),
    pnlUsd: profitInUsd(at.profits, indices),
    byUnderlying: byUnderlying(holdings, rows.amounts, indices),
    collateralUsd: collateralChange(book, indices) - cut.lostUsd,
    normalRows: rows.normalRows,
    refusedRows: rows.refusedRows,
    remarks: remarksOf(book, holdings, rows, shocks),
  };
}

interface Rows {
  readonly terms: PricingTerms[];
  readonly unitProfits: Float64Array;
  readonly amounts: Float64Array;
  readonly optionChanges: Float64Array;
  readonly normalRows: number[];
  readonly refusedRows: { row: number; reason: string }[];
}

function movedRows(book: Book, holdings: Holdings, shocks: StressShocks, kernel: RevaluationKernel): Rows {
  const { instruments, quantities } = holdings;
  const count = instruments.length;
  const terms: PricingTerms[] = instruments.map((priced) => priced.terms);
  const unitProfits = new Float64Array(count);
  const amounts = new Float64Array(count);
  const optionChanges = new Float64Array(count);
  const normalRows: number[] = [];
  const refusedRows: { row: number; reason: string }[] = [];
  const coinPrice = (coin: string): number => (hasUsdRate(book.indices, coin) ? usdPerUnit(book.indices, coin) : 1);
  for (const { rows, scenario, fits } of plainGroups(holdings, shocks, coinPrice)) {
    if (!fits) {
      for (const row of rows) {
        const priced = instruments[row];
        if (priced === undefined) continue;
        const shocked = shockedContract(priced, shocks, coinPrice);
        terms[row] = shocked.terms;
        unitProfits[row] = shocked.unitProfit + shocked.unitFunding;
        if (shocked.refused !== undefined) refusedRows.push({ row, reason: shocked.refused });
        else if (shocked.isNormal) normalRows.push(row);
      }
      continue;
    }
    const priced = rows.flatMap((row) => instruments[row] ?? []);
    const values = kernel.unitPnl(priced, [scenario]);
    rows.forEach((row, at) => {
      const one = priced[at];
      if (one === undefined) return;
      const profit = values[at] ?? Number.NaN;
      unitProfits[row] = profit;
      terms[row] = movedTerms(one.instrument, one.terms, scenario, profit);
    });
  }
  for (let row = 0; row < count; row++) {
    const quantity = quantities[row] ?? 0;
    const priced = instruments[row];
    amounts[row] = quantity * (unitProfits[row] ?? Number.NaN);
    if (priced?.instrument.kind === "option")
      optionChanges[row] = quantity * ((terms[row]?.mark ?? Number.NaN) - priced.terms.mark);
  }
  return { terms, unitProfits, amounts, optionChanges, normalRows, refusedRows };
}

interface PlainGroup {
  readonly rows: readonly number[];
  readonly scenario: Scenario;
  /** False where the contracts have to be shocked one by one. */
  readonly fits: boolean;
}

/** Contracts that move as one: of one underlying, quote currency and sort. */
function plainGroups(
  holdings: Holdings,
  shocks: StressShocks,
  coinPrice: (coin: string) => number,
): readonly PlainGroup[] {
  const groups = new Map<string, { rows: number[]; scenario: Scenario; fits: boolean }>();
  holdings.instruments.forEach(({ instrument, terms }, row) => {
    const key = `${instrument.underlying} ${instrument.quote} ${instrument.kind} ${terms.smile === undefined}`;
    const group = groups.get(key);
    if (group !== undefined) {
      group.rows.push(row);
      return;
    }
    const scenario = plainScenario(instrument, shocks, coinPrice, terms.smile !== undefined);
    groups.set(key, { rows: [row], scenario: scenario ?? stillScenario, fits: scenario !== undefined });
  });
  return [...groups.values()];
}

const stillScenario: Scenario = { id: "still", label: "", priceMove: 0 };

/**
 * What a scenario says of an instrument as a price move, a volatility shock and days, where that is all it says.
 *
 * @returns `undefined` where the contract needs more: buckets, levels, basis, rates, skew, funding
 */
export function plainScenario(
  instrument: Pick<Instrument, "underlying" | "quote" | "kind">,
  shocks: StressShocks,
  coinPrice: (coin: string) => number,
  hasSmile: boolean,
): Scenario | undefined {
  const { byFactor, scale, days } = shocks;
  const { underlying, quote, kind } = instrument;
  const own: ShocksByKind = byFactor.get(underlying) ?? {};
  const isDated = kind === "future" || kind === "option";
  if (isDated && (own.rate !== undefined || byFactor.get(quote)?.rate !== undefined)) return undefined;
  if (kind === "perpetual" && own.funding !== undefined) return undefined;
  if ((kind === "future" || kind === "perpetual") && own.basis !== undefined) return undefined;
  if (isDated && own.price?.some(({ tenor }) => tenor !== undefined)) return undefined;
  const ownPeg = pegRatio(shocks, underlying, coinPrice(underlying));
  const peg = ownPeg / (quote === underlying ? 1 : pegRatio(shocks, quote, coinPrice(quote)));
  const price = ownPeg === 1 ? narrowest(own.price, undefined) : undefined;
  if (price !== undefined && price.mode !== "relative") return undefined;
  const move = price === undefined ? 0 : relativeMove(price.amount, scale);
  if (!(move > -1)) return undefined;
  const priceMove = peg === 1 ? move : (1 + move) * peg - 1;
  const still = { id: "stress", label: "", priceMove, ...(days === 0 ? {} : { decayDays: days }) };
  if (kind !== "option") return still;
  if (own.skew !== undefined || own.term !== undefined || (shocks.stickiness !== undefined && hasSmile))
    return undefined;
  const { volatility = [] } = own;
  if (volatility.length === 0) return still;
  const [only] = volatility;
  if (only === undefined || volatility.length > 1 || only.tenor !== undefined || only.delta !== undefined)
    return undefined;
  if (only.mode === "level" || only.rule?.byDelta !== undefined) return undefined;
  return { ...still, volatility: { change: only.amount * scale, mode: only.mode, ...only.rule } };
}

/** A coin that a scenario moves to 0 or below stands at this share of its price: nothing of it is worth anything. */
const leastPrice = 1e-9;

/** Indices after a scenario; the same map where none moves. Amounts are converted by them, so each is above 0. */
function stressedIndices(book: Book, holdings: Holdings, shocks: StressShocks): ReadonlyMap<string, number> {
  const { byFactor, scale } = shocks;
  const quotes = new Set(holdings.instruments.map(({ instrument }) => instrument.quote));
  const moved = new Map<string, number>();
  let still = true;
  for (const [name, price] of book.indices) {
    // `BTC-USDT` is the index of BTC in USDT.
    const dash = name.lastIndexOf("-");
    const quote = dash > 0 && quotes.has(name.slice(dash + 1)) ? name.slice(dash + 1) : undefined;
    const underlying = quote === undefined ? name : name.slice(0, dash);
    const ratio = quote === undefined ? 1 : pegRatio(shocks, quote, book.indices.get(quote) ?? 1);
    const peg = pegRatio(shocks, underlying, price);
    const own = peg === 1 ? narrowest(byFactor.get(underlying)?.price, undefined) : undefined;
    const after = (peg === 1 ? shockedPrice(price, own, scale) : price * peg) / ratio;
    still &&= after === price;
    moved.set(name, after > 0 ? after : Math.abs(price) * leastPrice);
  }
  // A dollar coin without an index of its own stood at one.
  for (const [coin] of byFactor) {
    if (book.indices.has(coin)) continue;
    const peg = pegRatio(shocks, coin, 1);
    if (peg === 1) continue;
    moved.set(coin, peg);
    still = false;
  }
  return still ? book.indices : moved;
}

function withoutRows(at: Book, before: Book, { instrumentOf }: Holdings, isOut: ReadonlySet<number>): Book {
  const out = new Set(
    before.positions.flatMap(({ position }, index) => (isOut.has(instrumentOf[index] ?? -1) ? [position.id] : [])),
  );
  return { ...at, positions: at.positions.filter(({ position }) => !out.has(position.id)) };
}

/** Points of haircut off what is positive of a balance. */
function withHaircuts(
  book: Book,
  { byFactor, scale }: StressShocks,
): { readonly book: Book; readonly lostUsd: number } {
  const pointsOf = (currency: string): number => {
    const points = byFactor.get(currency)?.haircut?.at(-1)?.amount ?? 0;
    return points === 0 ? 0 : Math.min(1, points * scale);
  };
  if (book.balances.every(({ currency }) => pointsOf(currency) === 0)) return { book, lostUsd: 0 };
  let lostUsd = 0;
  const balances = book.balances.map((balance) => {
    const { currency, equity } = balance;
    const points = pointsOf(currency);
    if (points === 0 || equity <= 0) return balance;
    lostUsd += equity * points * (hasUsdRate(book.indices, currency) ? usdPerUnit(book.indices, currency) : 0);
    return { ...balance, equity: equity * (1 - points) };
  });
  return { book: { ...book, balances }, lostUsd };
}

/** What the balances before are worth more at other indices, USD. */
function collateralChange(before: Book, indices: ReadonlyMap<string, number>): number {
  let change = 0;
  for (const { currency, equity, wholeAccount } of before.balances) {
    if (wholeAccount === true) continue;
    const after = hasUsdRate(indices, currency) ? usdPerUnit(indices, currency) : 0;
    change += equity * (after - usdPerUnit(before.indices, currency));
  }
  return change;
}

function byUnderlying(
  { instruments }: Holdings,
  amounts: Float64Array,
  indices: ReadonlyMap<string, number>,
): StressedBook["byUnderlying"] {
  const totals = new Map<string, number>();
  instruments.forEach(({ instrument }, row) => {
    const { underlying, settlement } = instrument;
    const rate = hasUsdRate(indices, settlement) ? usdPerUnit(indices, settlement) : 0;
    totals.set(underlying, (totals.get(underlying) ?? 0) + (amounts[row] ?? Number.NaN) * rate);
  });
  return [...totals].map(([underlying, pnlUsd]) => ({ underlying, pnlUsd }));
}

function remarksOf(book: Book, { instruments }: Holdings, rows: Rows, shocks: StressShocks): readonly string[] {
  const symbols = (list: readonly number[]): string => {
    const named = list.slice(0, 3).map((row) => instruments[row]?.instrument.symbol ?? "");
    return `${named.join(", ")}${list.length > 3 ? ` and ${list.length - 3} more` : ""}`;
  };
  const options = rows.normalRows.filter((row) => instruments[row]?.instrument.kind === "option");
  const coins = book.balances.some(({ wholeAccount }) => wholeAccount === true) && shocks.byFactor.size > 0;
  return [
    ...(options.length === 0
      ? []
      : [`valued by the normal model, at the normal volatility of equal value before the move: ${symbols(options)}`]),
    ...(rows.normalRows.length === 0
      ? []
      : [
          `at a price of 0 or below the method's scenarios do not hold; profit counts, no margin is recomputed for ${symbols(rows.normalRows)}`,
        ]),
    ...rows.refusedRows.map(({ reason }) => `left out: ${reason}`),
    ...(shocks.stickiness !== undefined &&
    !instruments.some(({ terms }) => terms.smile !== undefined) &&
    instruments.some(({ instrument }) => instrument.kind === "option")
      ? ["options carry no smile under this method: their volatility stays by strike"]
      : []),
    ...(coins ? ["the venue states the whole account in USD: what its coins and pegs do to it is not known"] : []),
  ];
}
