import { type SquareMatrix, symmetricEigen } from "../../measure/index.ts";

/**
 * Root A of a covariance, S = A·Aᵀ, one column for each direction that moves, most variance first:
 * `values[factor · rank + column]`. A point z of unit length is one standard deviation away.
 */
export interface FactorRoot {
  readonly size: number;
  readonly rank: number;
  readonly values: Float64Array;
  /** Variance along each column. */
  readonly variances: Float64Array;
}

/** Variances below this share of the largest are directions in which nothing moves. */
const leastShare = 1e-12;

/**
 * Root of a covariance from its principal components. Directions without variance are left out, so any positive semidefinite matrix serves.
 *
 * @param covariance S, n × n, positive semidefinite
 */
export function factorRoot(covariance: SquareMatrix): FactorRoot {
  const { size } = covariance;
  const { values: variances, vectors } = symmetricEigen(covariance);
  const largest = variances[0] ?? 0;
  const rank = variances.filter((variance) => variance > leastShare * largest && variance > 0).length;
  const values = new Float64Array(size * rank);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < rank; j++)
      values[i * rank + j] = (vectors[i * size + j] as number) * Math.sqrt(variances[j] as number);
  return { size, rank, values, variances: variances.slice(0, rank) };
}

/** x = A·z: log moves of the `size` factors at a point of `rank` independent standard deviations. */
export function moveOf({ size, rank, values }: FactorRoot, point: Float64Array): Float64Array {
  const move = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let total = 0;
    for (let j = 0; j < rank; j++) total += (values[i * rank + j] as number) * (point[j] as number);
    move[i] = total;
  }
  return move;
}

/** The z of a move: z = Λ⁻¹·Aᵀ·x; what of the move lies in a direction without variance is lost. */
export function pointOf({ size, rank, values, variances }: FactorRoot, move: Float64Array): Float64Array {
  const point = new Float64Array(rank);
  for (let j = 0; j < rank; j++) {
    let total = 0;
    for (let i = 0; i < size; i++) total += (values[i * rank + j] as number) * (move[i] as number);
    point[j] = total / (variances[j] as number);
  }
  return point;
}
