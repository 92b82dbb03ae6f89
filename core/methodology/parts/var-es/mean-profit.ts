import { sum } from "../../../base/index.ts";
import type { GroupLosses } from "./losses.ts";
import type { Measured } from "./measured.ts";

/** Σ share · profit of a position over the scenarios of the measure, USD; gain > 0. Minus the component of the position. */
export function meanProfit(group: GroupLosses, place: number, whole: Measured): number {
  const profit = group.profits(whole.shares.scenarios);
  return meanOverTail(whole, (at) => profit(place, at));
}

/**
 * Σ share · value over the scenarios of the measure, brought to today's volatility as the losses were.
 *
 * @param valueAt value in the scenario at a place of the tail
 */
export function meanOverTail({ shares, multipliers }: Measured, valueAt: (at: number) => number): number {
  return sum(
    Array.from(
      shares.scenarios,
      (scenario, at) => (shares.shares[at] ?? 0) * (multipliers?.[scenario] ?? 1) * valueAt(at),
    ),
  );
}
