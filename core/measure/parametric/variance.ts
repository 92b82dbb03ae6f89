import { failed, type Result, success } from "../../base/index.ts";
import type { SquareMatrix } from "../matrix/matrix.ts";

/**
 * A variance of a book, which rounding may leave a little below 0 when the book is hedged in full.
 *
 * @param variance   dᵀ·S·d
 * @param covariance S
 * @param deltas     d
 * @returns the variance, 0 for a rounding error below 0; or a Failure when it is negative beyond rounding
 */
export function nonNegativeVariance(variance: number, covariance: SquareMatrix, deltas: Float64Array): Result<number> {
  if (variance >= 0) return success(variance);
  let gross = 0;
  for (const [at, entry] of covariance.values.entries()) {
    const [i, j] = [Math.floor(at / covariance.size), at % covariance.size];
    gross += Math.abs((deltas[i] as number) * entry * (deltas[j] as number));
  }
  if (variance > -1e-12 * gross) return success(0);
  return failed(
    "invalid-input",
    `the variance of the book is ${variance}: the covariance is not positive semidefinite; expected one that is`,
  );
}
