import type { FactorModel, StressFactor } from "./factor-model.ts";
import { factorRoot, pointOf } from "./factor-root.ts";
import { firstCrossing } from "./first-crossing.ts";
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

/** A factor down and up, alone and with the others following. */
export function rungsOf(at: number, model: FactorModel, meter: GoalMeter, most: number): readonly LadderRung[] {
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
