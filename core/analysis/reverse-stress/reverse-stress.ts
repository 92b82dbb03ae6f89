import type { Steps } from "../../base/index.ts";
import { profitInUsd } from "../shocked-book.ts";
import { quadraticReverseStress } from "./closed-form.ts";
import type { FactorModel, StressFactor } from "./factor-model.ts";
import { factorRoot, pointOf } from "./factor-root.ts";
import { type LadderRung, nearestPairs, rungsOf, type ScannedRung } from "./ladder.ts";
import type { BookMover } from "./moved-book.ts";
import { type FailuresFound, type NearestFailure, nearestFailures } from "./nearest-failures.ts";
import { quadraticOfBook } from "./quadratic-book.ts";
import {
  describedSolution,
  type FactorMove,
  movesOf,
  normOf,
  type StressSolution,
  shocksOf,
  subCovariance,
} from "./stress-solution.ts";
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
  const rungs: ScannedRung[] = [];
  for (const at of every) {
    rungs.push(...rungsOf(at, model, root, meter, now.leftUsd, mostDeviations));
    yield;
  }
  const crossings = rungs.flatMap(({ crossing }) => crossing ?? []);
  const found = yield* nearestFailures({ ...settings, mostFruitless: 4, root, left, starts, crossings });
  const solutions = found.failures.map((failure) => solutionOf(failure, every));
  yield;
  const ladder = rungs.map(({ rung }) => rung);
  const pairs: PairStress[] = [];
  for (const pair of nearestPairs(ladder, factors, settings.mostPairs)) {
    pairs.push(yield* pairStress(pair, rungs, model, settings, left, solutionOf));
  }
  const search = searchOf(found, rungs);
  return {
    ...none,
    ...{ reachedNow: false, solutions, ladder, pairs, search },
    ...(closed.feasible ? { quadratic: quadraticAnswer(closed.moves, closed.hardCase, model) } : {}),
    answer: answerOf(goal, solutions[0], mostDeviations, search.rays),
  };
}

function pnlOf(mover: BookMover, factors: readonly StressFactor[], move: Float64Array): number {
  const moved = mover.moved({ shocks: shocksOf(factors, move) });
  return profitInUsd(moved.profits, moved.book.indices);
}

/** Rays of the ladder are part of the joint search. */
function searchOf({ rays, evaluations, least }: FailuresFound, rungs: readonly ScannedRung[]): ReverseStress["search"] {
  return rungs.reduce(
    (all, rung) => ({
      rays: all.rays + 1,
      evaluations: all.evaluations + rung.evaluations,
      least: rung.least.left < all.least.left ? rung.least : all.least,
    }),
    { rays, evaluations, least },
  );
}

function* pairStress(
  [i, j]: readonly [number, number],
  rungs: readonly ScannedRung[],
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
  const own = subCovariance(covariance, [i, j]);
  const following = [0, 1].flatMap((at) =>
    [1, -1].map((sign) => own.values.slice(2 * at, 2 * at + 2).map((x) => sign * x)),
  );
  const alone = rungs.filter(({ rung, at }) => rung.others === "alone" && (at === i || at === j));
  const found = yield* nearestFailures({
    ...{ ...settings, solutions: 1, randomStarts: 0, mostFruitless: 1 },
    ...{ root: factorRoot(own), left: (pair) => left(whole(pair)), starts: following },
    crossings: alone.flatMap(({ crossing }) =>
      crossing === undefined ? [] : [crossing.filter((_, at) => at === i || at === j)],
    ),
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
