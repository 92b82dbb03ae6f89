import { failed, type Result, success } from "../base/index.ts";
import { lastFridayExpiry, namedExpiry } from "./expiry-day.ts";
import { type Instrument, instrumentId } from "./instrument.ts";

const venue = "bybit";
/** Month codes of futures, January to December. */
const monthCodes = "FGHJKMNQUVXZ";

const option = /^([A-Z0-9]+)-(\d{1,2}[A-Z]{3}\d{2})-(\d+(?:\.\d+)?)-([CP])(?:-(USDT|USDC))?$/;
const linearDated = /^([A-Z0-9]+?)(USDT)?-(\d{1,2}[A-Z]{3}\d{2})$/;
const inverseDated = /^([A-Z0-9]+)USD([FGHJKMNQUVXZ])(\d{2})$/;
const linearPerpetual = /^([A-Z0-9]+?)(USDT|USDC|PERP)$/;
const inversePerpetual = /^([A-Z0-9]+)USD$/;

/**
 * Contract terms from a Bybit symbol. All options are linear; one without a settlement suffix is settled in USDC, though
 * its name is that of an inverse option on Deribit. Every dated contract expires at 08:00 UTC; the month code of an
 * inverse future means the last Friday of the month.
 *
 *     BTC-27DEC24-100000-C, BTC-27MAR26-70000-P-USDT, BTCUSDT, BTCPERP, BTC-27DEC24, BTCUSDT-27DEC24   linear
 *     BTCUSD, BTCUSDH24                                                                                inverse
 *
 * @param symbol the name as the venue writes it; not a spot symbol, which is spelled like a perpetual's
 * @returns the instrument; a failure for an impossible day, a strike of 0 and other names
 * @source Bybit API v5, symbols; resources/docs/formats.md, section 6
 */
export function parseBybitSymbol(symbol: string): Result<Instrument> {
  const name = symbol.trim();
  const isOption = option.exec(name);
  if (isOption) {
    const [, coin = "", day = "", strikeText = "", right, quote = "USDC"] = isOption;
    const expiryMs = namedExpiry(day);
    const strike = Number(strikeText);
    if (expiryMs === undefined) return noSuchDay(name, day);
    if (!(strike > 0)) return failed("parse-error", `"${name}" has a strike of 0; a strike is above 0`);
    const optionType = right === "P" ? "put" : "call";
    return success({ kind: "option", ...linear(name, coin, quote), expiryMs, strike, optionType });
  }
  const isLinearDated = linearDated.exec(name);
  if (isLinearDated) {
    const [, coin = "", quote = "USDC", day = ""] = isLinearDated;
    const expiryMs = namedExpiry(day);
    return expiryMs === undefined
      ? noSuchDay(name, day)
      : success({ kind: "future", ...linear(name, coin, quote), expiryMs });
  }
  const isInverseDated = inverseDated.exec(name);
  if (isInverseDated) {
    const [, coin = "", code = "", year = ""] = isInverseDated;
    const expiryMs = lastFridayExpiry(2000 + Number(year), monthCodes.indexOf(code));
    return success({ kind: "future", ...inverse(name, coin), expiryMs });
  }
  const isLinear = linearPerpetual.exec(name);
  if (isLinear) {
    const [, coin = "", quote = ""] = isLinear;
    return success({ kind: "perpetual", ...linear(name, coin, quote === "PERP" ? "USDC" : quote) });
  }
  const isInverse = inversePerpetual.exec(name);
  if (isInverse) return success({ kind: "perpetual", ...inverse(name, isInverse[1] ?? "") });
  return failed(
    "parse-error",
    `"${name}" is not a Bybit symbol; expected for example BTCUSDT, BTCUSD, BTC-27DEC24 or BTC-27DEC24-100000-C`,
  );
}

function linear(symbol: string, underlying: string, quote: string) {
  const id = instrumentId(venue, symbol);
  return { id, venue, symbol, underlying, quote, payoff: "linear" as const, settlement: quote };
}

function inverse(symbol: string, underlying: string) {
  const id = instrumentId(venue, symbol);
  return { id, venue, symbol, underlying, quote: "USD", payoff: "inverse" as const, settlement: underlying };
}

function noSuchDay(name: string, day: string): Result<Instrument> {
  return failed("parse-error", `"${name}" has no such day: ${day}`);
}
