import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { AddedLeg } from "../../margin/index.ts";
import type { Accuracy } from "../../methodology/index.ts";
import { type BlockExecutor, bestKernel } from "../../revaluation/index.ts";
import { stressPointsAt } from "../stress/points-at.ts";
import { pathRemarksOf, stepsOf } from "../stress/run-stress.ts";
import { type StressBase, stressBase } from "../stress/stress-base.ts";
import { type ColumnRun, worstStepOf } from "../stress/stress-column.ts";
import type { NotMoved, StressAmounts, StressFlag, StressMode, StressStep } from "../stress/stress-result.ts";
import type { ResolvedShocks } from "../stress/stress-shocks.ts";
import type { WhatIfRun } from "./book-state.ts";
import { type LibraryStress, resolvedEntries } from "./library-stress.ts";
import type { FailedColumn, LibraryPoint } from "./what-if-result.ts";

/** One side of a ticket in one scenario, all its shocks at once. */
export interface StressedSide {
  /** Profit of the positions, USD at the rates of the stressed market; gain > 0. */
  readonly pnlUsd: number;
  /** Recomputed at the stressed market. */
  readonly amounts: StressAmounts;
  readonly flags: readonly StressFlag[];
  /** Along its path, where paths are asked: each call met in cash. */
  readonly steps?: readonly StressStep[];
  /** Place of the step with the lowest profit, the first of equal ones. */
  readonly worstStep?: number;
}

/** A scenario before and after a ticket. */
export interface StressedTicket extends Omit<LibraryPoint, "profitUsd" | "step"> {
  readonly before: StressedSide;
  readonly after: StressedSide;
  /**
   * After less before, USD; a call where both sides have a balance. Along a path each side counts at its own worst step, and all that is called
   * on the way.
   */
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
  readonly mode: StressMode;
  readonly scale: number;
  readonly columns: readonly (WhatIfStressColumn | FailedColumn)[];
}

interface Asked {
  readonly label: string;
  readonly executor?: BlockExecutor | undefined;
  readonly work: Work;
}

/**
 * A ticket in each scenario of the library under one method: profit, margin recomputed at the stressed market, calls and flags before and
 * after. Each side is a stress run over its book under the rules of the run: the same bits.
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
  const scenarios = stress.entries.flatMap(({ point, scenario }, place): StressedTicket[] => {
    const [one, other] = [before.value.points[place], after.value.points[place]];
    const shocks = after.value.resolved[place];
    if (one === undefined || other === undefined || shocks === undefined) return [];
    const [earlier, later] = [leadingOf(one.shown), leadingOf(other.shown)];
    return [
      {
        ...point,
        ...{ before: one.shown, after: other.shown },
        change: {
          pnlUsd: later.pnlUsd - earlier.pnlUsd,
          initialUsd: later.initialUsd - earlier.initialUsd,
          ...(earlier.callUsd === undefined || later.callUsd === undefined
            ? {}
            : { callUsd: later.callUsd - earlier.callUsd }),
        },
        notMoved: shocks.notMoved,
        remarks: [...new Set([...shocks.remarks, ...other.remarks, ...pathRemarksOf(scenario, stress.mode)])],
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
  readonly points: readonly { readonly shown: StressedSide; readonly remarks: readonly string[] }[];
  readonly resolved: readonly ResolvedShocks[];
}

/** One side in every scenario; the book before is asked once while its ticket changes. */
async function sideOf(run: ColumnRun, stress: LibraryStress, asked: Omit<Asked, "label">): Promise<Result<Side>> {
  const base = stressBase(run, bestKernel());
  if (!base.ok) return base;
  const known = kept.get(base.value);
  if (known?.key === stress.key) return success(known.side);
  const resolved = resolvedEntries(stress, base.value.book);
  const found = await stressPointsAt({ base: base.value, run }, resolved, asked.executor, asked.work);
  if (!found.ok) return found;
  const points: Side["points"][number][] = [];
  for (const [place, { pnlUsd, amounts, flags, remarks }] of found.value.entries()) {
    const entry = stress.entries[place];
    if (entry === undefined) continue;
    const shown = { pnlUsd, amounts, flags };
    if (stress.mode !== "path") {
      points.push({ shown, remarks });
      continue;
    }
    await asked.work.pause();
    if (asked.work.cancelled()) return failed("cancelled", "cancelled");
    const steps = stepsOf(entry, base.value, stress);
    points.push({ shown: { ...shown, steps, worstStep: worstStepOf(steps) }, remarks });
  }
  const side = { base: base.value, points, resolved };
  kept.set(base.value, { key: stress.key, side });
  return success(side);
}

const kept = new WeakMap<StressBase, { readonly key: string; readonly side: Side }>();

interface Leading {
  readonly pnlUsd: number;
  readonly initialUsd: number;
  readonly callUsd?: number | undefined;
}

/** What leads a side: the event at once, along a path its worst step and all that is called. */
function leadingOf({ pnlUsd, amounts, steps, worstStep }: StressedSide): Leading {
  const step = worstStep === undefined ? undefined : steps?.[worstStep];
  if (step === undefined) return { pnlUsd, initialUsd: amounts.initialUsd, callUsd: amounts.callUsd };
  return { pnlUsd: step.pnlUsd, initialUsd: step.amounts.initialUsd, callUsd: steps?.at(-1)?.calledUsd };
}
