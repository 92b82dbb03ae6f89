import { DomainError, failed, type Result, success, sum } from "../base/index.ts";
import { kernelDensity, silvermanBandwidth } from "./density.ts";
import type { Tail } from "./tail-request.ts";

/**
 * Standard error of VaR from n independent observations.
 *
 *     SE = √(p·(1−p)/n) / f(VaR)
 *
 * @param observations    n; > 0, effective when weighted or dependent
 * @param tailProbability p; in (0, 1)
 * @param density         f, of the loss at the VaR, one over its unit; > 0
 * @returns unit of the loss; > 0
 * @throws DomainError if an argument is outside its bound
 * @source A. van der Vaart, Asymptotic Statistics (1998), corollary 21.5
 */
export function valueAtRiskStandardError(observations: number, tailProbability: number, density: number): number {
  if (!(observations > 0)) throw new DomainError("observations must be above 0", observations);
  if (!(tailProbability > 0 && tailProbability < 1)) throw new DomainError("p must be inside (0, 1)", tailProbability);
  if (!(density > 0)) throw new DomainError("density must be above 0", density);
  return Math.sqrt((tailProbability * (1 - tailProbability)) / observations) / density;
}

/** What the standard error of ES needs to know of the tail. */
export interface TailMoments {
  /** Var(L | L > VaR), square of the unit of the loss; ≥ 0. */
  readonly tailVariance: number;
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
}

/**
 * Standard error of ES from n independent observations.
 *
 *     SE = √( [Var(L | L > VaR) + (1−p)·(ES − VaR)²] / (n·p) )
 *
 * @param observations    n; > 0, effective when weighted or dependent
 * @param tailProbability p; in (0, 1)
 * @param moments         of the tail
 * @returns unit of the loss; ≥ 0
 * @throws DomainError if an argument is outside its bound
 * @source S. Manganelli, R. Engle, ECB working paper 75 (2001)
 */
export function expectedShortfallStandardError(
  observations: number,
  tailProbability: number,
  moments: TailMoments,
): number {
  if (!(observations > 0)) throw new DomainError("observations must be above 0", observations);
  if (!(tailProbability > 0 && tailProbability < 1)) throw new DomainError("p must be inside (0, 1)", tailProbability);
  const { tailVariance, valueAtRisk, expectedShortfall } = moments;
  if (!(tailVariance >= 0)) throw new DomainError("variance of the tail must be ≥ 0", tailVariance);
  const beyond = (1 - tailProbability) * (expectedShortfall - valueAtRisk) ** 2;
  return Math.sqrt((tailVariance + beyond) / (observations * tailProbability));
}

/** Standard errors with what they were made from. */
export interface TailErrors extends TailMoments {
  readonly valueAtRiskError: number;
  readonly expectedShortfallError: number;
  readonly density: number;
  readonly bandwidth: number;
  readonly observations: number;
}

/**
 * Standard errors of VaR and ES from the losses themselves: density by a Gaussian kernel, variance of the tail from the scenarios of the ES.
 *
 * @param losses       of every scenario, finite
 * @param tail         of these losses
 * @param observations n that the errors suppose; fewer than the scenarios when windows overlap; effective ones of the tail when absent
 * @param weights      summing to 1; equal when absent
 * @returns unit of the losses; or a Failure when the losses do not vary
 * @source as `valueAtRiskStandardError` and `expectedShortfallStandardError`
 */
export function tailErrors(
  losses: Float64Array,
  tail: Tail,
  observations = tail.effectiveObservations,
  weights?: Float64Array,
): Result<TailErrors> {
  const { tailProbability, valueAtRisk, expectedShortfall, expectedShortfallShares } = tail;
  const bandwidth = losses.length < 2 ? 0 : silvermanBandwidth(losses);
  const density = bandwidth > 0 ? kernelDensity(losses, valueAtRisk, bandwidth, weights) : 0;
  if (!(density > 0)) return failed("not-applicable", "losses that do not vary have no standard error");
  const { scenarios, shares } = expectedShortfallShares;
  const squares = shares.map((share, j) => share * ((losses[scenarios[j] ?? 0] ?? 0) - expectedShortfall) ** 2);
  const moments = { tailVariance: sum(squares), valueAtRisk, expectedShortfall };
  return success({
    ...moments,
    valueAtRiskError: valueAtRiskStandardError(observations, tailProbability, density),
    expectedShortfallError: expectedShortfallStandardError(observations, tailProbability, moments),
    ...{ density, bandwidth, observations },
  });
}

/**
 * Standard error of the mean of independent batch estimates: for quasi-random, importance-sampled, antithetic or overlapping runs.
 *
 *     SE = sd(estimates)/√R,   sd with divisor R − 1
 *
 * @param estimates one a batch; at least 10
 * @returns mean and its standard error; or a Failure with fewer than 10
 */
export function batchError(estimates: Float64Array): Result<{ readonly mean: number; readonly error: number }> {
  const batches = estimates.length;
  if (batches < 10) return failed("missing-data", `a batch error needs at least 10 batches; found ${batches}`);
  const mean = sum(estimates) / batches;
  const variance = sum(estimates.map((estimate) => (estimate - mean) ** 2)) / (batches - 1);
  return success({ mean, error: Math.sqrt(variance / batches) });
}
