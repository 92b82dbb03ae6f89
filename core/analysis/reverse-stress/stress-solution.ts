import { normalCdf } from "../../base/index.ts";
import { chiSquareUpperTail, dot, type SquareMatrix, symmetricEigen } from "../../measure/index.ts";
import type { FactorModel, StressFactor } from "./factor-model.ts";
import { factorRoot } from "./factor-root.ts";
import { lossSplit, type UnderlyingLoss } from "./loss-split.ts";
import type { BookMover, UnderlyingShock } from "./moved-book.ts";
import type { NearestFailure } from "./nearest-failures.ts";
import type { GoalMeter, StressState } from "./stress-state.ts";

/** The move of one factor. */
export interface FactorMove {
  readonly factor: string;
  /** Relative: −0.2 is 20 % down. */
  readonly move: number;
  /** Logarithmic move over its deviation. */
  readonly deviations: number;
  /** Part of the squared norm, xⱼ·(S⁻¹x)ⱼ/m²; the parts add up to 1, and a factor that follows others has a small one. */
  readonly shareOfNorm: number;
}

/** A move that reaches the goal, by full revaluation. */
export interface StressSolution {
  /** Mahalanobis norm, standard deviations. */
  readonly norm: number;
  /** Probability, for normal factors, of a move of at least this norm in any direction (chi-square of as many degrees as directions). */
  readonly chiSquareTail: number;
  readonly degrees: number;
  /** Probability of the half-space beyond the plane at this distance, N(−m): the estimate of first order that the goal is reached. */
  readonly halfSpaceProbability: number;
  readonly moves: readonly FactorMove[];
  readonly state: StressState;
  readonly losses: readonly UnderlyingLoss[];
  /** Nearer by this much, standard deviations along its ray, the goal is not reached. */
  readonly width: number;
  /** Profit of the book's delta-gamma expansion in this move, USD: how far the closed form may be trusted. */
  readonly quadraticPnlUsd: number;
}

/** Relative shocks of underlyings from logarithmic moves of factors. */
export function shocksOf(factors: readonly StressFactor[], move: Float64Array): ReadonlyMap<string, UnderlyingShock> {
  const shocks = new Map<string, UnderlyingShock>();
  factors.forEach(({ kind, underlying }, at) => {
    const known = shocks.get(underlying) ?? { price: 0, volatility: 0 };
    shocks.set(underlying, { ...known, [kind]: Math.expm1(move[at] ?? 0) });
  });
  return shocks;
}

/**
 * Everything that is said of a move that reaches a goal.
 *
 * @param failure   the move of all factors, with its norm among the chosen ones
 * @param chosen    places of the factors that were free to move
 * @param expansion of the profit of the book, for comparison
 */
export function describedSolution(
  { move, norm, width }: NearestFailure,
  chosen: readonly number[],
  mover: BookMover,
  meter: GoalMeter,
  model: FactorModel,
  { deltas, gammas }: { readonly deltas: Float64Array; readonly gammas: SquareMatrix },
): StressSolution {
  const shocks = shocksOf(model.factors, move);
  const part = subCovariance(model.covariance, chosen);
  const { rank } = factorRoot(part);
  let quadraticPnlUsd = dot(deltas, move);
  for (let i = 0; i < move.length; i++)
    for (let j = 0; j < move.length; j++)
      quadraticPnlUsd += 0.5 * (gammas.values[i * move.length + j] ?? 0) * (move[i] ?? 0) * (move[j] ?? 0);
  return {
    norm,
    chiSquareTail: chiSquareUpperTail(norm * norm, rank),
    degrees: rank,
    halfSpaceProbability: normalCdf(-norm),
    moves: movesOf(move, chosen, model),
    state: meter.state({ shocks }),
    losses: lossSplit(mover, shocks),
    width,
    quadraticPnlUsd,
  };
}

/** Moves of the chosen factors with their shares of the squared norm. */
export function movesOf(
  move: Float64Array,
  chosen: readonly number[],
  { factors, covariance }: FactorModel,
): readonly FactorMove[] {
  const part = subCovariance(covariance, chosen);
  const own = Float64Array.from(chosen, (at) => move[at] ?? 0);
  const weights = pseudoInverseTimes(part, own);
  const squared = dot(own, weights);
  return chosen.flatMap((at, i) => {
    const factor = factors[at];
    if (factor === undefined) return [];
    const x = own[i] ?? 0;
    const shareOfNorm = squared > 0 ? (x * (weights[i] ?? 0)) / squared : 0;
    return [{ factor: factor.factor, move: Math.expm1(x), deviations: x / factor.deviation, shareOfNorm }];
  });
}

/** Norm of a point, standard deviations. */
export function normOf(point: Float64Array): number {
  return Math.sqrt(dot(point, point));
}

/** S⁺x, over the directions that move. */
function pseudoInverseTimes(covariance: SquareMatrix, vector: Float64Array): Float64Array {
  const { size } = covariance;
  const { values, vectors } = symmetricEigen(covariance);
  const { rank } = factorRoot(covariance);
  const out = new Float64Array(size);
  for (let k = 0; k < rank; k++) {
    let along = 0;
    for (let i = 0; i < size; i++) along += (vectors[i * size + k] ?? 0) * (vector[i] ?? 0);
    for (let i = 0; i < size; i++) out[i] = (out[i] ?? 0) + ((vectors[i * size + k] ?? 0) * along) / (values[k] ?? 1);
  }
  return out;
}

/** Rows and columns of a covariance at chosen places. */
export function subCovariance({ size, values }: SquareMatrix, chosen: readonly number[]): SquareMatrix {
  return {
    size: chosen.length,
    values: Float64Array.from(chosen.flatMap((i) => chosen.map((j) => values[i * size + j] ?? 0))),
  };
}
