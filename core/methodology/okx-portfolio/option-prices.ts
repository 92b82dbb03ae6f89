import { blackDeltaKernel, blackKernel, logMoneyness } from "../../pricing/index.ts";
import type { BookPosition } from "../contract.ts";
import { nothingElse } from "../parts/once-per-contracts.ts";
import { rememberedAmounts } from "../parts/remembered-amounts.ts";
import { rememberedRows } from "../parts/remembered-rows.ts";
import type { OkxRules } from "./rules.ts";

/** Numbers of an entry in `optionPrices`. */
export const priceWidth = 2;

/**
 * Model value of one option, its own price unit, and its Black delta N(d1), less 1 for a put; 0 for everything else.
 *
 *     value   Black(F, K, τ, σ), over F when inverse
 *
 * @returns by entry, two numbers each
 */
export function optionPrices(list: readonly BookPosition[]): Float64Array {
  return pricesOf(list, nothingElse);
}

/** @returns the value alone after the days of MR2 when nothing moves, by entry; τ is not below 0 */
export const laterValues: (list: readonly BookPosition[], rules: OkxRules["mr2"]) => Float64Array = rememberedAmounts(
  ({ position: { instrument }, terms: { forward, volatility, years } }, { days }: OkxRules["mr2"]) => {
    if (instrument.kind !== "option") return 0;
    const total = volatility * Math.sqrt(yearsLater(years, days));
    const { strike, optionType, payoff } = instrument;
    const value = blackKernel(forward, strike, logMoneyness(forward, strike), total, optionType === "call");
    return payoff === "inverse" ? value / forward : value;
  },
);

export function yearsLater(years: number, days: number): number {
  return Math.max(0, years - days / 365);
}

const pricesOf = rememberedRows(
  priceWidth,
  ({ position: { instrument }, terms: { forward, volatility, years } }, _: object, into, at) => {
    if (instrument.kind !== "option") return;
    const { strike, optionType, payoff } = instrument;
    const isCall = optionType === "call";
    const moneyness = logMoneyness(forward, strike);
    const total = volatility * Math.sqrt(years);
    const value = blackKernel(forward, strike, moneyness, total, isCall);
    into[at] = payoff === "inverse" ? value / forward : value;
    into[at + 1] = blackDeltaKernel(moneyness, total, isCall);
  },
);
