import { failed, type Result, success } from "../../base/index.ts";
import type { SquareMatrix } from "./matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** Eigenvalues below −this × the largest mean that the matrix is not positive semidefinite; above it they are rounding. */
export const semidefiniteTolerance = 1e-12;

/**
 * Lower triangular factor of a positive semidefinite matrix.
 *
 *     S = C·Cᵀ
 *
 * A factor that others explain in full (pivot within rounding of 0) gets a column of zeros.
 *
 * @param matrix S, n × n, symmetric
 * @returns C, row-major, upper triangle 0; or a Failure `invalid-input` that names the smallest eigenvalue
 * @source G. Golub, C. Van Loan, Matrix Computations, 4th edition, section 4.2
 */
export function cholesky(matrix: SquareMatrix): Result<SquareMatrix> {
  const { size, values } = matrix;
  const lower = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const diagonal = values[j * size + j] as number;
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= (lower[j * size + k] as number) ** 2;
    const rounding = 1e-13 * size * Math.max(diagonal, 0);
    if (pivot < -rounding) {
      const refused = notSemidefinite(matrix);
      if (refused !== undefined) return refused;
    }
    const root = pivot > rounding ? Math.sqrt(pivot) : 0;
    lower[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let entry = values[i * size + j] as number;
      for (let k = 0; k < j; k++) entry -= (lower[i * size + k] as number) * (lower[j * size + k] as number);
      if (root > 0) lower[i * size + j] = entry / root;
      else if (Math.abs(entry) > 1e-6 * Math.sqrt(Math.max(diagonal * (values[i * size + i] as number), 0))) {
        // A factor without variance of its own must not move another: here it does, by more than rounding.
        const refused = notSemidefinite(matrix);
        if (refused !== undefined) return refused;
      }
    }
  }
  return success({ size, values: lower });
}

function notSemidefinite(matrix: SquareMatrix): ReturnType<typeof failed> | undefined {
  const { values } = symmetricEigen(matrix);
  const least = values[matrix.size - 1] ?? 0;
  if (least >= -semidefiniteTolerance * matrix.size * (values[0] ?? 0)) return undefined;
  return failed(
    "invalid-input",
    `the matrix is not positive semidefinite: its smallest eigenvalue is ${least}; expected none below 0`,
  );
}

/**
 * Square root of a positive semidefinite matrix by principal components, largest first: column k carries the k-th largest share of the
 * variance, so that the best dimensions of a quasi-random sequence go to it.
 *
 *     S = A·Aᵀ,   A = U·diag(√l)
 *
 * @param matrix S, n × n, symmetric
 * @returns A, row-major; or a Failure `invalid-input` that names the smallest eigenvalue
 */
export function principalRoot(matrix: SquareMatrix): Result<SquareMatrix> {
  const { size } = matrix;
  const refused = notSemidefinite(matrix);
  if (refused !== undefined) return refused;
  const { values: eigenvalues, vectors } = symmetricEigen(matrix);
  const root = vectors.map((entry, i) => entry * Math.sqrt(Math.max(0, eigenvalues[i % size] as number)));
  return success({ size, values: root });
}
