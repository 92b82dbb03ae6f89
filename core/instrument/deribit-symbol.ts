import { failed, type Result, success } from "../base/index.ts";
import { type Instrument, instrumentId } from "./instrument.ts";

const venue = "deribit";
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const expiryHourUtc = 8;

const perpetual = /^([A-Z0-9]+)(?:_([A-Z]+))?-PERPETUAL$/;
const dated = /^([A-Z0-9]+)(?:_([A-Z]+))?-(\d{1,2})([A-Z]{3})(\d{2})(?:-(\d+(?:d\d+)?)-([CP]))?$/;
const spot = /^([A-Z0-9]+)_([A-Z]+)$/;
const combo = /^[A-Z0-9]+(?:_[A-Z]+)?-([A-Z][A-Z0-9]*)-/;

const comboNames: Readonly<Record<string, string>> = {
  FS: "future spread",
  CS: "call spread",
  PS: "put spread",
  STRD: "straddle",
  STRG: "strangle",
  RR: "risk reversal",
  REV: "reversal",
  BOX: "box",
  CCAL: "call calendar spread",
  PCAL: "put calendar spread",
  CBUT: "call butterfly",
  PBUT: "put butterfly",
};

/**
 * Contract terms from a Deribit instrument name. Every dated contract expires at 08:00 UTC; `d` in a strike is the
 * decimal point; a day with a leading zero is accepted and written without it.
 *
 *     BTC-PERPETUAL, BTC-27DEC24, BTC-6FEB26-78000-P          inverse, settled in the coin
 *     XRP_USDC-PERPETUAL, XRP_USDC-30JUN23-0d625-C, BTC_USDT  linear, settled in the quote currency
 *
 * @param symbol the name as the venue writes it
 * @returns the instrument; a failure when the name is a combo (its type is named), an impossible day or another grammar
 * @source Deribit API reference 2.1.1, instrument naming
 */
export function parseDeribitSymbol(symbol: string): Result<Instrument> {
  const name = symbol.trim();
  const isPerpetual = perpetual.exec(name);
  if (isPerpetual) return success({ kind: "perpetual", ...terms(name, isPerpetual[1] ?? "", isPerpetual[2]) });
  const isDated = dated.exec(name);
  if (isDated) return datedContract(name, isDated);
  const isSpot = spot.exec(name);
  if (isSpot) return success({ kind: "spot", ...terms(name, isSpot[1] ?? "", isSpot[2]) });
  const type = combo.exec(name)?.[1];
  if (type !== undefined) {
    const words = comboNames[type] === undefined ? "" : `, ${comboNames[type]}`;
    const kind = type === "FS" ? "future" : "option";
    const legs = "the venue books the legs of a combo as positions: import those";
    return failed("unsupported", `"${name}" is a combo (${kind} combo ${type}${words}); ${legs}`);
  }
  return failed(
    "parse-error",
    `"${name}" is not a Deribit instrument name; expected for example BTC-PERPETUAL, BTC-27DEC24 or BTC-27DEC24-100000-C`,
  );
}

/**
 * The Deribit name of an instrument: the reverse of `parseDeribitSymbol`, whatever the instrument's own symbol is.
 *
 * @param terms contract terms; the expiry must be at 08:00 UTC for the name to be read back the same
 */
export function deribitSymbol(
  terms: Pick<Instrument, "kind" | "underlying" | "quote" | "payoff"> & {
    readonly expiryMs?: number;
    readonly strike?: number;
    readonly optionType?: "call" | "put";
  },
): string {
  const base = terms.payoff === "inverse" ? terms.underlying : `${terms.underlying}_${terms.quote}`;
  if (terms.kind === "spot") return `${terms.underlying}_${terms.quote}`;
  if (terms.kind === "perpetual") return `${base}-PERPETUAL`;
  const day = new Date(terms.expiryMs ?? 0);
  const year = String(day.getUTCFullYear() % 100).padStart(2, "0");
  const date = `${day.getUTCDate()}${months[day.getUTCMonth()] ?? ""}${year}`;
  if (terms.kind === "future") return `${base}-${date}`;
  return `${base}-${date}-${strikeText(terms.strike ?? 0)}-${terms.optionType === "put" ? "P" : "C"}`;
}

function datedContract(name: string, match: RegExpExecArray): Result<Instrument> {
  const [, underlying = "", quote, dayText = "", monthText = "", yearText = "", strikeDigits, right] = match;
  const [day, month, year] = [Number(dayText), months.indexOf(monthText), 2000 + Number(yearText)];
  const expiryMs = Date.UTC(year, month, day, expiryHourUtc);
  if (month < 0 || new Date(expiryMs).getUTCDate() !== day || day === 0) {
    return failed("parse-error", `"${name}" has no such day: ${dayText}${monthText}${yearText}`);
  }
  const shared = { underlying, quote: quote ?? "USD", payoff: payoffOf(quote), expiryMs } as const;
  if (strikeDigits === undefined) {
    const future = { kind: "future", ...shared } as const;
    return success({ ...future, ...terms(deribitSymbol(future), underlying, quote) });
  }
  const strike = Number(strikeDigits.replace("d", "."));
  if (!(strike > 0)) return failed("parse-error", `"${name}" has a strike of 0; a strike is above 0`);
  const option = { kind: "option", ...shared, strike, optionType: right === "P" ? "put" : "call" } as const;
  return success({ ...option, ...terms(deribitSymbol(option), underlying, quote) });
}

function payoffOf(quote: string | undefined): "inverse" | "linear" {
  return quote === undefined ? "inverse" : "linear";
}

function terms(symbol: string, underlying: string, quote: string | undefined) {
  return {
    id: instrumentId(venue, symbol),
    venue,
    symbol,
    underlying,
    quote: quote ?? "USD",
    payoff: payoffOf(quote),
    settlement: quote ?? underlying,
  };
}

function strikeText(strike: number): string {
  const text = String(strike);
  const plain = text.includes("e") ? strike.toFixed(18).replace(/\.?0+$/, "") : text;
  return plain.replace(".", "d");
}
