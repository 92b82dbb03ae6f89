import type { Instrument } from "../instrument/index.ts";
import { type PricingTerms, termsAt } from "../market/index.ts";
import { modelPrice } from "../pricing/index.ts";
import { type Scenario, shockedVolatility, yearsAfter } from "../scenario/index.ts";

/**
 * Terms of an instrument after a scenario: index and forward move together, time passes only where the scenario says so.
 * The mark of an option moves by the change of its model price, so the venue's mark is kept where nothing moves
 * and the profit between two markets is the difference of their marks; it never falls below 0.
 *
 *     F′ = F(1+m),  index′ = index(1+m),  σ′ by the shock,  mark′ = max(0, mark + model(F′, σ′) − model(F, σ))
 *
 * @param instrument contract terms
 * @param terms      before the shock
 * @param scenario   price move and volatility shock
 * @returns terms after the shock; the same object when nothing changes
 * @throws DomainError if a term is outside its bound
 */
export function shockedTerms(
  instrument: Instrument,
  terms: PricingTerms,
  scenario: Pick<Scenario, "priceMove" | "volatility" | "decayDays">,
): PricingTerms {
  const moved = movedTerms(instrument, terms, scenario, 0);
  if (moved === terms || instrument.kind !== "option") return moved;
  const change = modelPrice(instrument, moved) - modelPrice(instrument, terms);
  return { ...moved, mark: Math.max(0, terms.mark + change) };
}

/**
 * As `shockedTerms`, for callers that have revalued the instrument already.
 *
 * @param unitProfit profit of one unit in the scenario, as in `PnlCube`: for options the change of the mark
 */
export function movedTerms(
  instrument: Instrument,
  terms: PricingTerms,
  { priceMove, volatility: shock, decayDays = 0 }: Pick<Scenario, "priceMove" | "volatility" | "decayDays">,
  unitProfit: number,
): PricingTerms {
  const isOption = instrument.kind === "option";
  const volatility = isOption ? shockedVolatility(terms.volatility, terms.years, shock) : terms.volatility;
  const years = yearsAfter(terms.years, decayDays);
  if (priceMove === 0 && volatility === terms.volatility && years === terms.years) return terms;
  const factor = 1 + priceMove;
  const { index, forward, mark } = terms;
  const marked = isOption ? Math.max(0, mark + unitProfit) : mark * factor;
  return termsAt(terms, { index: index * factor, forward: forward * factor, years, volatility, mark: marked });
}
