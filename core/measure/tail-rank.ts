import { quantilePosition } from "./quantile.ts";
import type { QuantileConvention } from "./tail-request.ts";

/** Losses worst first, with what each weighs: 1 and a target of n·p when all weigh the same, else w and a target of p. */
export interface RankedLosses {
  /** Index of each in the losses given; ties in scenario order. */
  readonly scenarios: Int32Array;
  readonly losses: Float64Array;
  readonly weights: Float64Array;
  /** Weight up to and with each rank. */
  readonly cumulated: Float64Array;
  readonly target: number;
}

/** One rank, or two neighbouring ranks with the share of the milder; 1-based, worst first. */
export interface TailRank {
  readonly worse: number;
  readonly milder: number;
  readonly milderShare: number;
}

const tolerance = 1e-12;

/**
 * Rank of the loss at which the cumulated weight reaches the tail: convention `cum`.
 *
 *     k = min { k : W_k ≥ target − 1e-12 }
 *
 * @returns 1-based; the last rank when the weights never reach the target
 */
export function cumulativeRank({ cumulated, target }: RankedLosses): number {
  const index = cumulated.findIndex((weight) => weight >= target - tolerance);
  return index < 0 ? cumulated.length : index + 1;
}

/**
 * Ranks that make the VaR under a convention.
 *
 * @param ranked       losses worst first, at least two ranks beyond the tail where there are so many
 * @param convention   any; the Hyndman-Fan types suppose equal weights
 * @param observations n, all scenarios, also those not ranked
 * @param confidence   c; in (0, 1)
 */
export function valueAtRiskRank(
  ranked: RankedLosses,
  convention: QuantileConvention,
  observations: number,
  confidence: number,
): TailRank {
  const last = ranked.cumulated.length;
  const beyond = ranked.cumulated.findIndex((weight) => weight > ranked.target + tolerance);
  const inverse = beyond < 0 ? last : beyond + 1;
  switch (convention) {
    case "cum":
      return single(cumulativeRank(ranked));
    case "conservative":
      return single(Math.max(1, beyond < 0 ? last : beyond));
    case "inverse":
    case "next-worst":
      return single(inverse);
    case "interpolated":
      return between(ranked.target, ranked.cumulated);
    default: {
      const type = Number(convention.slice("type".length));
      const position = quantilePosition(observations, confidence, type, observations - ranked.target);
      const milder = observations - position.lower + 1;
      if (position.upperShare === 0) return single(milder);
      return { worse: observations - position.upper + 1, milder, milderShare: 1 - position.upperShare };
    }
  }
}

const single = (rank: number): TailRank => ({ worse: rank, milder: rank, milderShare: 0 });

/** The neighbouring ranks whose rising positions enclose the target, and how far it is to the milder one; held at both ends. */
function between(target: number, positions: Float64Array): TailRank {
  const above = positions.findIndex((position) => position > target + tolerance);
  if (above < 0) return single(positions.length);
  if (above === 0) return single(1);
  const from = positions[above - 1] ?? 0;
  const share = Math.max(0, (target - from) / ((positions[above] ?? 0) - from));
  return { worse: above, milder: above + 1, milderShare: share };
}
