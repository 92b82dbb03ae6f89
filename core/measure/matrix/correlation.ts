import { DomainError, failed, type Result, success } from "../../base/index.ts";
import { asymmetry, type SquareMatrix } from "./matrix.ts";
import { type NearestCorrelation, nearestCorrelation } from "./nearest-correlation.ts";
import { semidefiniteTolerance } from "./square-root.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A covariance taken apart. */
export interface DeviationsAndCorrelation {
  /** Square roots of the diagonal, unit of the factors. */
  readonly deviations: Float64Array;
  /** Unit diagonal; a factor that never moves correlates with nothing. */
  readonly correlation: SquareMatrix;
}

/**
 * Standard deviations and correlation of a covariance.
 *
 *     C_ij = S_ij / √(S_ii·S_jj)
 *
 * @param covariance S, n × n, symmetric, diagonal ≥ 0
 * @returns deviations and correlation
 * @throws DomainError if a variance is negative
 */
export function deviationsAndCorrelation({ size, values }: SquareMatrix): DeviationsAndCorrelation {
  const deviations = Float64Array.from({ length: size }, (_, i) => {
    const variance = values[i * size + i] as number;
    if (!(variance >= 0)) throw new DomainError("a variance must be at least 0", variance);
    return Math.sqrt(variance);
  });
  const correlation = values.map((entry, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    if (i === j) return 1;
    const scale = (deviations[i] as number) * (deviations[j] as number);
    return scale > 0 ? Math.min(1, Math.max(-1, entry / scale)) : 0;
  });
  return { deviations, correlation: { size, values: correlation } };
}

/**
 * Covariance of deviations and a correlation.
 *
 *     S_ij = d_i·C_ij·d_j
 *
 * @param deviations  d, n, unit of the factors; ≥ 0
 * @param correlation C, n × n
 * @returns S
 * @throws DomainError if the sizes differ
 */
export function covarianceOf(deviations: Float64Array, { size, values }: SquareMatrix): SquareMatrix {
  if (deviations.length !== size) throw new DomainError(`${size} deviations are expected`, deviations.length);
  return {
    size,
    values: values.map(
      (entry, at) => (deviations[Math.floor(at / size)] as number) * entry * (deviations[at % size] as number),
    ),
  };
}

/** A correlation that can be drawn from, and what was done to it. */
export interface UsableCorrelation {
  readonly correlation: SquareMatrix;
  /** Of the matrix given. */
  readonly smallestEigenvalue: number;
  /** Present when the matrix given was not positive semidefinite and was replaced by the nearest one. */
  readonly repair?: Pick<NearestCorrelation, "distance" | "iterations" | "smallestEigenvalue">;
}

/**
 * A correlation checked, and repaired only if that is allowed.
 *
 * @param matrix      n × n: symmetric, ones on the diagonal, entries from −1 to 1
 * @param allowRepair replaces a matrix that is not positive semidefinite by the nearest one
 * @returns the correlation with the repair named; or a Failure `invalid-input`: the cell that is wrong, or the smallest eigenvalue and the
 *   distance of the nearest correlation when the matrix is not positive semidefinite and may not be repaired
 */
export function usableCorrelation(matrix: SquareMatrix, allowRepair: boolean): Result<UsableCorrelation> {
  const wrong = wrongCell(matrix);
  if (wrong !== undefined) return failed("invalid-input", wrong);
  const eigenvalues = symmetricEigen(matrix).values;
  const smallestEigenvalue = eigenvalues[matrix.size - 1] ?? 1;
  if (smallestEigenvalue >= -semidefiniteTolerance * matrix.size) {
    return success({ correlation: matrix, smallestEigenvalue });
  }
  const repaired = nearestCorrelation(matrix);
  if (!allowRepair) {
    const distance = repaired.ok
      ? `, at a Frobenius distance of ${Number(repaired.value.distance.toPrecision(6))}`
      : "";
    return failed(
      "invalid-input",
      `the correlation matrix is not positive semidefinite: its smallest eigenvalue is ${smallestEigenvalue}; ` +
        `correct it, or allow the nearest correlation matrix in its place${distance}`,
    );
  }
  if (!repaired.ok) return repaired;
  const { correlation, ...repair } = repaired.value;
  return success({ correlation, smallestEigenvalue, repair });
}

function wrongCell(matrix: SquareMatrix): string | undefined {
  const { size, values } = matrix;
  for (let at = 0; at < values.length; at++) {
    const [row, column] = [Math.floor(at / size), at % size];
    const entry = values[at] as number;
    const where = `correlation of factors ${row + 1} and ${column + 1} is ${entry}`;
    if (!(Math.abs(entry) <= 1 + 1e-12)) return `${where}; expected a number from −1 to 1`;
    if (row === column && Math.abs(entry - 1) > 1e-12) return `${where}; expected 1 on the diagonal`;
  }
  const cell = asymmetry(matrix);
  if (cell === undefined) return undefined;
  const [i, j] = cell;
  return `correlation of factors ${i + 1} and ${j + 1} is ${values[i * size + j]}, and ${values[j * size + i]} the other way round; expected the same`;
}
