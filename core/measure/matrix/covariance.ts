import { DomainError, failed, type Result, success } from "../../base/index.ts";
import type { SquareMatrix } from "./matrix.ts";

/** Changes of several factors on the same days. */
export interface FactorChanges {
  readonly factors: readonly string[];
  /** Observation-major, oldest first: `values[observation · factors + factor]`; each factor in its own unit (fraction, points). */
  readonly values: Float64Array;
}

/** How a covariance is estimated. */
export type CovarianceEstimator =
  | {
      /** Exponentially weighted, zero mean, one λ for all entries. */
      readonly kind: "ewma";
      /** λ; in (0, 1). */
      readonly lambda: number;
    }
  | {
      /** Every day the same weight. */
      readonly kind: "equal";
      /** `zero`: second moments, divisor n. `sample`: about the mean, divisor n − 1. */
      readonly mean: "zero" | "sample";
    };

/**
 * Covariance of factor changes.
 *
 *     ewma:   S₁ = second moments of the window,  S_{t+1} = λ·S_t + (1−λ)·r_t·r_tᵀ   (the forecast after the last day)
 *     equal:  Σ r·rᵀ/n,   or   Σ (r−m)(r−m)ᵀ/(n−1)
 *
 * @param changes   n observations × k factors; finite
 * @param estimator which of the above
 * @returns S, k × k, in products of the units of the factors, for the horizon of one observation; positive semidefinite;
 *   or a Failure: too few observations, or a change that is not finite (by its factor and number)
 * @throws DomainError if λ is outside its bound or the values do not fill the factors
 * @source J. P. Morgan, RiskMetrics Technical Document (1996), chapter 5
 */
export function factorCovariance(changes: FactorChanges, estimator: CovarianceEstimator): Result<SquareMatrix> {
  const { factors, values } = changes;
  const size = factors.length;
  const count = size === 0 ? 0 : values.length / size;
  if (!Number.isInteger(count)) throw new DomainError(`a multiple of ${size} values is expected`, values.length);
  if (estimator.kind === "ewma" && !(estimator.lambda > 0 && estimator.lambda < 1)) {
    throw new DomainError("λ must be above 0 and below 1", estimator.lambda);
  }
  const least = estimator.kind === "equal" && estimator.mean === "sample" ? 2 : 1;
  if (count < least) {
    return failed("missing-data", `a covariance needs at least ${least} observations of each factor; found ${count}`);
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const where = `change ${Math.floor(bad / size) + 1} of ${factors[bad % size]}`;
    return failed("invalid-input", `${where} is ${values[bad]}; expected a finite number`);
  }
  const means = new Float64Array(size);
  if (estimator.kind === "equal" && estimator.mean === "sample") {
    for (let at = 0; at < values.length; at++) means[at % size] = (means[at % size] as number) + (values[at] as number);
    for (let i = 0; i < size; i++) means[i] = (means[i] as number) / count;
  }
  const divisor = estimator.kind === "equal" && estimator.mean === "sample" ? count - 1 : count;
  const matrix = new Float64Array(size * size);
  for (let t = 0; t < count; t++) addProduct(matrix, values, t * size, size, means, 1, 1 / divisor);
  if (estimator.kind === "ewma") {
    const { lambda } = estimator;
    for (let t = 0; t < count; t++) addProduct(matrix, values, t * size, size, means, lambda, 1 - lambda);
  }
  return success({ size, values: matrix });
}

/** matrix ← keep·matrix + share·(r − m)(r − m)ᵀ */
function addProduct(
  matrix: Float64Array,
  values: Float64Array,
  from: number,
  size: number,
  means: Float64Array,
  keep: number,
  share: number,
): void {
  for (let i = 0; i < size; i++) {
    const row = share * ((values[from + i] as number) - (means[i] as number));
    for (let j = 0; j <= i; j++) {
      const entry =
        keep * (matrix[i * size + j] as number) + row * ((values[from + j] as number) - (means[j] as number));
      matrix[i * size + j] = entry;
      matrix[j * size + i] = entry;
    }
  }
}
