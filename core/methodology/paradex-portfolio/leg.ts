import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import { blackDeltaKernel, logMoneyness, modelPrice } from "../../pricing/index.ts";
import type { BookPosition } from "../contract.ts";

/** A position, or all positions in one instrument together, as the linear contract of this venue. */
export interface Leg {
  readonly instrument: Instrument;
  readonly terms: PricingTerms;
  /** Signed coins. */
  readonly coins: number;
  /** Delta to spot, coins. */
  readonly delta: number;
  /** What leaving it at its mark trades, USD; ≥ 0. */
  readonly value: number;
  /** Model value of one option, where it is stated. */
  readonly modelValue?: number;
}

/**
 * A holding in coins of the asset.
 *
 *     perpetual  delta = coins,   value = |coins|·mark
 *     option     delta = coins·(F/S)·(N(d1), less 1 for a put),   value = |coins|·mark
 *
 * Coin-margined contracts of other venues count as the linear contract of the same coins.
 *
 * @param quantity signed, in `quantityUnit(instrument)`
 * @param stated   delta and model value of one unit, where an entry of the book states them
 * @source Paradex, portfolio margin; delta to spot of the forward S·exp(f·T)
 */
export function legOf(
  instrument: Instrument,
  terms: PricingTerms,
  quantity: number,
  stated: Pick<BookPosition, "delta" | "modelValue"> = {},
): Leg {
  const { forward, index, mark, volatility, years } = terms;
  const inverse = instrument.payoff === "inverse";
  if (instrument.kind === "option") {
    const moneyness = logMoneyness(forward, instrument.strike);
    const isCall = instrument.optionType === "call";
    const delta = stated.delta ?? blackDeltaKernel(moneyness, volatility * Math.sqrt(years), isCall);
    const value = Math.abs(quantity) * mark * (inverse ? index : 1);
    const leg = { instrument, terms, coins: quantity, delta: quantity * delta * (forward / index), value };
    return stated.modelValue === undefined ? leg : { ...leg, modelValue: stated.modelValue };
  }
  const coins = inverse ? quantity / mark : quantity;
  return { instrument, terms, coins, delta: coins, value: Math.abs(coins) * mark };
}

/**
 * USD profit of a leg when the spot moves by k.
 *
 *     perpetual  coins·S·k
 *     option     coins·(V(F(1+k), σ′) − V(F, σ))
 *
 * @param valueNow   model value of one option before the shock, its own price unit
 * @param unitProfit change of that value by the cube, its own price unit
 */
export function profitUsd(
  { instrument, terms, coins }: Leg,
  move: number,
  valueNow: number,
  unitProfit: number,
): number {
  if (instrument.kind !== "option") return coins * terms.index * move;
  if (instrument.payoff === "linear") return coins * unitProfit;
  return coins * terms.forward * ((1 + move) * unitProfit + move * valueNow);
}

/** Model value of one option, its own price unit; 0 for everything else. */
export function optionValue({ instrument, terms, modelValue }: Leg): number {
  return instrument.kind === "option" ? (modelValue ?? modelPrice(instrument, terms)) : 0;
}
