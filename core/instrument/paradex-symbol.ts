import { failed, type Result, success } from "../base/index.ts";
import { namedExpiry } from "./expiry-day.ts";
import { type Instrument, instrumentId } from "./instrument.ts";

const venue = "paradex";
const perpetual = /^([A-Z0-9]+)-USD-PERP$/;
const option = /^([A-Z0-9]+)-USD-(\d{1,2}[A-Z]{3}\d{2})-(\d+(?:\.\d+)?)-([CP])$/;
const perpetualOption = /^[A-Z0-9]+-USD-\d+(?:\.\d+)?-[CP]$/;
const spot = /^([A-Z0-9]+)-USD$/;

/**
 * Contract terms from a Paradex market name. Prices are in USD, everything settles in USDC; dated options expire at 08:00 UTC.
 *
 *     BTC-USD-PERP, BTC-USD-26JUN26-100000-C, ETH-USD
 *
 * @param symbol the name as the venue writes it
 * @returns the instrument; a failure for a perpetual option (which the portfolio margin text does not treat), an impossible day and
 *          other names
 * @source Paradex, naming convention; how the day of a dated option is written is inferred: the market list is believed where given
 */
export function parseParadexSymbol(symbol: string): Result<Instrument> {
  const name = symbol.trim();
  const isPerpetual = perpetual.exec(name);
  if (isPerpetual) return success({ kind: "perpetual", ...terms(name, isPerpetual[1] ?? "") });
  const isOption = option.exec(name);
  if (isOption) {
    const [, underlying = "", day = "", strikeText = "", right] = isOption;
    const expiryMs = namedExpiry(day);
    const strike = Number(strikeText);
    if (expiryMs === undefined) return failed("parse-error", `"${name}" has no such day: ${day}`);
    if (!(strike > 0)) return failed("parse-error", `"${name}" has a strike of 0; a strike is above 0`);
    const optionType = right === "P" ? "put" : "call";
    return success({ kind: "option", ...terms(name, underlying), expiryMs, strike, optionType });
  }
  if (perpetualOption.test(name))
    return failed("unsupported", `"${name}" is a perpetual option: it has no expiry, and no method here prices it`);
  const isSpot = spot.exec(name);
  if (isSpot) return success({ kind: "spot", ...terms(name, isSpot[1] ?? "") });
  return failed(
    "parse-error",
    `"${name}" is not a Paradex market; expected for example BTC-USD-PERP or BTC-USD-26JUN26-100000-C`,
  );
}

function terms(symbol: string, underlying: string) {
  const shared = { id: instrumentId(venue, symbol), venue, symbol, underlying };
  return { ...shared, quote: "USD", payoff: "linear" as const, settlement: "USDC" };
}
