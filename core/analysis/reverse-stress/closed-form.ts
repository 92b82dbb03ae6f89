import { DomainError, normalCdf } from "../../base/index.ts";
import { dot, matrixTimesVector, type SquareMatrix } from "../../measure/index.ts";
import { turnedQuadratic } from "./turned-quadratic.ts";

/** The most plausible move that reaches a loss. */
export interface MostPlausibleMove {
  /** By factor, unit of the covariance's root. */
  readonly shock: Float64Array;
  /** Mahalanobis norm √(xᵀS⁻¹x); > 0. */
  readonly norm: number;
}

/**
 * Most plausible move by which a linear book loses a target.
 *
 *     dP = dᵀx:   x = −L·S·d/(dᵀSd),   m = L/√(dᵀSd),   P(loss ≥ L) = N(−m) for normal factors
 *
 * @param deltas     d, currency per unit of the factor; gain > 0
 * @param covariance S, positive semidefinite
 * @param targetLoss L, currency; > 0
 * @returns the move with the probability of its half-space; `undefined` when the book does not move with the factors
 * @throws DomainError if the loss is not above 0 or the sizes differ
 * @source resources/docs/stress.md, "Reverse stress"
 */
export function linearReverseStress(
  deltas: Float64Array,
  covariance: SquareMatrix,
  targetLoss: number,
): (MostPlausibleMove & { readonly halfSpaceProbability: number }) | undefined {
  if (!(targetLoss > 0)) throw new DomainError("a target loss must be above 0", targetLoss);
  const direction = matrixTimesVector(covariance, deltas);
  const variance = dot(deltas, direction);
  if (!(variance > 0)) return undefined;
  const norm = targetLoss / Math.sqrt(variance);
  const shock = direction.map((entry) => (-targetLoss * entry) / variance);
  return { shock, norm, halfSpaceProbability: normalCdf(-norm) };
}

/** The answer for a quadratic book: one move, two of the same norm, or the most it can lose. */
export type QuadraticReverseStress =
  | {
      readonly feasible: true;
      readonly moves: readonly MostPlausibleMove[];
      /** μ of the loss constraint. */
      readonly multiplier: number;
      /** Both directions along an axis without slope reach the loss, as in a straddle. */
      readonly hardCase: boolean;
    }
  | { readonly feasible: false /** Currency; ≥ 0. */; readonly mostLoss: number };

/**
 * Most plausible move by which a delta-gamma book loses a target: the trust-region problem with the roles of loss and norm exchanged.
 *
 *     dP = dᵀx + ½·xᵀGx,   S = A·Aᵀ,   AᵀGA = U·diag(l)·Uᵀ,   b = UᵀAᵀd,   x = A·U·z
 *     zⱼ = −μ·bⱼ/(1 + μ·lⱼ),   μ the root of  Σ bⱼzⱼ + ½·lⱼzⱼ² = −L  below  min over lⱼ < 0 of −1/lⱼ
 *
 * @param deltas     d, currency per unit; gain > 0
 * @param gammas     G, symmetric
 * @param covariance S, positive semidefinite
 * @param targetLoss L, currency; > 0
 * @returns moves (two in the hard case), or the largest loss when L is beyond it
 * @throws DomainError if the loss is not above 0 or the sizes differ
 * @source J. Moré, D. Sorensen, Computing a trust region step, SIAM J. Sci. Stat. Comput. 4 (1983) 553–572, for the secular equation
 */
export function quadraticReverseStress(
  deltas: Float64Array,
  gammas: SquareMatrix,
  covariance: SquareMatrix,
  targetLoss: number,
): QuadraticReverseStress {
  if (!(targetLoss > 0)) throw new DomainError("a target loss must be above 0", targetLoss);
  const { rank, slopes, curvatures, moveAt, gainOf } = turnedQuadratic(deltas, gammas, covariance);
  const point = (mu: number, without = -1): Float64Array =>
    slopes.map((slope, j) => (j === without ? 0 : (-mu * slope) / (1 + mu * (curvatures[j] as number))));
  const excess = (mu: number): number => gainOf(point(mu)) + targetLoss;

  const scale = Math.max(...curvatures.map(Math.abs), 0);
  const last = rank - 1;
  const least = rank === 0 ? 0 : (curvatures[last] as number);
  const bends = least < -1e-14 * scale && least < 0;
  const most = bends ? -1 / least : Number.POSITIVE_INFINITY;
  const steepest = Math.max(...slopes.map(Math.abs), 0);
  if (bends && Math.abs(slopes[last] as number) <= 1e-12 * steepest) {
    const rest = point(most, last);
    const missing = gainOf(rest) + targetLoss;
    if (missing > 0) {
      const along = Math.sqrt((-2 * missing) / least);
      const moves = [along, -along].map((entry) => moveAt(rest.map((value, j) => (j === last ? entry : value))));
      return { feasible: true, moves, multiplier: most, hardCase: true };
    }
  }
  const beyond = bends ? most : firstBeyond(excess, targetLoss, dot(slopes, slopes));
  if (beyond === undefined) return { feasible: false, mostLoss: mostLossOf(slopes, curvatures) };
  const low = lastAbove(excess, beyond);
  return { feasible: true, moves: [moveAt(point(low))], multiplier: low, hardCase: false };
}

/** The largest number below a bound at which a falling function is above 0. */
function lastAbove(value: (at: number) => number, bound: number): number {
  let [low, high] = [0, bound];
  for (;;) {
    const middle = 0.5 * (low + high);
    if (!(middle > low && middle < high)) return low;
    if (value(middle) > 0) low = middle;
    else high = middle;
  }
}

/** A multiplier at which the loss is reached, doubling; `undefined` when none does. */
function firstBeyond(excess: (mu: number) => number, loss: number, variance: number): number | undefined {
  if (!(variance > 0)) return undefined;
  let mu = loss / variance;
  for (let turn = 0; turn < 200; turn++) {
    if (excess(mu) <= 0) return mu;
    mu *= 2;
  }
  return undefined;
}

/** The bottom of a convex quadratic. */
function mostLossOf(slopes: Float64Array, curvatures: Float64Array): number {
  let total = 0;
  for (let j = 0; j < slopes.length; j++) {
    const curvature = curvatures[j] as number;
    if (curvature > 0) total += (slopes[j] as number) ** 2 / (2 * curvature);
  }
  return total;
}
