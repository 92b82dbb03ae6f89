import { DomainError, failed, type Result, success } from "../base/index.ts";
import { binomialRange } from "./binomial-range.ts";

/** Ranks, worst first, whose losses enclose the true VaR. A rank is absent where no loss bounds it. */
export interface RankInterval {
  /** u, rank of the upper bound; absent when n·p is too small for a finite one. */
  readonly upperRank?: number;
  /** l, rank of the lower bound. */
  readonly lowerRank?: number;
  /** Probability that the interval holds the VaR; ≥ 1 − α when both ranks are there. */
  readonly coverage: number;
}

/**
 * Distribution-free confidence interval of VaR in ranks.
 *
 *     N ~ Bin(n, p):  u = max{ u : P(N ≤ u−1) ≤ α/2 },  l = min{ l : P(N ≥ l) ≤ α/2 },  coverage P(u ≤ N ≤ l−1)
 *
 * @param observations    n independent, equally weighted
 * @param tailProbability p; in (0, 1)
 * @param alpha           α, probability outside; in (0, 1), 0.1 for 90 %
 * @returns ranks from 1 to n; coverage counts a missing bound as infinite
 * @throws DomainError if an argument is outside its bound
 * @source H. David, H. Nagaraja, Order Statistics (2003), section 7.1
 */
export function rankInterval(observations: number, tailProbability: number, alpha: number): RankInterval {
  if (!(alpha > 0 && alpha < 1)) throw new DomainError("α must be inside (0, 1)", alpha);
  const { from, probabilities } = binomialRange(observations, tailProbability);
  const last = from + probabilities.length - 1;
  let upperRank = from;
  let outsideAbove = 0;
  for (let k = from, cumulated = 0; k <= last; k += 1) {
    cumulated += probabilities[k - from] ?? 0;
    if (cumulated > alpha / 2) break;
    [upperRank, outsideAbove] = [k + 1, cumulated];
  }
  let lowerRank = last + 1;
  let outsideBelow = 0;
  for (let k = last, cumulated = 0; k >= from; k -= 1) {
    cumulated += probabilities[k - from] ?? 0;
    if (cumulated > alpha / 2) break;
    [lowerRank, outsideBelow] = [k, cumulated];
  }
  return {
    coverage: 1 - outsideAbove - outsideBelow,
    ...(upperRank > 0 ? { upperRank } : {}),
    ...(lowerRank <= observations ? { lowerRank } : {}),
  };
}

/** Confidence interval of a measure. A bound is absent where there is none; `note` then says so. */
export interface MeasureInterval extends RankInterval {
  readonly lower?: number;
  readonly upper?: number;
  readonly note?: string;
}

/**
 * Distribution-free confidence interval of VaR.
 *
 * @param losses          equally weighted, independent; loss > 0, finite
 * @param tailProbability p; in (0, 1)
 * @param alpha           probability outside; in (0, 1)
 * @returns losses at the ranks of `rankInterval`; or a Failure without losses
 */
export function valueAtRiskInterval(
  losses: Float64Array,
  tailProbability: number,
  alpha: number,
): Result<MeasureInterval> {
  if (losses.length === 0) return failed("missing-data", "a confidence interval needs at least 1 observation; found 0");
  const ranks = rankInterval(losses.length, tailProbability, alpha);
  const ascending = losses.slice().sort();
  const at = (rank: number | undefined): number | undefined =>
    rank === undefined ? undefined : ascending[losses.length - rank];
  const [lower, upper] = [at(ranks.lowerRank), at(ranks.upperRank)];
  const missing = [upper === undefined ? "upper" : [], lower === undefined ? "lower" : []].flat();
  return success({
    ...ranks,
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    ...(missing.length > 0 ? { note: `no finite ${missing.join(" and no finite ")} bound` } : {}),
  });
}
