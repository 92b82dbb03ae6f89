import type { LeverageTiers } from "./rules.ts";

/**
 * Initial margin rate of a position under leverage tiers, applied to the whole position.
 *
 *     rate = 1/L(N),   L = C1 for N ≤ C3·NMax,   L = C2 for N ≥ C4·NMax,   a straight line between
 *
 * The straight line is in L (default) or in 1/L, as `between` says.
 *
 * @param tier C1, C2, C3, C4, NMax of the product
 * @param size N, absolute position in units of the underlying; ≥ 0
 * @returns fraction of notional; > 0
 * @source https://insights.deribit.com/exchange-updates/new-sm-margin-model-on-deribit
 */
export function tierRate(tier: LeverageTiers, size: number): number {
  const start = tier.flatShare * tier.largestPosition;
  const end = tier.endShare * tier.largestPosition;
  const way = Math.min(1, Math.max(0, (size - start) / (end - start)));
  if (tier.between === "linear-in-leverage")
    return 1 / (tier.highestLeverage + way * (tier.lowestLeverage - tier.highestLeverage));
  return 1 / tier.highestLeverage + way * (1 / tier.lowestLeverage - 1 / tier.highestLeverage);
}
