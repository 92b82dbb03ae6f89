import { demandNotNegative } from "../../base/index.ts";
import type { SquareMatrix } from "../../measure/index.ts";
import { turnedQuadratic } from "../reverse-stress/turned-quadratic.ts";

/** The worst moves of a delta-gamma book no farther than a radius. */
export interface WorstInEllipsoid {
  /** ≥ 0. */
  readonly loss: number;
  /** By factor; two of the same loss in the hard case. */
  readonly moves: readonly { readonly shock: Float64Array; readonly norm: number }[];
}

/**
 * Largest loss of a delta-gamma book over an ellipsoid of moves: the trust-region problem.
 *
 *     min b·z + ½·Σ lⱼzⱼ²  over |z| ≤ r:   zⱼ = −bⱼ/(lⱼ + λ),   λ ≥ max(0, −min l),   λ = 0 inside, |z| = r on the boundary
 *     linear book: x = −r·S·d/√(dᵀSd)
 *
 * Where no slope lies along the axis that bends down most and the others leave room (a straddle), both directions of it are worst.
 *
 * @param deltas     d, currency per unit; gain > 0
 * @param gammas     G, symmetric
 * @param covariance S, positive semidefinite
 * @param radius     r, deviations; ≥ 0
 * @returns no move where nothing loses
 * @throws DomainError if the radius is below 0 or sizes differ
 * @source G. Studer, Maximum loss for measurement of market risk, ETH Zürich (1997); J. Moré, D. Sorensen, SIAM J. Sci. Stat. Comput. 4 (1983) 553–572
 */
export function worstInEllipsoid(
  deltas: Float64Array,
  gammas: SquareMatrix,
  covariance: SquareMatrix,
  radius: number,
): WorstInEllipsoid {
  demandNotNegative("a radius", radius);
  const { rank, slopes, curvatures, moveAt, gainOf } = turnedQuadratic(deltas, gammas, covariance);
  const answer = (points: readonly Float64Array[]): WorstInEllipsoid => {
    const [first = new Float64Array(rank)] = points;
    const gain = gainOf(first);
    return gain < 0 ? { loss: -gain, moves: points.map(moveAt) } : { loss: 0, moves: [] };
  };
  const last = rank - 1;
  const least = rank === 0 ? 0 : (curvatures[last] as number);
  const scale = Math.max(...curvatures.map(Math.abs), 0);
  const bends = least < -1e-14 * scale;
  const point = (lambda: number, without = -1): Float64Array =>
    slopes.map((slope, j) => {
      const curvature = (curvatures[j] as number) + lambda;
      return j === without || slope === 0 || curvature === 0 ? 0 : -slope / curvature;
    });
  const steepest = Math.max(...slopes.map(Math.abs), 0);
  if (bends && Math.abs(slopes[last] as number) <= 1e-12 * steepest) {
    const rest = point(-least, last);
    const room = radius * radius - squaredNorm(rest);
    if (room >= 0) {
      const along = Math.sqrt(room);
      return answer([along, -along].map((entry) => rest.map((value, j) => (j === last ? entry : value))));
    }
  }
  // Inside: only where every axis that slopes bends up.
  if (!bends && slopes.every((slope, j) => slope === 0 || (curvatures[j] as number) > 1e-14 * scale)) {
    const inside = point(0);
    if (squaredNorm(inside) <= radius * radius) return answer([inside]);
  }
  const from = bends ? -least : 0;
  let step = Math.max(steepest / Math.max(radius, Number.MIN_VALUE), Number.MIN_VALUE);
  while (squaredNorm(point(from + step)) > radius * radius) step *= 2;
  let [low, high] = [from, from + step];
  for (;;) {
    const middle = 0.5 * (low + high);
    if (!(middle > low && middle < high)) break;
    if (squaredNorm(point(middle)) > radius * radius) low = middle;
    else high = middle;
  }
  return answer([point(high)]);
}

function squaredNorm(point: Float64Array): number {
  let total = 0;
  for (const entry of point) total += entry * entry;
  return total;
}
