import { failed, type Result, success } from "../base/index.ts";
import { compactExpiry } from "./expiry-day.ts";
import { type Instrument, instrumentId } from "./instrument.ts";

const venue = "binance";

const option = /^([A-Z0-9]+)-(\d{6})-(\d+(?:\.\d+)?)-([CP])$/;
const coinMargined = /^([A-Z0-9]+)USD_(PERP|\d{6})$/;
const linear = /^([A-Z0-9]+?)(USDT|USDC)(?:_(\d{6}))?$/;

/**
 * Contract terms from a Binance symbol. Dates are YYMMDD; dated contracts expire at 08:00 UTC.
 *
 *     BTC-241227-100000-C, XRP-251219-2.05-P   options, linear, settled in USDT
 *     BTCUSDT, ETHUSDC, BTCUSDT_250926         USD-M, linear
 *     BTCUSD_PERP, BTCUSD_250926               COIN-M, inverse
 *
 * @param symbol the name as the venue writes it; not a spot symbol, which is spelled like a perpetual's
 * @returns the instrument; a failure for an impossible day, a strike of 0 and other names
 * @source Binance API, eapi, fapi and dapi; resources/docs/formats.md, section 6
 */
export function parseBinanceSymbol(symbol: string): Result<Instrument> {
  const name = symbol.trim();
  const isOption = option.exec(name);
  if (isOption) {
    const [, coin = "", day = "", strikeText = "", right] = isOption;
    const expiryMs = compactExpiry(day);
    const strike = Number(strikeText);
    if (expiryMs === undefined) return noSuchDay(name, day);
    if (!(strike > 0)) return failed("parse-error", `"${name}" has a strike of 0; a strike is above 0`);
    const optionType = right === "P" ? "put" : "call";
    return success({ kind: "option", ...linearTerms(name, coin, "USDT"), expiryMs, strike, optionType });
  }
  const isCoin = coinMargined.exec(name);
  if (isCoin) {
    const [, coin = "", day = ""] = isCoin;
    return contract(name, inverseTerms(name, coin), day === "PERP" ? undefined : day);
  }
  const isLinear = linear.exec(name);
  if (isLinear) {
    const [, coin = "", quote = "", day] = isLinear;
    return contract(name, linearTerms(name, coin, quote), day);
  }
  return failed(
    "parse-error",
    `"${name}" is not a Binance symbol; expected for example BTCUSDT, BTCUSD_PERP or BTC-241227-100000-C`,
  );
}

/**
 * Size of one contract where it is well known, for files without an instrument list.
 *
 * @returns coins for options and USD-M contracts, USD for COIN-M contracts; `undefined` where only the list says it
 * @source Binance API: `unit` of an option, `contractSize` of a COIN-M contract; resources/docs/formats.md, section 12
 */
export function knownBinanceContractSize({ kind, underlying, payoff }: Instrument): number | undefined {
  if (kind === "option") return optionUnits.get(underlying);
  if (payoff === "linear") return 1;
  return underlying === "BTC" ? 100 : 10;
}

const optionUnits: ReadonlyMap<string, number> = new Map([
  ["BTC", 1],
  ["ETH", 1],
  ["XRP", 100],
]);

function contract(
  name: string,
  terms: ReturnType<typeof linearTerms | typeof inverseTerms>,
  day: string | undefined,
): Result<Instrument> {
  if (day === undefined) return success({ kind: "perpetual", ...terms });
  const expiryMs = compactExpiry(day);
  return expiryMs === undefined ? noSuchDay(name, day) : success({ kind: "future", ...terms, expiryMs });
}

function linearTerms(symbol: string, underlying: string, quote: string) {
  const id = instrumentId(venue, symbol);
  return { id, venue, symbol, underlying, quote, payoff: "linear" as const, settlement: quote };
}

function inverseTerms(symbol: string, underlying: string) {
  const id = instrumentId(venue, symbol);
  return { id, venue, symbol, underlying, quote: "USD", payoff: "inverse" as const, settlement: underlying };
}

function noSuchDay(name: string, day: string): Result<Instrument> {
  return failed("parse-error", `"${name}" has no such day: ${day}`);
}
