import type { HedgingRule } from "./hedging-rule.ts";

/**
 * Rules of each kind, from fine to rough, for a frontier without being asked.
 *
 * @param steps        of the paths
 * @param volatility   σ, fraction per √year
 * @param years        to expiry
 * @param riskAversion middle of the range of the two utility bands
 */
export function usualRules(
  steps: number,
  volatility: number,
  years: number,
  riskAversion: number,
): readonly HedgingRule[] {
  const move = volatility * Math.sqrt(years / steps);
  const times = [...new Set([1, 2, 5, 10].map((every) => Math.min(every, steps)))];
  return [
    ...times.map((every): HedgingRule => ({ kind: "time", steps: every })),
    ...[0.02, 0.05, 0.1].map((width): HedgingRule => ({ kind: "band", width })),
    ...[1, 2, 4].map((factor): HedgingRule => ({ kind: "move", move: Number((factor * move).toPrecision(3)) })),
    ...[0.1, 1, 10].map((factor): HedgingRule => ({ kind: "whalley-wilmott", riskAversion: factor * riskAversion })),
    ...[0.1, 1, 10].map((factor): HedgingRule => ({ kind: "zakamouline", riskAversion: factor * riskAversion })),
  ];
}
