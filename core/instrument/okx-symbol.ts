import { failed, type Result, success } from "../base/index.ts";
import { compactExpiry } from "./expiry-day.ts";
import { type Instrument, instrumentId } from "./instrument.ts";

const venue = "okx";

const swap = /^([A-Z0-9]+)-([A-Z]+)-SWAP$/;
const dated = /^([A-Z0-9]+)-([A-Z]+)-(\d{6})(?:-(\d+(?:\.\d+)?)-([CP]))?$/;
const pair = /^([A-Z0-9]+)-([A-Z]+)$/;
const suffixed = /^[A-Z0-9]+-[A-Z]+_[A-Z]+-/;

/**
 * Contract terms from an OKX instrument id. Dates are YYMMDD; every dated contract expires at 08:00 UTC. Contracts against USD
 * are paid in the coin, those against USDT and USDC in that currency.
 *
 *     BTC-USD-241227-100000-C, BTC-USD-SWAP, ETH-USD-210430   inverse
 *     BTC-USDT-SWAP, BTC-USDC-250328, BTC-USDT                linear
 *
 * @param symbol the id as the venue writes it
 * @returns the instrument; a failure for an impossible day, a strike of 0, a family whose settlement is only in the instrument list
 *          (`BTC-USD_UM-…`), event contracts, spreads and other names
 * @source OKX API v5, instId; resources/docs/formats.md, section 6
 */
export function parseOkxSymbol(symbol: string): Result<Instrument> {
  const name = symbol.trim();
  const isSwap = swap.exec(name);
  if (isSwap) return success({ kind: "perpetual", ...terms(name, isSwap[1] ?? "", isSwap[2] ?? "") });
  const isDated = dated.exec(name);
  if (isDated) return datedContract(name, isDated);
  const isPair = pair.exec(name);
  if (isPair) return success({ ...terms(name, isPair[1] ?? "", isPair[2] ?? ""), ...spotTerms(isPair[2] ?? "") });
  if (suffixed.test(name)) {
    const wanted = "its settlement is in the instrument list only: import public/instruments with it";
    return failed("unsupported", `"${name}" is of a family with a suffix; ${wanted}`);
  }
  return failed(
    "parse-error",
    `"${name}" is not an OKX instrument id; expected for example BTC-USDT-SWAP, BTC-USD-241227 or BTC-USD-241227-100000-C`,
  );
}

function datedContract(name: string, match: RegExpExecArray): Result<Instrument> {
  const [, underlying = "", quote = "", day = "", strikeText, right] = match;
  const expiryMs = compactExpiry(day);
  if (expiryMs === undefined) return failed("parse-error", `"${name}" has no such day: ${day}`);
  const shared = { ...terms(name, underlying, quote), expiryMs };
  if (strikeText === undefined) return success({ kind: "future", ...shared });
  const strike = Number(strikeText);
  if (!(strike > 0)) return failed("parse-error", `"${name}" has a strike of 0; a strike is above 0`);
  return success({ kind: "option", ...shared, strike, optionType: right === "P" ? "put" : "call" });
}

function terms(symbol: string, underlying: string, quote: string) {
  const payoff = quote === "USD" ? ("inverse" as const) : ("linear" as const);
  const settlement = payoff === "inverse" ? underlying : quote;
  return { id: instrumentId(venue, symbol), venue, symbol, underlying, quote, payoff, settlement };
}

function spotTerms(quote: string) {
  return { kind: "spot", payoff: "linear", settlement: quote } as const;
}

/**
 * Size of one contract where it is well known, for files without an instrument list.
 *
 * @returns underlying units for linear contracts and options, quote currency for inverse futures; `undefined` for other families
 * @source OKX API v5, public/instruments (ctVal × ctMult); resources/docs/formats.md, section 10
 */
export function knownOkxContractSize({ kind, underlying, quote }: Instrument): number | undefined {
  const family = `${underlying}-${quote}`;
  return kind === "option" ? optionSizes.get(family) : kind === "spot" ? 1 : futureSizes.get(family);
}

const optionSizes: ReadonlyMap<string, number> = new Map([
  ["BTC-USD", 0.01],
  ["ETH-USD", 0.1],
]);

const futureSizes: ReadonlyMap<string, number> = new Map([
  ["BTC-USD", 100],
  ["BTC-USDT", 0.01],
  ["ETH-USD", 10],
  ["ETH-USDT", 0.1],
  ["LTC-USDT", 1],
]);
