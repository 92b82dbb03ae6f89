import { finishWithPauses, type Result, success, unwatched } from "../../base/index.ts";
import { accuracyOf, buildBook, type MarginRun, remarksOf, underRules } from "../../margin/index.ts";
import type { Accuracy } from "../../methodology/index.ts";
import { bestKernel } from "../../revaluation/index.ts";
import { type FactorModelChoice, factorModel, type StressFactor } from "./factor-model.ts";
import { bookMover } from "./moved-book.ts";
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

/** What marks every answer about a margin run. */
export interface StressMarks {
  readonly methodology: string;
  readonly version: string;
  readonly overridden: boolean;
  readonly accuracy: Accuracy;
  readonly asOfMs: number;
  readonly excluded: number;
  readonly remarks: readonly string[];
  readonly synthetic: boolean;
  readonly kernel: string;
}

/**
 * Reverse stress of a portfolio under a methodology. Covariance from a history or stated; margin recomputed at every move.
 *
 * @param run what `runMargin` takes, with goal, covariance and settings
 * @returns failures as in `runMargin`; `missing-data` without a balance or a covariance; `cancelled`
 */
export async function runReverseStress(run: ReverseStressRun): Promise<Result<ReverseStressResult>> {
  const { methodology, rules, market, history, portfolio, kernel = bestKernel(), work = unwatched } = run;
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const { book, excluded } = built.value;
  const mover = bookMover(book, under.value, kernel);
  const model = factorModel(mover.underlyings, run.covariance, history, market.asOfMs);
  if (!model.ok) return model;
  const meter = goalMeter(mover, run.goal);
  if (!meter.ok) return meter;
  const found = await finishWithPauses(reverseStress(mover, meter.value, run.goal, model.value, run.settings), work);
  if (!found.ok) return found;
  const charge = mover.charge(mover.moved({}), true);
  const remarks = remarksOf({ charge, rules, built: built.value, market, portfolio });
  const { factors, correlation, horizonDays, source, notMoved } = model.value;
  return success({
    ...found.value,
    ...{ factors, horizonDays, covarianceSource: source, notMoved, settings: run.settings },
    correlation: factors.map((_, i) => factors.map((_, j) => correlation.values[i * factors.length + j] ?? 0)),
    methodology: methodology.id,
    version: rules.version,
    overridden: rules.overrides.length > 0,
    accuracy: accuracyOf(methodology.accuracy, remarks),
    asOfMs: market.asOfMs,
    excluded: excluded.length,
    remarks: [...model.value.remarks, ...remarks.map(({ message }) => message)],
    synthetic: portfolio.synthetic === true || market.synthetic === true || model.value.synthetic,
    kernel: kernel.name,
  });
}
