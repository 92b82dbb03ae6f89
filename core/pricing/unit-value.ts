import { DomainError } from "../base/index.ts";
import type { Instrument } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackValue } from "./black.ts";
import { carriedPrice } from "./carried-option.ts";

/**
 * Price of an instrument by its formula, as the venue would quote it.
 *
 *     option   Black(F, K, τ, σ) / F when inverse, Black(F, K, τ, σ) when linear
 *     listed option with rates   on the spot price with carry, American ones with early exercise: `carriedPrice`
 *     future, perpetual   its own price;   spot   the index
 *
 * @param instrument contract terms
 * @param terms      numbers of the market; F, τ, σ as in `PricingTerms`
 * @returns price unit of the instrument: coin for inverse options, else quote currency; ≥ 0
 * @throws DomainError if a term is outside its bound
 * @source Deribit, Inverse Options and Linear Options; index price for spot
 */
export function modelPrice(instrument: Instrument, terms: PricingTerms): number {
  if (instrument.kind === "spot") return terms.index;
  if (instrument.kind !== "option") return terms.forward;
  if (terms.carry !== undefined) return carriedPrice(instrument, terms);
  const value = blackValue(
    terms.forward,
    instrument.strike,
    terms.years,
    terms.volatility,
    instrument.optionType === "call",
  );
  return instrument.payoff === "inverse" ? value / terms.forward : value;
}

/**
 * What one unit of quantity is worth in equity at the venue's mark.
 *
 * @param instrument contract terms
 * @param terms      numbers of the market
 * @returns settlement currency per unit: the mark of options and spot; 0 for futures and perpetuals, whose profit is settled
 * @throws DomainError if the mark is negative or not finite
 */
export function unitValue(instrument: Instrument, terms: PricingTerms): number {
  if (!(terms.mark >= 0 && terms.mark < Number.POSITIVE_INFINITY))
    throw new DomainError(`the mark of ${instrument.symbol} must be 0 or more`, terms.mark);
  return instrument.kind === "future" || instrument.kind === "perpetual" ? 0 : terms.mark;
}
