import { type MarginSurface, marginSurface, type SurfaceRun } from "../../core/analysis/index.ts";
import type { Result } from "../../core/base/index.ts";
import { type MarginRun, marginTotals, runMargin } from "../../core/margin/index.ts";
import { catalog } from "../../core/methodology/index.ts";
import { type BlockExecutor, bestKernel } from "../../core/revaluation/index.ts";
import { backtestTrial } from "./backtest-trial.ts";
import { hedgeTrial } from "./hedge-trial.ts";
import { jointTrial } from "./joint-trial.ts";
import { repeatedly } from "./measure.ts";
import { productBook, shippedRules } from "./product-book.ts";
import { reverseStressTrial } from "./reverse-stress-trial.ts";
import { shapleyTrial } from "./shapley-trial.ts";
import { stressTrial } from "./stress-trial.ts";
import { whatIfLegs } from "./what-if-trial.ts";

/** A workload of the product itself, from a request with its inputs at hand to the result. */
export interface ProductTrial {
  readonly workload: string;
  readonly cells: number;
  readonly measure: () => Promise<
    readonly {
      readonly peer: string;
      readonly times: readonly number[];
      readonly cpu?: readonly number[];
      readonly err: number;
    }[]
  >;
}

const scenarios = 35;

export function productTrials(pool: BlockExecutor): readonly ProductTrial[] {
  const kernel = bestKernel().name;
  return [
    surfaceTrial(1_000, 41, pool),
    surfaceTrial(2_000, 41, pool),
    surfaceTrial(10_000, 41, pool),
    whatIf(10_000, kernel),
    whatIfLegs(10_000, kernel),
    whatIfSurface(10_000, pool),
    jointTrial(pool),
    backtestTrial(),
    shapleyTrial("deribit-portfolio"),
    shapleyTrial("okx-portfolio"),
    stressTrial(pool),
    hedgeTrial(),
    reverseStressTrial(),
  ];
}

/** The margin surface of a segregated portfolio margin: a risk matrix of 35 cells at every point. */
function surfaceTrial(legs: number, points: number, pool: BlockExecutor): ProductTrial {
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

async function surface(run: SurfaceRun) {
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

async function repeated(run: SurfaceRun, times: number, expected?: MarginSurface) {
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
function difference(one: MarginSurface, other: MarginSurface): number {
  const expected = other.layers.initial;
  const largest = Math.max(...expected);
  return (
    one.layers.initial.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (expected[at] ?? 0))), 0) / largest
  );
}

/** One leg changed in a large book: the margin of every method, after the first run has warmed the unit values. */
function whatIf(legs: number, kernel: string): ProductTrial {
  const book = productBook(legs);
  const edited = (round: number) => [{ positionId: "p77", quantity: round + 1 }];
  const under = [...catalog.values()]
    .map(({ id }) => shippedRules(id))
    .filter((rules) => marginTotals({ ...book, ...rules }).ok);
  const every = async (compute: (run: MarginRun) => unknown, round: number): Promise<Result<unknown>[]> => {
    const results: Result<unknown>[] = [];
    for (const rules of under)
      results.push((await compute({ ...book, ...rules, edits: edited(round) })) as Result<unknown>);
    return results;
  };
  return {
    workload: `what-if-${legs}`,
    cells: legs * scenarios * under.length,
    async measure() {
      const [totals, full] = [await every(marginTotals, 5), await every(runMargin, 5)];
      totals.forEach((result, at) => {
        const [one, other] = [result, full[at]] as [Result<{ totals: object }>, Result<{ totals: object }>];
        if (!one.ok || !other.ok || JSON.stringify(one.value.totals) !== JSON.stringify(other.value.totals))
          throw new Error(`${under[at]?.methodology.id}: the totals of a what-if differ from the run's`);
      });
      let round = 0;
      const quick = await repeatedly(10, () => every(marginTotals, round++));
      const slow = await repeatedly(3, () => every(runMargin, round++));
      const rows = [
        { peer: `${kernel}, totals of ${under.length} methods`, ...quick, err: 0 },
        { peer: `${kernel}, statements of ${under.length} methods`, ...slow, err: 0 },
      ];
      for (const rules of under) {
        const one = await repeatedly(10, () => marginTotals({ ...book, ...rules, edits: edited(round++) }));
        rows.push({ peer: `${kernel}, ${rules.methodology.id}`, ...one, err: 0 });
      }
      return rows;
    },
  };
}

/** One leg changed in a large book: its margin surface, after the surface of the book itself. */
function whatIfSurface(legs: number, pool: BlockExecutor): ProductTrial {
  return {
    workload: `what-if-surface-${legs}`,
    cells: legs * 41 * 41 * scenarios,
    async measure() {
      const axes = {
        price: { from: -0.4, to: 0.4, count: 41 },
        volatility: { from: -0.4, to: 0.6, count: 41 },
        volatilityMode: "relative" as const,
      };
      const run: SurfaceRun = { ...productBook(legs), ...shippedRules("deribit-portfolio"), axes };
      let round = 0;
      const edited = () => ({ ...run, edits: [{ positionId: "p77", quantity: 1 + round++ }] });
      await surface(run);
      const one = await repeated(edited(), 1);
      const checked = {
        ...run,
        axes: { ...axes, price: { ...axes.price, count: 5 }, volatility: { ...axes.volatility, count: 5 } },
      };
      const edits = [{ positionId: "p77", quantity: 9 }];
      const err = difference(
        (await surface({ ...checked, edits })).value,
        (await surface({ ...checked, edits, plain: true })).value,
      );
      const coarse: number[] = [];
      const timed = (executor?: BlockExecutor) =>
        repeatedly(7, async () =>
          coarse.push((await surface({ ...edited(), ...(executor === undefined ? {} : { executor }) })).coarse),
        );
      await surface({ ...run, executor: pool });
      const alone = await timed();
      await timed(pool);
      const many = await timed(pool);
      return [
        { peer: one.value.kernel, ...alone, err },
        { peer: `${bestKernel().name}, ${pool.name}`, ...many, err },
        { peer: `${bestKernel().name}, ${pool.name}, coarse`, times: coarse.slice(-7), err },
      ];
    },
  };
}
