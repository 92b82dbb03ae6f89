import type { Brackets } from "./rules.ts";

/** Margin by brackets with what it is made of. */
export interface BracketMargin {
  /** Unit of the size; ≥ 0. */
  readonly amount: number;
  readonly rate: number;
  /** What the rate charges too much below its bracket, the venue's `cum`; unit of the size. */
  readonly cumulative: number;
  /** Place of the rate among the steps; absent in the first bracket. */
  readonly step?: number;
}

/**
 * Maintenance of a size by brackets: each part of the size at the rate of its bracket.
 *
 *     amount = size·rate − cum,   cum = Σ over brackets entered  from·(rate − rate before)
 *
 * @param size quote currency when linear, coin when inverse; ≥ 0
 * @source Binance, uniMMR of Portfolio Margin: maintenance margin of USD-M and COIN-M positions
 */
export function bracketMargin({ firstRate, steps }: Brackets, size: number): BracketMargin {
  let rate = firstRate;
  let cumulative = 0;
  let step: number | undefined;
  for (const [index, next] of steps.entries()) {
    if (size < next.from) break;
    cumulative += next.from * (next.rate - rate);
    rate = next.rate;
    step = index;
  }
  return { amount: size * rate - cumulative, rate, cumulative, ...(step === undefined ? {} : { step }) };
}
