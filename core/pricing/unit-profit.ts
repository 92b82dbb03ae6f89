import type { Instrument } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { deliveryValue } from "./settlement.ts";

/**
 * Profit of one unit of an instrument between two instants.
 *
 *     option, spot, stock           m₁ − m₀
 *     linear future, perpetual      F₁ − F₀
 *     inverse future, perpetual     1/F₀ − 1/F₁
 *
 * @param before terms at the first instant
 * @param after  terms at the second
 * @returns settlement currency per unit of quantity, gain > 0; funding of perpetuals is not part of it
 * @source resources/docs/backtest.md, section 3
 */
export function unitProfit(instrument: Instrument, before: PricingTerms, after: PricingTerms): number {
  if (instrument.kind !== "future" && instrument.kind !== "perpetual") return after.mark - before.mark;
  return futureProfit(instrument, before.forward, after.forward);
}

/**
 * Profit of one unit that was delivered between the two instants.
 *
 *     option   max(w·(D − K), 0) in its settlement currency, less m₀;   future   as `unitProfit` with F₁ = D
 *
 * @param deliveryPrice D, quote currency; > 0
 * @returns settlement currency per unit, gain > 0; delivery fees are not part of it
 * @source Deribit, Inverse Options and Linear Options
 */
export function deliveryProfit(instrument: Instrument, before: PricingTerms, deliveryPrice: number): number {
  if (instrument.kind === "option") {
    const { payoff, optionType, strike } = instrument;
    return deliveryValue(payoff, optionType, strike, deliveryPrice) - before.mark;
  }
  return futureProfit(instrument, before.forward, deliveryPrice);
}

function futureProfit({ payoff }: Instrument, before: number, after: number): number {
  return payoff === "inverse" ? 1 / before - 1 / after : after - before;
}
