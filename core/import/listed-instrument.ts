import { isoDate } from "../base/index.ts";
import {
  closeMinutes,
  type Exercise,
  type Instrument,
  instrumentId,
  newYorkMs,
  type Option,
  type OsiTerms,
  osiOption,
  parseOsiSymbol,
  tradingDayOf,
} from "../instrument/index.ts";
import { noteExpiry } from "./broker/expiry-note.ts";
import type { RowReader } from "./cells.ts";
import type { ColumnMapping } from "./import-result.ts";
import { decide, type Intake } from "./intake.ts";
import { readInstant } from "./read-instant.ts";

/** Words of the column `kind` that mean stock. */
const stockWords: ReadonlySet<string> = new Set(["stock", "stocks", "share", "shares", "equity", "etf", "fund"]);

/** Whether a row of the generic CSV is of a listed contract: it is stock, states the units of a contract, or its symbol is OSI's. */
export function isListedRow(row: RowReader, { columns }: ColumnMapping): boolean {
  const { kind, contract_units: units, symbol } = columns;
  return (
    (symbol !== undefined && parseOsiSymbol(row.text(symbol) ?? "").ok) ||
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
  const osi = parseOsiSymbol(symbol ?? "");
  if (osi.ok) return osiContract(row, intake, mapping, osi.value);
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

/** The option of an OSI symbol; units and exercise of the columns come before the usual ones. */
function osiContract(row: RowReader, intake: Intake, { columns }: ColumnMapping, terms: OsiTerms): Option | undefined {
  const { multiplier, contract_units: units = multiplier, exercise: style, symbol = "symbol" } = columns;
  const contractSize = units === undefined ? undefined : row.number(units, { above: 0 });
  const written = style === undefined ? undefined : row.text(style)?.toLowerCase();
  const exercise = written === undefined ? undefined : exercises[written];
  if (written !== undefined && exercise === undefined)
    row.reject("exercise is american or european", `exercise is ${JSON.stringify(written)}`, style);
  if (row.broken()) return undefined;
  const { strike, expiry, right } = columns;
  const found = osiOption(terms, contractSize, exercise);
  if (!found.ok) {
    row.reject("the contract is known", found.failure.message, symbol);
    return undefined;
  }
  noteExpiry(row, intake, terms.day, symbol);
  const stated = {
    strike: strike === undefined ? undefined : row.number(strike),
    right: right === undefined ? undefined : row.text(right)?.toLowerCase()[0],
    day: expiry === undefined ? undefined : readDay(row.text(expiry) ?? ""),
  };
  const differs =
    (stated.strike !== undefined && stated.strike !== terms.strike) ||
    (stated.right !== undefined && stated.right !== terms.right[0]) ||
    (stated.day !== undefined && tradingDayOf(stated.day) !== tradingDayOf(terms.day));
  if (differs)
    row.warn("symbol and columns agree", "strike, right or expiry differ from the symbol, which is believed", symbol);
  return found.value;
}

const exercises: Readonly<Record<string, Exercise>> = {
  ...{ a: "american", american: "american", e: "european", european: "european" },
};

function listedExpiry(row: RowReader, intake: Intake, column: string): number | undefined {
  const written = row.text(column) ?? "";
  const day = /[T:]/.test(written) ? undefined : readDay(written);
  if (day === undefined) return row.instantOfExpiry(column);
  noteExpiry(row, intake, day, column);
  return newYorkMs(tradingDayOf(day), closeMinutes);
}

/** An ISO day of a cell; `undefined` for anything else. */
function readDay(text: string): string | undefined {
  const reading = readInstant(text);
  return reading.kind === "instant" && reading.dateOnly ? isoDate(reading.ms) : undefined;
}
