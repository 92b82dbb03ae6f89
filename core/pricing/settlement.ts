import { demandPositive } from "../base/index.ts";
import type { OptionType, Payoff } from "../instrument/index.ts";

/** What delivery of an option costs. Fractions. */
export interface DeliveryFee {
  /** Of the notional: one unit of underlying. */
  readonly ofNotional: number;
  /** Of the option's value: the fee is never more. */
  readonly ofValue: number;
}

/** @source Deribit, Inverse Options: delivery fee 0.015 %, at most 12.5 % of the option's value */
export const deribitDeliveryFee: DeliveryFee = { ofNotional: 0.00015, ofValue: 0.125 };

/** Minutes before expiry over which the delivery price is averaged and deltas decay. */
const averagingMinutes = 30;

/**
 * Value of an option at delivery, per unit of underlying.
 *
 *     inverse  max(w·(D − K), 0) / D, coin;   linear  max(w·(D − K), 0), quote currency
 *
 * @param payoff        how the value is paid
 * @param optionType    w = +1 for a call, −1 for a put
 * @param strike        K, quote currency; > 0
 * @param deliveryPrice D, quote currency; > 0
 * @returns settlement currency; ≥ 0
 * @throws DomainError if a price is outside its bound
 * @source Deribit, Inverse Options and Linear Options
 */
export function deliveryValue(payoff: Payoff, optionType: OptionType, strike: number, deliveryPrice: number): number {
  demandPositive("a price", strike);
  demandPositive("a price", deliveryPrice);
  const value = Math.max(optionType === "call" ? deliveryPrice - strike : strike - deliveryPrice, 0);
  return payoff === "inverse" ? value / deliveryPrice : value;
}

/**
 * Fee of the delivery of one unit.
 *
 * @param payoff        how the value is paid
 * @param value         `deliveryValue`, settlement currency; ≥ 0
 * @param deliveryPrice D, quote currency; > 0
 * @param fee           rates
 * @returns settlement currency; ≥ 0
 * @throws DomainError if the price is outside its bound
 * @source Deribit, Inverse Options
 */
export function deliveryFee(
  payoff: Payoff,
  value: number,
  deliveryPrice: number,
  fee: DeliveryFee = deribitDeliveryFee,
): number {
  demandPositive("a price", deliveryPrice);
  const notional = payoff === "inverse" ? 1 : deliveryPrice;
  return Math.min(fee.ofNotional * notional, fee.ofValue * value);
}

/**
 * Net delta of an option in the last half hour: Black delta and premium fade together as the average forms.
 *
 *     (delta − mark)·(1 − elapsed/30)
 *
 * @param blackDelta     Black delta of one unit
 * @param mark           mark price in coin for inverse options, 0 for linear ones
 * @param minutesElapsed minutes since averaging began; 30 and more is 0, below 0 counts as 0
 * @returns underlying units per unit
 * @source Deribit, Delta decay during settlement
 */
export function decayedNetDelta(blackDelta: number, mark: number, minutesElapsed: number): number {
  const left = 1 - Math.min(Math.max(minutesElapsed / averagingMinutes, 0), 1);
  return blackDelta * left - mark * left;
}
