import { sum } from "../../../base/index.ts";
import type { GroupLosses } from "./losses.ts";
import type { Measured } from "./measured.ts";

/** Σ share · profit of a position over the scenarios of the measure, USD; gain > 0. Minus the component of the position. */
export function meanProfit(group: GroupLosses, place: number, whole: Measured): number {
  return meanOverTail(whole, (scenario) => group.profit(place, scenario));
}

/** Σ share · value over the scenarios of the measure, brought to today's volatility as the losses were. */
export function meanOverTail({ shares, multipliers }: Measured, valueIn: (scenario: number) => number): number {
  return sum(
    Array.from(
      shares.scenarios,
      (scenario, i) => (shares.shares[i] ?? 0) * (multipliers?.[scenario] ?? 1) * valueIn(scenario),
    ),
  );
}
