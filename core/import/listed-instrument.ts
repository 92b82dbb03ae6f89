import { type Instrument, instrumentId } from "../instrument/index.ts";
import type { RowReader } from "./cells.ts";
import type { ColumnMapping } from "./import-result.ts";
import { decide, type Intake } from "./intake.ts";

/** Words of the column `kind` that mean stock. */
const stockWords: ReadonlySet<string> = new Set(["stock", "stocks", "share", "shares", "equity", "etf", "fund"]);

/** A day alone is 08:00 UTC elsewhere; listed contracts expire at the close of their exchange. */
const closeAfterMs = 12 * 3_600_000;

/** Whether a row of the generic CSV is of a listed contract: it is stock, or states the units of a contract. */
export function isListedRow(row: RowReader, { columns }: ColumnMapping): boolean {
  const { kind, contract_units: units } = columns;
  return (
    (kind !== undefined && stockWords.has(row.text(kind)?.toLowerCase() ?? "")) ||
    (units !== undefined && row.text(units) !== undefined)
  );
}

/**
 * Listed contract of a row of the generic CSV, always linear; its quantity counts contracts, stock counts shares.
 *
 * @returns `undefined` after rejecting the row
 */
export function listedInstrument(row: RowReader, intake: Intake, mapping: ColumnMapping): Instrument | undefined {
  const { columns } = mapping;
  const text = (name: string) => (columns[name] === undefined ? undefined : row.text(columns[name]));
  const number = (name: string) => (columns[name] === undefined ? undefined : row.number(columns[name], { above: 0 }));
  const symbol = text("symbol");
  const underlying = (text("underlying") ?? symbol)?.toUpperCase();
  const stated = text("kind")?.toLowerCase() ?? "";
  const venue = mapping.venue === "deribit" ? "us-listed" : mapping.venue;
  if (underlying === undefined) {
    row.reject("the contract is known", "neither symbol nor underlying is given", columns.underlying ?? columns.symbol);
    return undefined;
  }
  const quote = text("quote_currency")?.toUpperCase() ?? text("settlement_currency")?.toUpperCase() ?? "USD";
  if (columns.quote_currency === undefined && columns.settlement_currency === undefined)
    decide(intake, "currency of listed contracts", "USD", "no column states one");
  const shared = { venue, underlying, quote, payoff: "linear" as const, settlement: quote };
  const named = (name: string) => ({ ...shared, symbol: name, id: instrumentId(venue, name) });
  if (stockWords.has(stated)) return { ...named(symbol ?? underlying), kind: "stock" };

  const strike = number("strike");
  const contractSize = number("contract_units") ?? 1;
  const expiryMs = columns.expiry === undefined ? undefined : listedExpiry(row, intake, columns.expiry);
  if (row.broken()) return undefined;
  if (expiryMs === undefined) {
    row.reject("an option or future has an expiry", "expiry is empty", columns.expiry);
    return undefined;
  }
  const day = new Date(expiryMs).toISOString().slice(0, 10);
  if (/^fut/.test(stated) || (stated === "" && strike === undefined))
    return { ...named(symbol ?? `${underlying} ${day}`), kind: "future", contractSize, expiryMs };
  const right = text("right")?.toLowerCase().slice(0, 1);
  if (strike === undefined || (right !== "c" && right !== "p")) {
    const found = `strike is ${strike ?? "empty"}, right is ${right ?? "empty"}`;
    row.reject("an option has a strike and a right", found, columns.right);
    return undefined;
  }
  const exercise = text("exercise")?.toLowerCase();
  if (exercise !== undefined && !/^(a|e|american|european)$/.test(exercise)) {
    row.reject("exercise is american or european", `exercise is ${JSON.stringify(exercise)}`, columns.exercise);
    return undefined;
  }
  if (exercise === undefined) decide(intake, "exercise of listed options", "european", "no column or cell states it");
  const optionType = right === "p" ? "put" : "call";
  const name = symbol ?? `${underlying} ${day} ${strike} ${right.toUpperCase()}`;
  const style = exercise?.startsWith("a") === true ? ({ exercise: "american" } as const) : {};
  return { ...named(name), kind: "option", contractSize, expiryMs, strike, optionType, ...style };
}

function listedExpiry(row: RowReader, intake: Intake, column: string): number | undefined {
  const ms = row.instantOfExpiry(column);
  const written = row.text(column) ?? "";
  if (ms === undefined || /[T:]/.test(written)) return ms;
  decide(intake, "time of a listed expiry given as a day", "20:00 UTC", "the close of US exchanges in summer");
  return ms + closeAfterMs;
}
