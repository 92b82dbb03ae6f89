import { estimateNotice } from "../../base/format.ts";
import { failed, msPerDay, type Result, success, unwatched, type Work } from "../../base/index.ts";
import { marginOfBook } from "../../margin/index.ts";
import { bestKernel } from "../../revaluation/index.ts";
import type { StressScenario } from "../../scenario/index.ts";
import { factorTotals, stressedPositions } from "./position-factors.ts";
import { describedScenario, type Entry, entryId, meterOf, type StressRequest } from "./run-stress.ts";
import type { StressColumnRequest } from "./stress-column.ts";
import { columnOf, isSynthetic, outcomeOf, ruledBase } from "./stress-column.ts";
import type { StressDrill } from "./stress-result.ts";
import { resolveShocks } from "./stress-shocks.ts";
import { stressCharger, stressPoint } from "./stress-work.ts";

export interface StressDrillRequest extends Omit<StressRequest, "columns" | "sets" | "days" | "mode" | "executor"> {
  readonly column: StressColumnRequest;
  readonly setName: string;
  readonly scenario: StressScenario;
  /** Step of its path; all at once when absent. */
  readonly step?: number | undefined;
  readonly days: number;
}

/**
 * One scenario under one method, opened: profit by position and factor, and the stressed run with its statement.
 *
 * @returns failures of the method; `not-found` for a step the path does not have
 */
export async function stressDrill(request: StressDrillRequest): Promise<Result<StressDrill>> {
  const { column, scenario, step, scale, betas, work = unwatched } = request;
  const kernel = bestKernel();
  const at = step === undefined ? undefined : scenario.path?.[step];
  // A scenario without a path is a single step of its own, as in a run along paths.
  const isWhole = step === undefined || (step === 0 && scenario.path === undefined);
  if (!isWhole && at === undefined)
    return failed(
      "not-found",
      `${scenario.id} has ${scenario.path?.length ?? 0} steps of a path; found step ${step}`,
      "step",
    );
  const days = request.days + (at?.days ?? 0);
  const ruled = ruledBase(column, scenario, request);
  if (!ruled.ok) return ruled;
  const { base, run } = ruled.value;
  const moved = { shocks: at?.shocks ?? scenario.shocks, stickiness: scenario.stickiness };
  const resolved = resolveShocks(moved, base.book, { scale, days, betas });
  const charger = stressCharger(base.book, base.under, kernel);
  const stressed = charger.stressed(resolved.shocks);
  const point = stressPoint(base.book, resolved.shocks, charger.amountsIn([resolved.shocks])(0), base.spreads);
  const named = at === undefined ? scenario.label : `${scenario.label}, ${at.label}`;
  const market = {
    ...run.market,
    name: `${run.market.name}, stressed: ${named}`,
    asOfMs: run.market.asOfMs + resolved.shocks.days * msPerDay,
  };
  const built = { ...base.built, book: stressed.book };
  const silent: Work = { ...work, progress: () => {} };
  const result = await marginOfBook({ ...run, market, kernel, work: silent }, charger.under(stressed), built);
  if (!result.ok) return result;
  const positions = stressedPositions(base.book, resolved.shocks, stressed, kernel);
  const { setName } = request;
  const entry: Entry = { id: entryId(setName, scenario.id, request.days), set: 0, setName, scenario, days };
  const {
    outcomes: _o,
    failures: _f,
    ...described
  } = describedScenario(entry, [resolved], meterOf(request, base, run), {
    ...{ scale, outcomes: [], failures: [] },
  });
  const stressRemarks = [...resolved.remarks, ...point.remarks].map((message) => ({ message: `stressed: ${message}` }));
  return success({
    scenario: { ...described, label: named },
    column: columnOf(column, success(base)),
    outcome: { ...outcomeOf(ruled.value, point, resolved, undefined), column: 0, rank: 1 },
    positions,
    totals: factorTotals(positions),
    result: { ...result.value, remarks: [...stressRemarks, ...result.value.remarks] },
    notice: estimateNotice,
    synthetic: isSynthetic(run),
  });
}
