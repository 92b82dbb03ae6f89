import type { FactorModel, StressFactor } from "./factor-model.ts";
import { type FactorRoot, pointOf } from "./factor-root.ts";
import { firstCrossing } from "./first-crossing.ts";
import { startScan } from "./nearest-failures.ts";
import { normOf, shocksOf } from "./stress-solution.ts";
import type { GoalMeter, StressState } from "./stress-state.ts";

/** One factor in one direction; without `reached` no move within the bound reaches the goal. */
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

/** A rung with the ray behind it, which the joint search and that of pairs need not scan again. */
export interface ScannedRung {
  readonly rung: LadderRung;
  /** Place of the factor. */
  readonly at: number;
  /** Move of all factors at which the ray reaches the goal. */
  readonly crossing?: Float64Array;
  readonly evaluations: number;
  /** The least that was left within the bound of the norm, and at what norm. */
  readonly least: { readonly left: number; readonly norm: number };
}

/**
 * A factor down and up, alone and with the others following.
 *
 * @param at    place of the factor
 * @param root  of the covariance of the model
 * @param now   what is left at no move
 * @param most  deviations of the factor up to which it is moved
 */
export function rungsOf(
  at: number,
  model: FactorModel,
  root: FactorRoot,
  meter: GoalMeter,
  now: number,
  most: number,
): readonly ScannedRung[] {
  const { factors, covariance } = model;
  const { size, values } = covariance;
  const factor = factors[at];
  if (factor === undefined) return [];
  const { deviation } = factor;
  const sides = [["down", -1] as const, ["up", 1] as const];
  const ways = [
    ["alone", (i: number): number => (i === at ? deviation : 0)] as const,
    ["following", (i: number): number => (values[i * size + at] ?? 0) / deviation] as const,
  ];
  return sides.flatMap(([direction, sign]) =>
    (size === 1 ? ways.slice(0, 1) : ways).map(([others, unit]): ScannedRung => {
      const moveAt = (distance: number): Float64Array =>
        Float64Array.from({ length: size }, (_, i) => sign * distance * unit(i));
      const displaced = (distance: number) => ({ shocks: shocksOf(factors, moveAt(distance)) });
      const normAtOne = normOf(pointOf(root, moveAt(1)));
      let evaluations = 0;
      let least = { left: now, norm: 0 };
      const left = (distance: number): number => {
        if (distance === 0) return now;
        evaluations += 1;
        const here = meter.left(displaced(distance));
        const norm = distance * normAtOne;
        if (here < least.left && norm <= most) least = { left: here, norm };
        return here;
      };
      const found = firstCrossing(left, { ...startScan, most, tolerance: 1e-9 * Math.abs(now) });
      const named = { factor: factor.factor, direction, others };
      if (found === undefined) return { rung: named, at, evaluations, least };
      const crossing = moveAt(found.at);
      const rung: LadderRung = {
        ...named,
        reached: {
          move: Math.expm1(sign * found.at * deviation),
          deviations: found.at,
          norm: normOf(pointOf(root, crossing)),
          state: meter.state(displaced(found.at)),
          width: found.width,
        },
      };
      return { rung, at, crossing, evaluations, least };
    }),
  );
}

/** Pairs of the factors whose single moves reach the goal first; those that do not reach it come last, in their order. */
export function nearestPairs(
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
