import { failed, type Result, success } from "../base/index.ts";
import { expiryOn } from "./expiry-day.ts";
import { type Instrument, instrumentId } from "./instrument.ts";

const venue = "derive";
const quote = "USDC";

const option = /^([A-Z0-9]+)-(\d{4})(\d{2})(\d{2})-(\d+(?:[._]\d+)?)-([CP])$/;
const perpetual = /^([A-Z0-9]+)-PERP$/;

/**
 * Contract terms from a Derive instrument name. Everything is linear and settled in USDC; options expire at 08:00 UTC. The
 * decimal point of a strike is written `_` or `.`; the name is kept as it is.
 *
 *     ETH-20260627-3500-C, ADA-20260627-0_85-P, ETH-PERP
 *
 * @param symbol the name as the venue writes it
 * @returns the instrument; a failure for an impossible day, a strike of 0 and other names
 * @source resources/docs/formats.md, section 6
 */
export function parseDeriveSymbol(symbol: string): Result<Instrument> {
  const name = symbol.trim();
  const isPerpetual = perpetual.exec(name);
  if (isPerpetual) return success({ kind: "perpetual", ...terms(name, isPerpetual[1] ?? "") });
  const isOption = option.exec(name);
  if (!isOption) {
    return failed(
      "parse-error",
      `"${name}" is not a Derive instrument name; expected for example ETH-PERP or ETH-20260627-3500-C`,
    );
  }
  const [, underlying = "", year = "", month = "", day = "", strikeText = "", right] = isOption;
  const expiryMs = expiryOn(Number(year), Number(month) - 1, Number(day));
  if (expiryMs === undefined) return failed("parse-error", `"${name}" has no such day: ${year}${month}${day}`);
  const strike = Number(strikeText.replace("_", "."));
  if (!(strike > 0)) return failed("parse-error", `"${name}" has a strike of 0; a strike is above 0`);
  const optionType = right === "P" ? "put" : "call";
  return success({ kind: "option", ...terms(name, underlying), expiryMs, strike, optionType });
}

function terms(symbol: string, underlying: string) {
  const id = instrumentId(venue, symbol);
  return { id, venue, symbol, underlying, quote, payoff: "linear" as const, settlement: quote };
}
