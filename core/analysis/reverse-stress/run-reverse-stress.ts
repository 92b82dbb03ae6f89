import { finishWithPauses, type Result, success, unwatched } from "../../base/index.ts";
import type { MarginRun } from "../../margin/index.ts";
import { rowsOfMatrix } from "../../measure/index.ts";
import { type FactorModelChoice, factorModel, type StressFactor } from "./factor-model.ts";
import { movedRun, type StressMarks } from "./moved-run.ts";
import { type ReverseStress, type ReverseStressSettings, reverseStress } from "./reverse-stress.ts";
import { goalMeter, type StressGoal } from "./stress-state.ts";

export interface ReverseStressRun extends Omit<MarginRun, "standAlone"> {
  readonly goal: StressGoal;
  readonly covariance: FactorModelChoice;
  readonly settings: ReverseStressSettings;
}

/** A reverse stress with everything a reader needs to check it. */
export interface ReverseStressResult extends ReverseStress, StressMarks {
  readonly factors: readonly StressFactor[];
  /** Rows of the correlation of logarithmic moves. */
  readonly correlation: readonly (readonly number[])[];
  readonly horizonDays: number;
  readonly covarianceSource: string;
  readonly notMoved: readonly { readonly factor: string; readonly reason: string }[];
  readonly settings: ReverseStressSettings;
}

/**
 * Reverse stress of a portfolio under a methodology. Covariance from a history or stated; margin recomputed at every move.
 *
 * @param run what `runMargin` takes, with goal, covariance and settings
 * @returns failures as in `runMargin`; `missing-data` without a balance or a covariance; `cancelled`
 */
export async function runReverseStress(run: ReverseStressRun): Promise<Result<ReverseStressResult>> {
  const { history, market, goal, settings, work = unwatched } = run;
  const base = movedRun(run);
  if (!base.ok) return base;
  const { mover, marks } = base.value;
  const model = factorModel(mover.underlyings, run.covariance, history, market.asOfMs);
  if (!model.ok) return model;
  const meter = goalMeter(mover, goal);
  if (!meter.ok) return meter;
  const found = await finishWithPauses(reverseStress(mover, meter.value, goal, model.value, settings), work);
  if (!found.ok) return found;
  const { factors, correlation, horizonDays, source, notMoved } = model.value;
  return success({
    ...found.value,
    ...{ factors, horizonDays, covarianceSource: source, notMoved, settings },
    correlation: rowsOfMatrix(correlation),
    ...marks,
    remarks: [...model.value.remarks, ...marks.remarks],
    synthetic: marks.synthetic || model.value.synthetic,
  });
}
