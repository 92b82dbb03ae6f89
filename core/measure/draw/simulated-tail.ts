import { failed, type Result, success } from "../../base/index.ts";
import { normalQuantile } from "../distribution/normal-quantile.ts";
import { studentTQuantile } from "../distribution/student-t.ts";
import { valueAtRiskInterval } from "../interval.ts";
import { batchError, tailErrors } from "../standard-error.ts";
import { tailOf } from "../tail.ts";
import type { Tail, TailRequest } from "../tail-request.ts";
import type { FactorDraws } from "./factor-draws.ts";

/** A simulated figure is never shown without these. */
export interface SimulationError {
  /** SE; unit of the losses; ≥ 0. */
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/** VaR and ES of simulated losses with the error of the simulation. */
export interface SimulatedTail {
  readonly tail: Tail;
  readonly valueAtRisk: SimulationError;
  readonly expectedShortfall: SimulationError;
  /** 1 − α of the intervals. */
  readonly intervalConfidence: number;
  /**
   * independent: kernel density at the VaR, order statistics for its interval, asymptotic formula for the ES.
   * batches: spread of the estimates of independent batches (quasi-random, antithetic, importance-sampled).
   */
  readonly errorMethod: "independent" | "batches";
  readonly batches: number;
}

/**
 * VaR and ES of losses simulated on draws, with standard errors and confidence intervals.
 *
 *     independent scenarios:  SE by density and tail variance;   R batches:  SE = sd(batch estimates)/√R,  interval ± t_{R−1}·SE
 *
 * @param losses  one a scenario of the draws, in their order; loss > 0, finite
 * @param draws   the scenarios they were simulated on: their batches and weights
 * @param request confidence, convention and estimator; weights come from the draws
 * @param alpha   probability outside the intervals; in (0, 1)
 * @returns unit of the losses; or a Failure: as `tailOf`, or batches too small for the confidence
 */
export function simulatedTail(
  losses: Float64Array,
  draws: Pick<FactorDraws, "batches" | "weights">,
  request: TailRequest,
  alpha = 0.05,
): Result<SimulatedTail> {
  const tail = weightedTail(losses, request, draws.weights);
  if (!tail.ok) return tail;
  const { batches } = draws;
  const errors =
    batches > 1 ? batchErrors(losses, draws, request, alpha) : independentErrors(losses, tail.value, alpha);
  if (!errors.ok) return errors;
  const errorMethod = batches > 1 ? "batches" : "independent";
  const { error, interval } = errors.value;
  const { valueAtRisk, expectedShortfall } = tail.value;
  return success({
    tail: tail.value,
    valueAtRisk: { standardError: error[0], ...(interval ?? around(valueAtRisk, error[0], errors.value.quantile)) },
    expectedShortfall: { standardError: error[1], ...around(expectedShortfall, error[1], errors.value.quantile) },
    intervalConfidence: 1 - alpha,
    errorMethod,
    batches,
  });
}

interface Errors {
  readonly error: readonly [valueAtRisk: number, expectedShortfall: number];
  /** Multiple of the error on each side. */
  readonly quantile: number;
  /** Of the VaR, when it does not come from its error. */
  readonly interval?: { readonly lower: number; readonly upper: number };
}

function around(value: number, error: number, quantile: number): { readonly lower: number; readonly upper: number } {
  return { lower: value - quantile * error, upper: value + quantile * error };
}

function weightedTail(losses: Float64Array, request: TailRequest, weights: Float64Array | undefined): Result<Tail> {
  if (weights === undefined) return tailOf(losses, request);
  return tailOf(losses, { ...request, weights, weightsOnAverage: true });
}

function independentErrors(losses: Float64Array, tail: Tail, alpha: number): Result<Errors> {
  const quantile = normalQuantile(1 - alpha / 2);
  const found = tailErrors(losses, tail);
  // Losses that are all the same have no error at all.
  if (!found.ok) return success({ error: [0, 0], quantile });
  const { valueAtRiskError, expectedShortfallError } = found.value;
  const ranks = valueAtRiskInterval(losses, tail.tailProbability, alpha);
  if (!ranks.ok) return ranks;
  const { lower, upper } = ranks.value;
  const interval = lower === undefined || upper === undefined ? {} : { interval: { lower, upper } };
  return success({ error: [valueAtRiskError, expectedShortfallError], quantile, ...interval });
}

function batchErrors(
  losses: Float64Array,
  { batches, weights }: Pick<FactorDraws, "batches" | "weights">,
  request: TailRequest,
  alpha: number,
): Result<Errors> {
  const size = losses.length / batches;
  const values = new Float64Array(batches);
  const means = new Float64Array(batches);
  for (let batch = 0; batch < batches; batch++) {
    const [from, to] = [batch * size, (batch + 1) * size];
    const own = weights?.slice(from, to).map((weight) => weight * batches);
    const tail = weightedTail(losses.subarray(from, to), request, own);
    if (!tail.ok) {
      if (tail.failure.reason !== "missing-data") return tail;
      return failed("missing-data", `each of ${batches} batches has ${size} scenarios: ${tail.failure.message}`);
    }
    values[batch] = tail.value.valueAtRisk;
    means[batch] = tail.value.expectedShortfall;
  }
  const [valueAtRisk, expectedShortfall] = [batchError(values), batchError(means)];
  if (!valueAtRisk.ok) return valueAtRisk;
  if (!expectedShortfall.ok) return expectedShortfall;
  return success({
    error: [valueAtRisk.value.error, expectedShortfall.value.error],
    quantile: studentTQuantile(1 - alpha / 2, batches - 1),
  });
}
