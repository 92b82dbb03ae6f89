import { DomainError, failed, type Result, success } from "../../base/index.ts";

/** A square matrix, row-major: `values[row · size + column]`. */
export interface SquareMatrix {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * Square matrix from its rows, as files and forms hold it.
 *
 * @param rows n rows of n finite numbers
 * @returns the matrix; or a Failure naming the row that is too short or long, or the cell that is not finite
 */
export function matrixOfRows(rows: readonly (readonly number[])[]): Result<SquareMatrix> {
  const size = rows.length;
  const values = new Float64Array(size * size);
  for (const [i, row] of rows.entries()) {
    if (row.length !== size) {
      return failed("invalid-input", `row ${i + 1} of the matrix has ${row.length} entries; expected ${size}`);
    }
    for (const [j, value] of row.entries()) {
      if (!Number.isFinite(value)) {
        return failed("invalid-input", `row ${i + 1}, column ${j + 1} of the matrix is ${value}; expected a number`);
      }
      values[i * size + j] = value;
    }
  }
  return success({ size, values });
}

/**
 * Rows of a square matrix as plain arrays, for results and display.
 *
 * @param matrix n × n
 * @returns n rows of n
 */
export function rowsOfMatrix({ size, values }: SquareMatrix): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from(values.subarray(i * size, (i + 1) * size)));
}

/**
 * Product of a matrix and a vector.
 *
 *     y = A·x
 *
 * @param matrix A, n × n
 * @param vector x, n
 * @returns y, n
 * @throws DomainError if the lengths differ
 */
export function matrixTimesVector({ size, values }: SquareMatrix, vector: Float64Array): Float64Array {
  if (vector.length !== size) throw new DomainError(`a vector of ${size} is expected`, vector.length);
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let total = 0;
    for (let j = 0; j < size; j++) total += (values[i * size + j] as number) * (vector[j] as number);
    out[i] = total;
  }
  return out;
}

/**
 * Product of two matrices.
 *
 * @param left  A, n × n
 * @param right B, n × n
 * @returns A·B
 * @throws DomainError if the sizes differ
 */
export function matrixProduct(left: SquareMatrix, right: SquareMatrix): SquareMatrix {
  const { size } = left;
  if (right.size !== size) throw new DomainError(`a matrix of size ${size} is expected`, right.size);
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = left.values[i * size + k] as number;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) {
        values[i * size + j] = (values[i * size + j] as number) + factor * (right.values[k * size + j] as number);
      }
    }
  }
  return { size, values };
}

/**
 * Inner product of two vectors, summed in order.
 *
 * @param left  x, n
 * @param right y, n
 * @returns Σ xᵢ·yᵢ
 * @throws DomainError if the lengths differ
 */
export function dot(left: Float64Array, right: Float64Array): number {
  if (left.length !== right.length) throw new DomainError(`a vector of ${left.length} is expected`, right.length);
  let total = 0;
  for (let i = 0; i < left.length; i++) total += (left[i] as number) * (right[i] as number);
  return total;
}

/**
 * First pair of cells that breaks symmetry.
 *
 * @param matrix    n × n
 * @param tolerance share of the largest |entry| by which two cells may differ
 * @returns row and column from 0; undefined when the matrix is symmetric
 */
export function asymmetry(
  { size, values }: SquareMatrix,
  tolerance = 1e-12,
): readonly [row: number, column: number] | undefined {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const difference = Math.abs((values[i * size + j] as number) - (values[j * size + i] as number));
      if (difference > tolerance * largest) return [i, j];
    }
  }
  return undefined;
}
