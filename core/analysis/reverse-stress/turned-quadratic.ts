import { DomainError } from "../../base/index.ts";
import { dot, matrixTimesVector, type SquareMatrix, symmetricEigen } from "../../measure/index.ts";
import { type FactorRoot, factorRoot, moveOf } from "./factor-root.ts";

/** A delta-gamma profit along axes in which moves are independent, of unit variance, and do not bend each other. */
export interface TurnedQuadratic {
  readonly rank: number;
  /** b, currency per deviation; gain > 0. */
  readonly slopes: Float64Array;
  /** l, largest first. */
  readonly curvatures: Float64Array;
  /** The move of a point, by factor, with its Mahalanobis norm. */
  readonly moveAt: (z: Float64Array) => { readonly shock: Float64Array; readonly norm: number };
  /** Σ bⱼzⱼ + ½·lⱼzⱼ². */
  readonly gainOf: (z: Float64Array) => number;
}

/**
 * Turns a delta-gamma profit into its principal axes.
 *
 *     dP = dᵀx + ½·xᵀGx,   S = A·Aᵀ,   AᵀGA = U·diag(l)·Uᵀ,   b = UᵀAᵀd,   x = A·U·z
 *
 * @param deltas     d, currency per unit; gain > 0
 * @param gammas     G, symmetric
 * @param covariance S, positive semidefinite; directions without variance are left out
 * @throws DomainError if the sizes differ
 */
export function turnedQuadratic(deltas: Float64Array, gammas: SquareMatrix, covariance: SquareMatrix): TurnedQuadratic {
  if (gammas.size !== deltas.length)
    throw new DomainError(`gammas of ${deltas.length} factors are expected`, gammas.size);
  const root = factorRoot(covariance);
  const { values: curvatures, vectors } = symmetricEigen(congruent(gammas, root));
  const rank = root.rank;
  const scaled = transposedTimes(root, deltas);
  const slopes = Float64Array.from({ length: rank }, (_, j) => {
    let total = 0;
    for (let i = 0; i < rank; i++) total += (vectors[i * rank + j] as number) * (scaled[i] as number);
    return total;
  });
  const moveAt = (z: Float64Array): { shock: Float64Array; norm: number } => {
    const turned = Float64Array.from({ length: rank }, (_, i) => {
      let total = 0;
      for (let j = 0; j < rank; j++) total += (vectors[i * rank + j] as number) * (z[j] as number);
      return total;
    });
    return { shock: moveOf(root, turned), norm: Math.sqrt(dot(z, z)) };
  };
  const gainOf = (z: Float64Array): number => {
    let total = 0;
    for (let j = 0; j < rank; j++) {
      const at = z[j] as number;
      total += (slopes[j] as number) * at + 0.5 * (curvatures[j] as number) * at * at;
    }
    return total;
  };
  return { rank, slopes, curvatures, moveAt, gainOf };
}

function transposedTimes({ size, rank, values }: FactorRoot, vector: Float64Array): Float64Array {
  const out = new Float64Array(rank);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < rank; j++)
      out[j] = (out[j] as number) + (values[i * rank + j] as number) * (vector[i] as number);
  return out;
}

/** AᵀGA. */
function congruent(gammas: SquareMatrix, root: FactorRoot): SquareMatrix {
  const { size, rank, values } = root;
  const out = new Float64Array(rank * rank);
  for (let j = 0; j < rank; j++) {
    const column = Float64Array.from({ length: size }, (_, i) => values[i * rank + j] as number);
    const across = transposedTimes(root, matrixTimesVector(gammas, column));
    for (let i = 0; i < rank; i++) out[i * rank + j] = across[i] as number;
  }
  return { size: rank, values: out };
}
