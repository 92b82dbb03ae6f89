import { normalCdf, type Steps } from "../../base/index.ts";
import { chiSquareUpperTail, dot, type SquareMatrix, symmetricEigen } from "../../measure/index.ts";
import { profitInUsd } from "../shocked-book.ts";
import { quadraticReverseStress } from "./closed-form.ts";
import type { FactorModel, StressFactor } from "./factor-model.ts";
import { factorRoot, pointOf } from "./factor-root.ts";
import { firstCrossing } from "./first-crossing.ts";
import { lossSplit, type UnderlyingLoss } from "./loss-split.ts";
import type { BookMover, UnderlyingShock } from "./moved-book.ts";
import { type FailuresFound, type NearestFailure, nearestFailures } from "./nearest-failures.ts";
import { quadraticOfBook } from "./quadratic-book.ts";
import { type GoalMeter, type StressGoal, type StressState, worded } from "./stress-state.ts";

/** How far and how hard a reverse stress searches. */
export interface ReverseStressSettings {
  /** Norms up to which moves are looked for, standard deviations; > 0. */
  readonly mostDeviations: number;
  readonly solutions: number;
  /** Pairs of factors searched on their own; those whose single moves come nearest. */
  readonly mostPairs: number;
  readonly randomStarts: number;
  readonly seed: number;
}

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

/** One factor in one direction; without `move` no move within the bound reaches the goal. */
export interface LadderRung {
  readonly factor: string;
  readonly direction: "down" | "up";
  /** `alone`: the others stay. `following`: they move as they usually do with it, their regression on it. */
  readonly others: "alone" | "following";
  readonly reached?: {
    readonly move: number;
    readonly deviations: number;
    /** Of the whole move; equals `deviations` when the others follow. */
    readonly norm: number;
    readonly state: StressState;
    readonly width: number;
  };
}

/** Two factors while the others stay. */
export interface PairStress {
  readonly factors: readonly [string, string];
  readonly correlation: number;
  /** Nearest move of the two, its norm that of the two alone; absent when none within the bound reaches the goal. */
  readonly reached?: StressSolution;
  /** Norm of the same move among all factors, of which the others stay: comparable with the solutions. */
  readonly wholeNorm?: number;
}

export interface ReverseStress {
  readonly goal: StressGoal;
  /** The book where it is. */
  readonly now: StressState;
  /** The goal is reached already: nothing is searched. */
  readonly reachedNow: boolean;
  readonly mostDeviations: number;
  /** Distinct local optima, nearest first; empty when no move within the bound reaches the goal. */
  readonly solutions: readonly StressSolution[];
  readonly ladder: readonly LadderRung[];
  readonly pairs: readonly PairStress[];
  /** Answer of the delta-gamma expansion: a check and a starting point. */
  readonly quadratic?: { readonly norm: number; readonly moves: readonly FactorMove[]; readonly hardCase: boolean };
  /** What was searched, and the least that was left anywhere: what stands behind an answer of none. */
  readonly search: Omit<FailuresFound, "failures">;
  /** The answer in one sentence. */
  readonly answer: string;
}

/**
 * Reverse stress of a book: the most plausible moves that reach a goal, of all factors together, of one (a ladder in both directions) and of two.
 *
 * @param mover    the book; margin is recomputed at every move, the profit in its equity
 * @param meter    of the goal
 * @param goal     what is looked for
 * @param model    factors with their covariance
 * @param settings extent of the search
 * @returns in steps; same inputs, same bits
 * @source resources/docs/stress.md, "Reverse stress"
 */
export function* reverseStress(
  mover: BookMover,
  meter: GoalMeter,
  goal: StressGoal,
  model: FactorModel,
  settings: ReverseStressSettings,
): Steps<ReverseStress> {
  const { factors, covariance } = model;
  const { mostDeviations } = settings;
  const left = (move: Float64Array): number => meter.left({ shocks: shocksOf(factors, move) });
  const now = meter.state({});
  const none = { goal, now, mostDeviations, solutions: [], ladder: [], pairs: [] };
  if (now.leftUsd <= 0) {
    const search = { rays: 0, evaluations: 1, least: { left: now.leftUsd, norm: 0 } };
    return { ...none, reachedNow: true, search, answer: `${worded(goal)} is reached already, without any move` };
  }
  const root = factorRoot(covariance);
  const expansion = quadraticOfBook(factors, (move) => pnlOf(mover, factors, move));
  yield;
  const closed = quadraticReverseStress(expansion.deltas, expansion.gammas, covariance, now.leftUsd);
  const starts = closed.feasible ? closed.moves.map(({ shock }) => shock) : [];
  const solutionOf = (failure: NearestFailure, chosen: readonly number[]): StressSolution =>
    describedSolution(failure, chosen, mover, meter, model, expansion);

  const every = factors.map((_, at) => at);
  const found = yield* nearestFailures({ ...settings, root, left, starts });
  const solutions = found.failures.map((failure) => solutionOf(failure, every));
  yield;
  const ladder: LadderRung[] = [];
  for (const at of every) {
    ladder.push(...rungsOf(at, model, meter, mostDeviations));
    yield;
  }
  const pairs: PairStress[] = [];
  for (const [i, j] of nearestPairs(ladder, factors, settings.mostPairs)) {
    pairs.push(yield* pairStress(i, j, model, settings, left, solutionOf));
  }
  const { failures: _, ...search } = found;
  return {
    ...none,
    ...{ reachedNow: false, solutions, ladder, pairs, search },
    ...(closed.feasible ? { quadratic: quadraticAnswer(closed.moves, closed.hardCase, model) } : {}),
    answer: answerOf(goal, solutions[0], mostDeviations, found.rays),
  };
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

function pnlOf(mover: BookMover, factors: readonly StressFactor[], move: Float64Array): number {
  const moved = mover.moved({ shocks: shocksOf(factors, move) });
  return profitInUsd(moved.profits, moved.book.indices);
}

function describedSolution(
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
function movesOf(
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

function normOf(point: Float64Array): number {
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

function subCovariance({ size, values }: SquareMatrix, chosen: readonly number[]): SquareMatrix {
  return {
    size: chosen.length,
    values: Float64Array.from(chosen.flatMap((i) => chosen.map((j) => values[i * size + j] ?? 0))),
  };
}

/** A factor down and up, alone and with the others following. */
function rungsOf(at: number, model: FactorModel, meter: GoalMeter, most: number): readonly LadderRung[] {
  const { factors, covariance } = model;
  const { size, values } = covariance;
  const factor = factors[at];
  if (factor === undefined) return [];
  const { deviation } = factor;
  const root = factorRoot(covariance);
  const sides = [["down", -1] as const, ["up", 1] as const];
  const ways = [
    ["alone", (i: number): number => (i === at ? deviation : 0)] as const,
    ["following", (i: number): number => (values[i * size + at] ?? 0) / deviation] as const,
  ];
  return sides.flatMap(([direction, sign]) =>
    (size === 1 ? ways.slice(0, 1) : ways).map(([others, unit]): LadderRung => {
      const moveAt = (distance: number): Float64Array =>
        Float64Array.from({ length: size }, (_, i) => sign * distance * unit(i));
      const displaced = (distance: number) => ({ shocks: shocksOf(factors, moveAt(distance)) });
      const scale = Math.abs(meter.left({}));
      const crossing = firstCrossing((distance) => meter.left(displaced(distance)), {
        ...{ step: 0.5, most, tolerance: 1e-9 * scale },
      });
      const named = { factor: factor.factor, direction, others };
      if (crossing === undefined) return named;
      const point = pointOf(root, moveAt(crossing.at));
      return {
        ...named,
        reached: {
          move: Math.expm1(sign * crossing.at * deviation),
          deviations: crossing.at,
          norm: normOf(point),
          state: meter.state(displaced(crossing.at)),
          width: crossing.width,
        },
      };
    }),
  );
}

/** Pairs of the factors whose single moves reach the goal first; those that do not reach it come last, in their order. */
function nearestPairs(
  ladder: readonly LadderRung[],
  factors: readonly StressFactor[],
  most: number,
): readonly (readonly [number, number])[] {
  const nearest = factors.map(({ factor }) =>
    Math.min(
      ...ladder.filter((rung) => rung.factor === factor).map(({ reached }) => reached?.deviations ?? Number.MAX_VALUE),
    ),
  );
  const rank = factors.map((_, at) => at).sort((a, b) => (nearest[a] ?? 0) - (nearest[b] ?? 0) || a - b);
  const pairs = rank.flatMap((j, second) => rank.slice(0, second).map((i, first) => ({ i, j, order: first + second })));
  return pairs
    .sort((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ i, j }) => [Math.min(i, j), Math.max(i, j)]);
}

function* pairStress(
  i: number,
  j: number,
  { factors, covariance, correlation }: FactorModel,
  settings: ReverseStressSettings,
  left: (move: Float64Array) => number,
  solutionOf: (failure: NearestFailure, chosen: readonly number[]) => StressSolution,
): Steps<PairStress> {
  const size = factors.length;
  const whole = (pair: Float64Array): Float64Array => {
    const move = new Float64Array(size);
    move[i] = pair[0] ?? 0;
    move[j] = pair[1] ?? 0;
    return move;
  };
  const found = yield* nearestFailures({
    ...{ ...settings, solutions: 1, randomStarts: 0 },
    ...{ root: factorRoot(subCovariance(covariance, [i, j])), left: (pair) => left(whole(pair)) },
  });
  const [first] = found.failures;
  const names = [factors[i]?.factor ?? "", factors[j]?.factor ?? ""] as const;
  return {
    factors: names,
    correlation: correlation.values[i * size + j] ?? 0,
    ...(first === undefined
      ? {}
      : {
          reached: solutionOf({ ...first, move: whole(first.move) }, [i, j]),
          wholeNorm: normOf(pointOf(factorRoot(covariance), whole(first.move))),
        }),
  };
}

function quadraticAnswer(
  moves: readonly { readonly shock: Float64Array; readonly norm: number }[],
  hardCase: boolean,
  model: FactorModel,
): NonNullable<ReverseStress["quadratic"]> {
  const [first] = moves;
  const every = model.factors.map((_, at) => at);
  return { norm: first?.norm ?? 0, moves: first === undefined ? [] : movesOf(first.shock, every, model), hardCase };
}

function answerOf(goal: StressGoal, nearest: StressSolution | undefined, most: number, rays: number): string {
  if (nearest === undefined)
    return `no move within ${most} standard deviations reaches ${worded(goal)}, along ${rays} directions searched`;
  return `${worded(goal)} is reached by a move of ${Number(nearest.norm.toPrecision(3))} standard deviations`;
}
