import { msPerDay } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import type { MarketSnapshot, PricingTerms } from "../../market/index.ts";
import { positionGreeks } from "../../pricing/index.ts";
import { resolveTerms } from "../../revaluation/index.ts";

/** An option the market quotes, with its delta. */
export interface QuotedOption {
  readonly option: Option;
  readonly terms: PricingTerms;
  /** Black delta of one unit: above 0 for calls, below for puts. */
  readonly delta: number;
}

/**
 * Options of an underlying that a market quotes with a mark, of one expiry or of all that are left at least `minimumDays`.
 *
 * @returns by expiry, then strike, calls before puts: the same order whatever the order of the quotes
 */
export function quotedOptions(
  market: MarketSnapshot,
  underlying: string,
  minimumDays: number,
  expiryMs?: number,
): readonly QuotedOption[] {
  const found = market.quotes.flatMap(({ instrument, mark }) => {
    if (instrument.kind !== "option" || instrument.underlying !== underlying || !(mark !== undefined && mark > 0))
      return [];
    if (instrument.expiryMs - market.asOfMs < minimumDays * msPerDay) return [];
    if (expiryMs !== undefined && instrument.expiryMs !== expiryMs) return [];
    const terms = resolveTerms(market, instrument);
    if (!terms.ok) return [];
    return [{ option: instrument, terms: terms.value, delta: positionGreeks(instrument, terms.value, 1).delta }];
  });
  return found.sort((a, b) => order(a.option, b.option));
}

/** The expiry nearest to a number of days, at least `minimumDays` away; the earlier of two as near. */
export function expiryNear(options: readonly QuotedOption[], asOfMs: number, days: number): number | undefined {
  const expiries = [...new Set(options.map(({ option }) => option.expiryMs))];
  const distance = (expiryMs: number) => Math.abs(expiryMs - asOfMs - days * msPerDay);
  return expiries.sort((a, b) => distance(a) - distance(b) || a - b)[0];
}

function order(a: Option, b: Option): number {
  return a.expiryMs - b.expiryMs || a.strike - b.strike || (a.optionType < b.optionType ? -1 : 1);
}
