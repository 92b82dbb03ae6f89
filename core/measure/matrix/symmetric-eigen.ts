import type { SquareMatrix } from "./matrix.ts";

/** Eigenvalues in descending order, and their vectors of length 1. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** Column k belongs to eigenvalue k: `vectors[row · size + k]`; the entry of largest size in each is positive. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
 *
 *     A = U·diag(l)·Uᵀ
 *
 * @param matrix A, n × n; only its lower triangle is read
 * @returns l descending and U; residual about 1e-15·‖A‖·n
 * @source G. Golub, C. Van Loan, Matrix Computations, 4th edition, section 8.5
 */
export function symmetricEigen({ size, values }: SquareMatrix): SymmetricEigen {
  const a = new Float64Array(size * size);
  const u = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    u[i * size + i] = 1;
    for (let j = 0; j <= i; j++) {
      a[i * size + j] = values[i * size + j] as number;
      a[j * size + i] = values[i * size + j] as number;
    }
  }
  for (let sweep = 0; sweep < 60 && offDiagonal(a, size) > 0; sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, u, size, p, q, sweep > 4);
    }
  }
  return sorted(a, u, size);
}

function offDiagonal(a: Float64Array, size: number): number {
  let total = 0;
  for (let i = 1; i < size; i++) for (let j = 0; j < i; j++) total += Math.abs(a[i * size + j] as number);
  return total;
}

/** One rotation that makes a[p, q] zero; late in the work an entry that cannot change the diagonal is simply dropped. */
function rotate(a: Float64Array, u: Float64Array, size: number, p: number, q: number, late: boolean): void {
  const apq = a[p * size + q] as number;
  if (apq === 0) return;
  const app = a[p * size + p] as number;
  const aqq = a[q * size + q] as number;
  const small = 100 * Math.abs(apq);
  if (late && Math.abs(app) + small === Math.abs(app) && Math.abs(aqq) + small === Math.abs(aqq)) {
    a[p * size + q] = 0;
    a[q * size + p] = 0;
    return;
  }
  const theta = (aqq - app) / (2 * apq);
  const t =
    Math.abs(theta) > 1e150 ? 0.5 / theta : Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    if (k !== p && k !== q) {
      const akp = a[k * size + p] as number;
      const akq = a[k * size + q] as number;
      const newP = c * akp - s * akq;
      const newQ = s * akp + c * akq;
      a[k * size + p] = newP;
      a[p * size + k] = newP;
      a[k * size + q] = newQ;
      a[q * size + k] = newQ;
    }
    const ukp = u[k * size + p] as number;
    const ukq = u[k * size + q] as number;
    u[k * size + p] = c * ukp - s * ukq;
    u[k * size + q] = s * ukp + c * ukq;
  }
  a[p * size + p] = app - t * apq;
  a[q * size + q] = aqq + t * apq;
  a[p * size + q] = 0;
  a[q * size + p] = 0;
}

function sorted(a: Float64Array, u: Float64Array, size: number): SymmetricEigen {
  const diagonal = Float64Array.from({ length: size }, (_, i) => a[i * size + i] as number);
  const order = Array.from(diagonal.keys()).sort((i, j) => (diagonal[j] as number) - (diagonal[i] as number) || i - j);
  const vectors = new Float64Array(size * size);
  for (const [k, from] of order.entries()) {
    let largest = 0;
    for (let i = 0; i < size; i++) {
      const entry = u[i * size + from] as number;
      if (Math.abs(entry) > Math.abs(largest) + 1e-12) largest = entry;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < size; i++) vectors[i * size + k] = sign * (u[i * size + from] as number);
  }
  return { values: Float64Array.from(order, (i) => diagonal[i] as number), vectors };
}
