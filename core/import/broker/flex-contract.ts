import {
  type Instrument,
  instrumentId,
  parseFutureSymbol,
  parseOsiSymbol,
  underlyingOfRoot,
} from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { decide, type Intake } from "../intake.ts";
import { dayOf, noteExpiry } from "./expiry-note.ts";
import { futureOption, listedFuture, listedOption, listedStock, listedVenue } from "./listed-contract.ts";

/**
 * The contract of an open position of Interactive Brokers, by its columns first and its symbol where they say less.
 *
 * @returns `undefined` after rejecting the row: another kind of asset, a missing multiplier, a day or strike that cannot be read
 */
export function flexContract(row: RowReader, intake: Intake): Instrument | undefined {
  const category = row.requiredText("assetCategory");
  const symbol = row.requiredText("symbol");
  const currency = row.requiredText("currency");
  if (row.broken()) return undefined;
  switch (category) {
    case "STK":
      return listedStock(symbol.replace(/\s+/g, "."), currency);
    case "OPT":
      return optionOf(row, intake, symbol, currency);
    case "FUT":
      return futureOf(row, intake, symbol, currency);
    case "FOP":
      return futureOptionOf(row, intake, symbol, currency);
    case "CRYPTO":
      return coinOf(row, symbol, currency);
    case "CASH":
      row.leaveOut(
        "cash is a balance",
        `${symbol} is cash: it is read from the cash report (CashReportCurrency)`,
        "assetCategory",
      );
      return undefined;
    default:
      row.reject(
        "the kind of asset is known",
        `assetCategory is ${category}; read are STK, OPT, FUT, FOP and CRYPTO`,
        "assetCategory",
      );
      return undefined;
  }
}

function sizeOf(row: RowReader): number | undefined {
  const size = row.number("multiplier", { above: 0 });
  if (size === undefined && !row.broken())
    row.reject("a derivative has a multiplier", "multiplier is empty: add it to the fields of the query", "multiplier");
  return size;
}

function optionOf(row: RowReader, intake: Intake, symbol: string, currency: string): Instrument | undefined {
  const named = parseOsiSymbol(symbol);
  const terms = named.ok ? named.value : undefined;
  const stated = row.text("expiry") === undefined ? undefined : dayOf(row, "expiry");
  const right = row.text("putCall")?.toUpperCase()[0];
  const strike = row.number("strike", { above: 0 }) ?? terms?.strike;
  const day = stated ?? terms?.day;
  const optionType = right === "C" ? "call" : right === "P" ? "put" : terms?.right;
  const contractSize = sizeOf(row);
  if (row.broken() || contractSize === undefined) return undefined;
  if (day === undefined || strike === undefined || optionType === undefined) {
    row.reject(
      "an option has a day, a strike and a right",
      `neither the columns nor the symbol ${JSON.stringify(symbol)} state them`,
      "symbol",
    );
    return undefined;
  }
  const differs = terms !== undefined && (terms.strike !== strike || terms.right !== optionType);
  if (differs)
    row.warn(
      "symbol and columns agree",
      `${symbol} says something else than the columns, which are believed`,
      "symbol",
    );
  const owner = row.text("underlyingSymbol");
  const root = terms?.root ?? owner ?? symbol.split(/\s/)[0] ?? symbol;
  if (terms === undefined)
    decide(intake, `series of ${root}`, root, "the symbol is no OSI symbol; the underlying names the series");
  noteExpiry(row, intake, day, stated === undefined ? "symbol" : "expiry");
  const underlying = owner === undefined ? "" : underlyingOfRoot(owner.replace(/\s+/g, "."));
  return taken(row, listedOption({ root, underlying, day, strike, right: optionType, currency, contractSize }));
}

function futureOf(row: RowReader, intake: Intake, symbol: string, currency: string): Instrument | undefined {
  const day = dayOf(row, "expiry");
  const contractSize = sizeOf(row);
  if (day === undefined || contractSize === undefined || row.broken()) return undefined;
  noteExpiry(row, intake, day, "expiry");
  const named = parseFutureSymbol(symbol, Number(day.slice(0, 4)));
  if (!named.ok)
    decide(intake, `month of ${symbol}`, day.slice(0, 7), "the symbol names none: the month of its last day");
  const product = row.text("underlyingSymbol") ?? (named.ok ? named.value.product : symbol);
  const month = named.ok ? named.value.month : day.slice(0, 7).replace("-", "");
  return taken(row, listedFuture({ product, month, day, contractSize, currency }));
}

function futureOptionOf(row: RowReader, intake: Intake, symbol: string, currency: string): Instrument | undefined {
  const day = dayOf(row, "expiry");
  const contractSize = sizeOf(row);
  const strike = row.requiredNumber("strike");
  const right = row.requiredText("putCall").toUpperCase()[0];
  if (day === undefined || contractSize === undefined || row.broken()) return undefined;
  if (right !== "C" && right !== "P") {
    row.reject("putCall is P or C", `putCall is ${JSON.stringify(row.raw("putCall"))}`, "putCall");
    return undefined;
  }
  noteExpiry(row, intake, day, "expiry");
  const year = Number(day.slice(0, 4));
  const own = parseFutureSymbol(symbol.split(/\s/)[0] ?? symbol, year);
  const delivered = parseFutureSymbol(row.text("underlyingSymbol") ?? "", year);
  const product = own.ok ? own.value.product : (row.text("underlyingSymbol") ?? symbol);
  if (!delivered.ok)
    decide(
      intake,
      `future of ${symbol}`,
      "not stated",
      "underlyingSymbol names no futures month; a parameter file completes it",
    );
  decide(intake, "exercise of options on futures", "American", "the file does not state it");
  return taken(
    row,
    futureOption({
      ...{ product, day, strike, contractSize, currency },
      month: own.ok ? own.value.month : day.slice(0, 7).replace("-", ""),
      underlying: delivered.ok ? delivered.value.product : product,
      ...(delivered.ok ? { futureMonth: delivered.value.month } : {}),
      right: right === "C" ? "call" : "put",
    }),
  );
}

/** Coins held as such: `BTC.USD` counts bitcoin. */
function coinOf(row: RowReader, symbol: string, currency: string): Instrument | undefined {
  const [held = symbol] = symbol.split(".");
  if (held === currency) {
    row.reject("a coin is priced in another currency", `${symbol} is priced in itself`, "symbol");
    return undefined;
  }
  const pair = `${held}.${currency}`;
  return {
    kind: "spot",
    ...{ id: instrumentId(listedVenue, pair), venue: listedVenue, symbol: pair, underlying: held },
    ...{ quote: currency, settlement: currency, payoff: "linear" },
  };
}

function taken(
  row: RowReader,
  found: ReturnType<typeof listedFuture> | ReturnType<typeof listedOption>,
): Instrument | undefined {
  if (found.ok) return found.value;
  row.reject("the contract is known", found.failure.message, "symbol");
  return undefined;
}
