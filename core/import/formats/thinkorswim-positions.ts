import { isoDate, msPerDay } from "../../base/index.ts";
import {
  closeSettledRoots,
  futureMultiplier,
  type Instrument,
  newYorkMs,
  parseFutureSymbol,
} from "../../instrument/index.ts";
import { dayOf, noteExpiry } from "../broker/expiry-note.ts";
import { futureOption, listedFuture, listedOption, listedStock } from "../broker/listed-contract.ts";
import { optionName, type PositionStatement } from "../broker/thinkorswim-text.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, isRecord, type JsonRow } from "../format.ts";
import { addPosition, decide, type Intake, noteIndexPrice, placeOf, setIndexPrice } from "../intake.ts";

/**
 * Position statement of thinkorswim (CSV with text around its table).
 *
 * @source resources/docs/formats.md, section 17.3
 */
export default defineFormat({
  id: "thinkorswim-positions",
  title: "thinkorswim position statement",
  kind: "positions",
  claims: (probe) => probe.type === "json" && isStatement(probe.content),
  rows: (content) => (isStatement(content) ? [...detailRows(content), ...cashRows(content)] : []),
  read(row, intake, outer) {
    const statement = contextOf(outer);
    if (intake.row !== undefined) noteTime(intake, statement);
    if (row.has("footer")) readCash(row, intake, outer);
    else readDetail(row, intake, statement);
  },
});

interface Context {
  readonly account: string;
  readonly statedMs: number | undefined;
  readonly group: string;
}

function isStatement(content: unknown): content is PositionStatement {
  return (
    isRecord(content) &&
    typeof content.stated === "string" &&
    Array.isArray(content.rows) &&
    Array.isArray(content.footer)
  );
}

function detailRows({ account, stated, rows }: PositionStatement): readonly JsonRow[] {
  return rows.map(({ line, group, cells }) => ({ row: cells, line, outer: { account, stated, group } }));
}

/** Only the cash counts: the other lines at the end follow from it. */
function cashRows({ account, stated, footer }: PositionStatement): readonly JsonRow[] {
  return footer
    .filter(({ label }) => /^Cash\b/i.test(label))
    .map(({ line, label, amount }) => ({ row: { footer: label, amount }, line, outer: { account, stated } }));
}

function contextOf({ account, stated, group }: Readonly<Record<string, unknown>>): Context {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { account: text(account), statedMs: statedTime(text(stated)), group: text(group).replace(/^\//, "") };
}

function statedTime(text: string): number | undefined {
  const [, month = "", day = "", year, hour, minute, second = "0"] =
    /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  const isoDay = `20${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const start = newYorkMs(isoDay, Number(hour) * 60 + Number(minute));
  return start === undefined ? undefined : start + Number(second) * 1000;
}

function noteTime(intake: Intake, { statedMs }: Context): void {
  if (statedMs === undefined || intake.instants.includes(statedMs)) return;
  intake.instants.push(statedMs);
  const why = "the statement gives the account's local time without a zone; the clock of the exchange is taken";
  decide(intake, "zone of the statement's time", "New York", why);
  decide(intake, "currency", "USD", "the accounts of thinkorswim are in US dollars");
}

function readDetail(row: RowReader, intake: Intake, context: Context): void {
  const name = row.requiredText("Instrument");
  const count = row.requiredNumber("Qty");
  const averagePrice = row.has("Trade Price") ? row.number("Trade Price") : undefined;
  const markPrice = row.has("Mark") ? row.number("Mark") : undefined;
  const profitLoss = row.has("P/L Open") ? row.number("P/L Open") : undefined;
  if (row.broken()) return;
  const instrument = contractOf(row, intake, name, context);
  if (instrument === undefined || row.broken()) return;
  if (instrument.kind === "stock" && markPrice !== undefined && markPrice > 0) {
    if (count === 0) setIndexPrice(intake, instrument.underlying, markPrice);
    else noteIndexPrice(intake, instrument.underlying, markPrice);
  }
  if (count === 0) {
    const price =
      instrument.kind === "stock" && markPrice !== undefined
        ? `; its mark ${markPrice} is the price of ${instrument.underlying}`
        : "";
    row.leaveOut("zero positions are left out", `${name} has quantity 0${price}`, "Qty");
    return;
  }
  const figures = present({ markPrice, profitLoss });
  addPosition(intake, {
    instrument,
    quantity: count * (instrument.contractSize ?? 1),
    ...present({ averagePrice: averagePrice === 0 ? undefined : averagePrice, account: context.account || undefined }),
    ...(Object.keys(figures).length === 0 ? {} : { stated: figures }),
    origin: {
      at: placeOf(intake),
      quantity: String(row.raw("Qty")).trim(),
      unit: instrument.kind === "stock" ? "shares" : "contracts",
    },
  });
}

function contractOf(row: RowReader, intake: Intake, name: string, context: Context): Instrument | undefined {
  const option = optionName.exec(name);
  if (option !== null) return optionOf(row, intake, option, context);
  const bracketed = /\((?:prev\. )?(\/[A-Z0-9]+)\)\s*$/.exec(name)?.[1];
  if (bracketed !== undefined) return futureOf(row, intake, bracketed, name, context);
  if (context.group === "") {
    row.reject("a row belongs to a group", `no row with a symbol stands above ${JSON.stringify(name)}`, "Instrument");
    return undefined;
  }
  if (/^[\d/]+ .*\b(?:CALL|PUT)\b/.test(name)) {
    row.reject("the option can be read", `expected <multiplier> DD MMM YY <strike> CALL or PUT`, "Instrument");
    return undefined;
  }
  return listedStock(context.group, "USD");
}

function optionOf(
  row: RowReader,
  intake: Intake,
  [, size = "", tag, dayOfMonth = "", month = "", year = "", , strikeText = "", right, symbol]: RegExpExecArray,
  { group, statedMs }: Context,
): Instrument | undefined {
  const day = dayOf(rowOfDay(row, `${dayOfMonth}${month}${year}`), "Instrument");
  const strike = Number(strikeText.replaceAll(",", ""));
  if (day === undefined || row.broken()) return undefined;
  if (group === "" || !(strike > 0) || !(Number(size) > 0)) {
    row.reject(
      "an option has an underlying, a strike and a size",
      "the group, strike or multiplier is missing",
      "Instrument",
    );
    return undefined;
  }
  noteExpiry(row, intake, day, "Instrument");
  const optionType = right === "CALL" ? ("call" as const) : ("put" as const);
  const shared = { strike, right: optionType, contractSize: Number(size), currency: "USD", day };
  const closes = closeSettledRoots[group];
  const series = tag !== undefined && /weekly|quarterly|eom/i.test(tag) ? (closes ?? group) : group;
  const notBefore = new Date(statedMs ?? 0).getUTCFullYear();
  const found =
    symbol === undefined
      ? listedOption({ ...shared, root: series, underlying: "" })
      : optionOnFuture(symbol, notBefore, shared, group);
  if (found.ok) return found.value;
  row.reject("the contract is known", found.failure.message, "Instrument");
  return undefined;
}

function optionOnFuture(
  symbol: string,
  notBefore: number,
  shared: { strike: number; right: "call" | "put"; contractSize: number; currency: string; day: string },
  underlying: string,
) {
  const named = parseFutureSymbol(symbol, notBefore);
  if (!named.ok) return named;
  return futureOption({ ...shared, ...named.value, underlying });
}

/** The day of an option's name read as a cell. */
function rowOfDay(row: RowReader, day: string): RowReader {
  return { ...row, raw: () => day };
}

function futureOf(
  row: RowReader,
  intake: Intake,
  symbol: string,
  name: string,
  { statedMs }: Context,
): Instrument | undefined {
  if (statedMs === undefined) {
    row.reject(
      "the statement has a date",
      "the year of a future's symbol needs the date in the first line",
      "Instrument",
    );
    return undefined;
  }
  const found = parseFutureSymbol(symbol, new Date(statedMs).getUTCFullYear());
  const contractSize = found.ok ? futureMultiplier(found.value.product) : undefined;
  if (!found.ok || contractSize === undefined) {
    const why = found.ok
      ? `the contract size of ${found.value.product} is not known here and the file states none`
      : found.failure.message;
    row.reject("the contract size of a future is known", why, "Instrument");
    return undefined;
  }
  const { product, month } = found.value;
  decide(
    intake,
    `contract size of ${product}`,
    String(contractSize),
    "table of futures products; the file states none",
  );
  const days = row.number("Days", { atLeast: 0 });
  const end = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(4)), 0);
  const day = isoDate(days === undefined ? end : dayStart(statedMs) + days * msPerDay);
  const from = days === undefined ? "the last day of the contract month" : "the statement's day and its column Days";
  decide(intake, `last day of ${name}`, day, `from ${from}`);
  const future = listedFuture({ product, month, day, contractSize, currency: "USD" });
  return future.ok ? future.value : undefined;
}

/** The statement's day in New York, five hours behind at most. */
function dayStart(statedMs: number): number {
  return Math.floor((statedMs - 5 * 3_600_000) / msPerDay) * msPerDay;
}

/** Cash of the account, with what stocks and options are worth: futures are paid every day. */
function readCash(row: RowReader, intake: Intake, { account }: Readonly<Record<string, unknown>>): void {
  const balance = row.requiredNumber("amount");
  if (row.broken()) return;
  const held = intake.positions.filter(
    (position) =>
      position.origin?.at.startsWith(`${intake.file}:`) &&
      position.instrument.kind !== "future" &&
      position.account === (account || undefined),
  );
  const worth = held.reduce((total, { quantity, stated }) => total + quantity * (stated?.markPrice ?? 0), 0);
  decide(intake, "equity in USD", "cash and the value of stocks and options", "the statement states the cash only");
  intake.balances.push({ currency: "USD", equity: balance + worth, balance, basis: "imported" });
}
