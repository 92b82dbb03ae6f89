import { type MarginSurface, marginSurface, type SurfaceRun } from "../../core/analysis/index.ts";
import type { BlockExecutor } from "../../core/revaluation/index.ts";
import { repeatedly } from "./measure.ts";
import { productBook, shippedRules } from "./product-book.ts";
import type { ProductTrial } from "./product-trials.ts";

/** Cells of the risk matrix at each point. */
export const scenarios = 35;

/** The margin surface of a segregated portfolio margin: a risk matrix of 35 cells at every point. */
export function surfaceTrial(legs: number, points: number, pool: BlockExecutor): ProductTrial {
  return {
    workload: `margin-surface-${legs}`,
    cells: legs * points * points * scenarios,
    async measure() {
      const axes = {
        price: { from: -0.4, to: 0.4, count: points },
        volatility: { from: -0.4, to: 0.6, count: points },
        volatilityMode: "relative" as const,
      };
      const coarseAxes = {
        ...axes,
        price: { ...axes.price, count: 7 },
        volatility: { ...axes.volatility, count: 7 },
      };
      const run: SurfaceRun = { ...productBook(legs), ...shippedRules("deribit-portfolio"), axes };
      const checked = await surface({ ...run, axes: coarseAxes });
      const err = difference(checked.value, (await surface({ ...run, axes: coarseAxes, plain: true })).value);
      const one = await repeated(run, 5);
      const many = await repeated({ ...run, executor: pool }, 5, one.value);
      return [
        { peer: one.value.kernel, ...one, err },
        { peer: `${one.value.kernel}, coarse`, times: one.coarse, err },
        { peer: many.value.kernel, ...many, err },
        { peer: `${many.value.kernel}, coarse`, times: many.coarse, err },
      ];
    },
  };
}

export async function surface(run: SurfaceRun) {
  const start = performance.now();
  let coarse = 0;
  const result = await marginSurface({
    ...run,
    onCoarse: () => {
      coarse = performance.now() - start;
    },
  });
  if (!result.ok) throw new Error(result.failure.message);
  return { value: result.value, coarse, ms: performance.now() - start };
}

export async function repeated(run: SurfaceRun, times: number, expected?: MarginSurface) {
  const found: Awaited<ReturnType<typeof surface>>[] = [];
  // A book of its own for each: sums of an earlier surface are not taken.
  const runs = Array.from({ length: times }, () => ({ ...run, ...fresh(run) }));
  let next = 0;
  const measured = await repeatedly(times, async () => found.push(await surface(runs[next++] ?? run)));
  const [first] = found;
  if (first === undefined) throw new Error("a trial runs at least once");
  if (expected !== undefined && first.value.layers.initial.some((value, at) => value !== expected.layers.initial[at]))
    throw new Error("threads give another margin surface");
  return { ...measured, value: first.value, coarse: found.map(({ coarse }) => coarse) };
}

function fresh({ portfolio, market }: SurfaceRun): Pick<SurfaceRun, "portfolio" | "market"> {
  return { portfolio: { ...portfolio, positions: [...portfolio.positions] }, market: { ...market } };
}

/** Largest difference of requirements, relative to the largest requirement. */
export function difference(one: MarginSurface, other: MarginSurface): number {
  const expected = other.layers.initial;
  const largest = Math.max(...expected);
  return (
    one.layers.initial.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (expected[at] ?? 0))), 0) / largest
  );
}
