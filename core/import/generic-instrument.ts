import { deribitSymbol, type Instrument, instrumentId, type Payoff, parseDeribitSymbol } from "../instrument/index.ts";
import type { RowReader } from "./cells.ts";
import { checkTerms } from "./deribit/instrument-name.ts";
import type { ColumnMapping } from "./import-result.ts";
import { decide, type Intake } from "./intake.ts";
import { isListedRow, listedInstrument } from "./listed-instrument.ts";

const kinds: Readonly<Record<string, Instrument["kind"]>> = {
  ...{ option: "option", options: "option", opt: "option", call: "option", put: "option" },
  ...{
    future: "future",
    futures: "future",
    fut: "future",
    perpetual: "perpetual",
    perp: "perpetual",
    swap: "perpetual",
  },
  ...{ spot: "spot" },
};

/**
 * Contract of a row of the generic CSV: by name where the venue's grammar is known, else from the explicit columns.
 *
 * @returns `undefined` after rejecting the row
 */
export function genericInstrument(row: RowReader, intake: Intake, mapping: ColumnMapping): Instrument | undefined {
  if (isListedRow(row, mapping)) return listedInstrument(row, intake, mapping);
  const { columns, venue } = mapping;
  const symbol = columns.symbol === undefined ? undefined : row.text(columns.symbol);
  if (symbol !== undefined && venue === "deribit") {
    const listed = intake.instruments.get(symbol);
    const parsed = parseDeribitSymbol(symbol);
    const instrument = listed ?? (parsed.ok ? parsed.value : undefined);
    if (instrument !== undefined) {
      const { strike, expiry, right } = columns;
      checkTerms(row, instrument, {
        ...(strike && { strike }),
        ...(expiry && { expiry }),
        ...(right && { optionType: right }),
      });
      return instrument;
    }
    if (!parsed.ok && (parsed.failure.reason === "unsupported" || columns.underlying === undefined)) {
      row.reject("the instrument name is known", parsed.failure.message, columns.symbol);
      return undefined;
    }
  }
  return fromColumns(row, intake, mapping, symbol);
}

function fromColumns(
  row: RowReader,
  intake: Intake,
  { columns, venue }: ColumnMapping,
  symbol: string | undefined,
): Instrument | undefined {
  const text = (name: string) => (columns[name] === undefined ? undefined : row.text(columns[name]));
  const underlying = text("underlying")?.toUpperCase();
  const right = text("right")?.toLowerCase().slice(0, 1);
  const expiryMs = columns.expiry === undefined ? undefined : row.instantOfExpiry(columns.expiry);
  const strike = columns.strike === undefined ? undefined : row.number(columns.strike, { above: 0 });
  if (underlying === undefined) {
    row.reject(
      "the contract is known",
      `no grammar for the names of "${venue}": map underlying, kind, expiry, strike, right`,
    );
    return undefined;
  }
  const stated = text("kind")?.toLowerCase();
  const kind = stated === undefined ? guessKind(strike, expiryMs) : kinds[stated];
  if (kind === undefined) {
    row.reject(
      "kind is option, future, perpetual, spot or stock",
      `kind is ${JSON.stringify(stated ?? "")}`,
      columns.kind,
    );
    return undefined;
  }
  if (stated === undefined)
    decide(intake, "kind of rows without one", "by strike and expiry", "a strike makes an option, an expiry a future");
  const paid = payoffOf(
    row,
    underlying,
    text("style")?.toLowerCase(),
    text("settlement_currency"),
    text("quote_currency"),
  );
  if (paid === undefined) return undefined;
  const { payoff, quote } = paid;
  const needsExpiry = kind === "option" || kind === "future";
  if (needsExpiry && expiryMs === undefined) {
    row.reject("an option or future has an expiry", "expiry is empty", columns.expiry);
    return undefined;
  }
  if (kind === "option" && (strike === undefined || (right !== "c" && right !== "p"))) {
    row.reject(
      "an option has a strike and a right",
      `strike is ${strike ?? "empty"}, right is ${right ?? "empty"}`,
      columns.right,
    );
    return undefined;
  }
  if (row.broken()) return undefined;
  const optionType = right === "p" ? "put" : "call";
  const terms = { kind, underlying, quote, payoff };
  const dated = { expiryMs: expiryMs ?? 0 };
  const option = { ...dated, strike: strike ?? 0, optionType } as const;
  const full = kind === "option" ? { ...terms, ...option } : { ...terms, ...dated };
  const name = venue === "deribit" || symbol === undefined ? deribitSymbol(full) : symbol;
  const shared = { id: instrumentId(venue, name), venue, symbol: name, underlying, quote };
  const settlement = payoff === "inverse" ? underlying : (text("settlement_currency") ?? quote);
  const base = { ...shared, payoff, settlement };
  if (kind === "option") return { kind, ...base, ...option };
  if (kind === "future") return { kind, ...base, ...dated };
  return { kind, ...base };
}

function guessKind(strike: number | undefined, expiryMs: number | undefined): Instrument["kind"] | undefined {
  if (strike !== undefined) return "option";
  return expiryMs === undefined ? undefined : "future";
}

function payoffOf(
  row: RowReader,
  underlying: string,
  style: string | undefined,
  settlement: string | undefined,
  quoteCurrency: string | undefined,
): { readonly payoff: Payoff; readonly quote: string } | undefined {
  const payoff: Payoff | undefined =
    style === "inverse" || style === "linear"
      ? style
      : settlement === undefined
        ? undefined
        : settlement.toUpperCase() === underlying
          ? "inverse"
          : "linear";
  if (payoff === undefined) {
    row.reject(
      "the settlement is known",
      "map style (inverse or linear) or the settlement currency: it is never guessed",
    );
    return undefined;
  }
  const stated = quoteCurrency?.toUpperCase();
  const quote = stated !== undefined && stated !== underlying ? stated : payoff === "inverse" ? "USD" : settlement;
  if (quote !== undefined) return { payoff, quote };
  row.reject("the quote currency is known", "a linear contract needs its quote or settlement currency");
  return undefined;
}
