import type { Option } from "../../instrument/index.ts";
import { blackDeltaKernel, blackKernel, logMoneyness } from "../../pricing/index.ts";
import type { BookPosition } from "../contract.ts";
import { nothingElse } from "../parts/once-per-contracts.ts";
import { rememberedRows } from "../parts/remembered-rows.ts";

/** Places of the numbers of a leg in its row; units as in `PricingTerms`. */
export const field = {
  /** Signed. */
  quantity: 0,
  index: 1,
  forward: 2,
  mark: 3,
  years: 4,
  volatility: 5,
  /** Model value of one option, its own price unit; 0 for everything else. */
  value: 6,
  /** Black delta of one option, N(d1), less 1 for a put; 0 for everything else. */
  delta: 7,
} as const;

export const rowWidth = 8;

/** Rows of the entries of a unit, `rowWidth` numbers each. */
export function legRows(entries: readonly BookPosition[]): Float64Array {
  return rowsOf(entries, nothingElse);
}

const rowsOf = rememberedRows(rowWidth, ({ position, terms }, _: object, into, at) => {
  const { index, forward, mark, years, volatility } = terms;
  into[at + field.quantity] = position.quantity;
  into[at + field.index] = index;
  into[at + field.forward] = forward;
  into[at + field.mark] = mark;
  into[at + field.years] = years;
  into[at + field.volatility] = volatility;
  const { instrument } = position;
  if (instrument.kind !== "option") return;
  const moneyness = logMoneyness(forward, instrument.strike);
  const total = volatility * Math.sqrt(years);
  into[at + field.value] = optionValue(instrument, forward, moneyness, total);
  into[at + field.delta] = blackDeltaKernel(moneyness, total, instrument.optionType === "call");
});

/**
 * Model value of one option, its own price unit: Black, over the forward when inverse.
 *
 * @param moneyness ln(F/K)
 * @param total     σ·√τ
 */
export function optionValue(
  { strike, optionType, payoff }: Option,
  forward: number,
  moneyness: number,
  total: number,
): number {
  const value = blackKernel(forward, strike, moneyness, total, optionType === "call");
  return payoff === "inverse" ? value / forward : value;
}
