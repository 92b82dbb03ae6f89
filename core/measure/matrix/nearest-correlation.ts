import { failed, type Result, success } from "../../base/index.ts";
import type { SquareMatrix } from "./matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** The correlation matrix nearest to a symmetric matrix. */
export interface NearestCorrelation {
  readonly correlation: SquareMatrix;
  /** Frobenius norm of the change: √Σ(difference²) over all cells. */
  readonly distance: number;
  readonly iterations: number;
  /** Of the result. */
  readonly smallestEigenvalue: number;
}

/** Smallest eigenvalue of the result when it must be strictly positive definite. */
const definiteFloor = 1e-8;

/**
 * The nearest correlation matrix in the Frobenius norm: alternating projections on the positive semidefinite matrices and on those of unit
 * diagonal, with Dykstra's correction, until they differ by less than 1e-12 in every cell.
 *
 * @param matrix   A, n × n, symmetric
 * @param definite also lifts eigenvalues to at least 1e-8 and rescales to a unit diagonal
 * @returns the matrix with its distance from A; or a Failure when 10,000 rounds do not suffice
 * @source N. Higham, Computing the nearest correlation matrix — a problem from finance, IMA J. Numer. Anal. 22 (2002) 329–343
 */
export function nearestCorrelation(matrix: SquareMatrix, definite = false): Result<NearestCorrelation> {
  const { size } = matrix;
  let y = matrix.values.slice();
  let correction = new Float64Array(y.length);
  for (let iterations = 1; iterations <= 10_000; iterations++) {
    const r = y.map((value, at) => value - (correction[at] as number));
    const x = lifted({ size, values: r }, 0);
    correction = x.map((value, at) => value - (r[at] as number));
    y = x.map((value, at) => (Math.floor(at / size) === at % size ? 1 : value));
    if (y.every((value, at) => Math.abs(value - (x[at] as number)) < 1e-12)) {
      const values = definite ? rescaled(lifted({ size, values: y }, definiteFloor), size) : y;
      const correlation = { size, values };
      const distance = Math.sqrt(values.reduce((total, v, at) => total + (v - (matrix.values[at] as number)) ** 2, 0));
      const smallestEigenvalue = symmetricEigen(correlation).values[size - 1] ?? 1;
      return success({ correlation, distance, iterations, smallestEigenvalue });
    }
  }
  return failed("invalid-input", "the nearest correlation matrix was not found in 10,000 rounds");
}

/** Σ max(l, floor)·u·uᵀ */
function lifted(matrix: SquareMatrix, floor: number): Float64Array {
  const { size } = matrix;
  const { values, vectors } = symmetricEigen(matrix);
  const out = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const eigenvalue = Math.max(floor, values[k] as number);
    if (eigenvalue === 0) continue;
    for (let i = 0; i < size; i++) {
      const factor = eigenvalue * (vectors[i * size + k] as number);
      for (let j = 0; j < size; j++) {
        out[i * size + j] = (out[i * size + j] as number) + factor * (vectors[j * size + k] as number);
      }
    }
  }
  return out;
}

function rescaled(values: Float64Array, size: number): Float64Array {
  const roots = Float64Array.from({ length: size }, (_, i) => Math.sqrt(values[i * size + i] as number));
  return values.map((value, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return i === j ? 1 : value / ((roots[i] as number) * (roots[j] as number));
  });
}
