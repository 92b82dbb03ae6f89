import { type Result, success, type Work } from "../../base/index.ts";
import { catalog } from "../../methodology/index.ts";
import { type BlockExecutor, bestEngine, bestKernel, runHere } from "../../revaluation/index.ts";
import { isSameBook, isSameColumn } from "./same-book.ts";
import type { RuledBase } from "./stress-column.ts";
import type { ResolvedShocks } from "./stress-shocks.ts";
import { mergesAlike, type StressPoint, stressPointsKind, stressPointsOf, stressPointsWork } from "./stress-work.ts";

type Base = Pick<RuledBase, "base" | "run">;

/** Points of one base in scenarios, in their order. */
export type PointsAt = (
  ruled: Base,
  shocks: readonly ResolvedShocks[],
  work: Work,
) => Promise<Result<readonly StressPoint[]>>;

/** A base in scenarios, on threads where it is worth it; points in the order of the shocks. */
export async function stressPointsAt(
  ruled: Base,
  shocks: readonly ResolvedShocks[],
  executor: BlockExecutor | undefined,
  work: Work,
): Promise<Result<readonly StressPoint[]>> {
  const found = await pointsOfAll([ruled], shocks, executor, work);
  return found.ok ? success(found.value[0] ?? []) : found;
}

/**
 * Points of several methods, each asked once and under one set of rules. Methods that stand in the same book and add its options up alike share one
 * pass over its stressed markets: the same bits as apart.
 *
 * @param bases of each method; `undefined` where it cannot be run
 * @returns for each method what is to be asked for its points
 */
export function sharedPoints(
  bases: readonly (Base | undefined)[],
  executor: BlockExecutor | undefined,
): readonly PointsAt[] {
  const alone: PointsAt = (ruled, shocks, work) => stressPointsAt(ruled, shocks, executor, work);
  const groups: Base[][] = [];
  for (const base of bases) {
    if (base === undefined) continue;
    const group = groups.find(([first]) => first !== undefined && sharesMarkets(first, base));
    if (group === undefined) groups.push([base]);
    else group.push(base);
  }
  const asked = new Map<Base, PointsAt>();
  for (const group of groups) {
    if (group.length === 1) continue;
    const works: Work[] = [];
    let joint: ReturnType<typeof pointsOfAll> | undefined;
    group.forEach((base, place) => {
      asked.set(base, async (_, shocks, work) => {
        works.push(work);
        const progress: Work["progress"] = (...done) => {
          for (const one of works) one.progress(...done);
        };
        joint ??= pointsOfAll(group, shocks, executor, { ...work, progress });
        const found = await joint;
        return found.ok ? success(found.value[place] ?? []) : found;
      });
    });
  }
  return bases.map((base) => (base === undefined ? alone : (asked.get(base) ?? alone)));
}

function sharesMarkets(one: Base, other: Base): boolean {
  return (
    isShipped(one) &&
    isShipped(other) &&
    isSameBook(one.base.book, other.base.book) &&
    isSameColumn(one.base.spreads, other.base.spreads) &&
    mergesAlike(one.base.book, one.base.under, other.base.under)
  );
}

function isShipped({ run }: Base): boolean {
  return catalog.get(run.methodology.id) === run.methodology;
}

/** By base; they stand in the same book. */
async function pointsOfAll(
  bases: readonly Base[],
  shocks: readonly ResolvedShocks[],
  executor: BlockExecutor | undefined,
  work: Work,
): Promise<Result<readonly (readonly StressPoint[])[]>> {
  const [first] = bases;
  if (first === undefined) return success([]);
  const { book, spreads } = first.base;
  const input = {
    methods: bases.map(({ run }) => ({ methodology: run.methodology.id, parameters: run.rules.parameters })),
    ...{ book, spreads, scenarios: shocks.map((one) => one.shocks) },
  };
  const under = bases.map(({ base }) => base.under);
  const points = stressPointsWork(input, under, bestKernel());
  const options = { priority: "interactive" as const, work };
  const shared = executor !== undefined && bases.every(isShipped);
  const results = await (shared
    ? executor.run(stressPointsKind, input, options)
    : runHere(bestEngine(), points, options));
  return results.ok ? success(stressPointsOf(points, results.value, book, bases.length)) : results;
}
