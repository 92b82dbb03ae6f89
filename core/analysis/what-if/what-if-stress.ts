import { type Result, success, type Work } from "../../base/index.ts";
import type { AddedLeg } from "../../margin/index.ts";
import type { Accuracy } from "../../methodology/index.ts";
import { type BlockExecutor, bestKernel } from "../../revaluation/index.ts";
import { stressPointsAt } from "../stress/run-stress.ts";
import { type StressBase, stressBase } from "../stress/stress-base.ts";
import type { ColumnRun } from "../stress/stress-column.ts";
import type { NotMoved, StressAmounts, StressFlag } from "../stress/stress-result.ts";
import type { ResolvedShocks } from "../stress/stress-shocks.ts";
import type { StressPoint } from "../stress/stress-work.ts";
import type { WhatIfRun } from "./book-state.ts";
import { type LibraryStress, resolvedEntries } from "./library-stress.ts";
import type { FailedColumn, LibraryPoint } from "./what-if-result.ts";

/** One side of a ticket in one scenario. */
export interface StressedSide {
  /** Profit of the positions, USD at the rates of the stressed market; gain > 0. */
  readonly pnlUsd: number;
  /** Recomputed at the stressed market. */
  readonly amounts: StressAmounts;
  readonly flags: readonly StressFlag[];
}

/** A scenario before and after a ticket. */
export interface StressedTicket extends Omit<LibraryPoint, "profitUsd"> {
  readonly before: StressedSide;
  readonly after: StressedSide;
  /** After less before, USD; a call where both sides have a balance. */
  readonly change: { readonly pnlUsd: number; readonly initialUsd: number; readonly callUsd?: number };
  /** Factors of the book after that stay. */
  readonly notMoved: readonly NotMoved[];
  readonly remarks: readonly string[];
}

/** One method of a ticket under stress. */
export interface WhatIfStressColumn {
  readonly label: string;
  readonly methodology: { readonly id: string; readonly title: string };
  readonly version: string;
  readonly overridden: boolean;
  readonly accuracy: Accuracy;
  /** Positions after the ticket that the method does not margin. */
  readonly excluded: number;
  readonly scenarios: readonly StressedTicket[];
}

/** A ticket in the scenarios of the library under several methods. */
export interface WhatIfStressResult {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  readonly synthetic: boolean;
  /** That nothing here binds a venue. */
  readonly notice: string;
  readonly columns: readonly (WhatIfStressColumn | FailedColumn)[];
}

interface Asked {
  readonly label: string;
  readonly executor?: BlockExecutor | undefined;
  readonly work: Work;
}

/**
 * A ticket in each scenario of the library under one method: profit, margin recomputed at the stressed market, calls and flags before and
 * after. Each side is a stress run over its book, all shocks at once, under the rules of the run: the same bits.
 *
 * @param run    the side before
 * @param legs   the ticket
 * @param stress scenarios
 * @returns failures as of `marginTotals`; `cancelled`
 */
export async function whatIfStressColumn(
  run: WhatIfRun,
  legs: readonly AddedLeg[],
  stress: LibraryStress,
  { label, ...asked }: Asked,
): Promise<Result<WhatIfStressColumn>> {
  const before = await sideOf(run, stress, asked);
  if (!before.ok) return before;
  const after = legs.length === 0 ? before : await sideOf({ ...run, legs }, stress, asked);
  if (!after.ok) return after;
  const scenarios = stress.entries.flatMap(({ point }, place): StressedTicket[] => {
    const [one, other] = [before.value.points[place], after.value.points[place]];
    const shocks = after.value.resolved[place];
    if (one === undefined || other === undefined || shocks === undefined) return [];
    const [earlier, later] = [one.amounts.callUsd, other.amounts.callUsd];
    return [
      {
        ...point,
        ...{ before: stressedSide(one), after: stressedSide(other) },
        change: {
          pnlUsd: other.pnlUsd - one.pnlUsd,
          initialUsd: other.amounts.initialUsd - one.amounts.initialUsd,
          ...(earlier === undefined || later === undefined ? {} : { callUsd: later - earlier }),
        },
        notMoved: shocks.notMoved,
        remarks: [...new Set([...shocks.remarks, ...other.remarks])],
      },
    ];
  });
  const { methodology, rules } = run;
  const { base } = after.value;
  return success({
    ...{ label, methodology: { id: methodology.id, title: methodology.title }, version: rules.version },
    ...{ overridden: rules.overrides.length > 0, accuracy: base.accuracy, scenarios },
    excluded: base.built.excluded.length,
  });
}

interface Side {
  readonly base: StressBase;
  readonly points: readonly StressPoint[];
  readonly resolved: readonly ResolvedShocks[];
}

/** One side in every scenario; the book before is asked once while its ticket changes. */
async function sideOf(run: ColumnRun, stress: LibraryStress, asked: Omit<Asked, "label">): Promise<Result<Side>> {
  const base = stressBase(run, bestKernel());
  if (!base.ok) return base;
  const known = kept.get(base.value);
  if (known?.key === stress.key) return success(known.side);
  const resolved = resolvedEntries(stress, base.value.book);
  const points = await stressPointsAt({ base: base.value, run }, resolved, asked.executor, asked.work);
  if (!points.ok) return points;
  const side = { base: base.value, points: points.value, resolved };
  kept.set(base.value, { key: stress.key, side });
  return success(side);
}

const kept = new WeakMap<StressBase, { readonly key: string; readonly side: Side }>();

function stressedSide({ pnlUsd, amounts, flags }: StressPoint): StressedSide {
  return { pnlUsd, amounts, flags };
}
