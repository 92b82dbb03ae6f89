import { type Failure, isoDate, type Result, success } from "../../base/index.ts";
import { accuracyOf, type MarginRun } from "../../margin/index.ts";
import { bestKernel } from "../../revaluation/index.ts";
import type { ResolvedRules } from "../../rulebook/index.ts";
import type { StressScenario } from "../../scenario/index.ts";
import { type StressBase, stressBase } from "./stress-base.ts";
import type { StressColumn, StressOutcome, StressParameters, StressStep } from "./stress-result.ts";
import type { ResolvedShocks } from "./stress-shocks.ts";
import type { StressPoint } from "./stress-work.ts";

/** What a margin of one book under one method is computed from. */
export type ColumnRun = Omit<MarginRun, "standAlone" | "work" | "kernel">;

/** A method of a stress run: its book, in the instruments of its venue, and its rules. */
export interface StressColumnRequest {
  readonly label: string;
  readonly methodology: StressColumn["methodology"];
  readonly mappings: StressColumn["mappings"];
  readonly leftOut: StressColumn["leftOut"];
  /** Under the rules of the request, or of the day of the market. */
  readonly run: Result<ColumnRun>;
  /** Rules in force on another day; absent where the request names rules. */
  readonly rulesOn?: (date: string) => Result<ResolvedRules>;
}

/** The base of a method under its own rules. */
export function baseOf({ run }: StressColumnRequest): Result<StressBase> {
  return run.ok ? stressBase(run.value, bestKernel()) : run;
}

/** A base with the rules it is under. */
export interface RuledBase {
  readonly base: StressBase;
  readonly run: ColumnRun;
  /** `2026.1, in force from 2026-01-01 (today)`. */
  readonly parameters: string;
  readonly remarks: readonly string[];
}

/** The base of a scenario: under the rules of the market's day, or of the last day of the scenario. */
export function ruledBase(
  { run, rulesOn }: StressColumnRequest,
  scenario: Pick<StressScenario, "start" | "end">,
  { parameters, asOfMs }: { readonly parameters: StressParameters; readonly asOfMs: number },
): Result<RuledBase> {
  if (!run.ok) return run;
  const day = scenario.end ?? scenario.start;
  const wanted = parameters === "event" && day !== undefined && rulesOn !== undefined ? rulesOn(day) : undefined;
  if (wanted?.ok === false) return wanted;
  const own: ColumnRun = wanted === undefined ? run.value : { ...run.value, rules: wanted.value };
  const base = stressBase(own, bestKernel());
  if (!base.ok) return base;
  const { version, effectiveFrom } = own.rules;
  const whose =
    rulesOn === undefined
      ? "named by the request"
      : wanted === undefined
        ? `today, ${isoDate(asOfMs)}`
        : `of the event, ${day}`;
  const remarks =
    parameters === "event" && wanted === undefined
      ? [
          day === undefined
            ? "the scenario has no day: parameters of today"
            : "the request names the rules: they stand for every day",
        ]
      : [];
  return success({
    base: base.value,
    run: own,
    parameters: `${version}, in force from ${effectiveFrom} (${whose})`,
    remarks,
  });
}

/** What is said of a point: before, after, and whose parameters it rests on. */
export function outcomeOf(
  { base, run, parameters, remarks }: RuledBase,
  point: StressPoint,
  { shocks }: ResolvedShocks,
  steps: StressOutcome["steps"],
): Omit<StressOutcome, "rank" | "column"> {
  const { pnlUsd, byUnderlying, collateralUsd, haircutUsd, closingCostUsd, amounts, flags } = point;
  const { before } = base;
  const change =
    before.equityUsd === undefined || amounts.equityUsd === undefined
      ? {}
      : { equityChangeUsd: amounts.equityUsd - before.equityUsd };
  const approximate =
    point.remarks.length > 0 || shocks.days > 0 ? [{ accuracy: "approximate" as const, message: "" }] : [];
  return {
    ...{ pnlUsd, byUnderlying, collateralUsd, haircutUsd, ...change, before, after: amounts, flags },
    ...(closingCostUsd === undefined ? {} : { closingCostUsd }),
    parameters,
    accuracy: accuracyOf(base.accuracy, approximate),
    remarks: [...remarks, ...point.remarks, ...(run.rules.lapsed === undefined ? [] : [run.rules.lapsed])],
    ...(steps === undefined ? {} : { steps, worstStep: worstStepOf(steps) }),
  };
}

/** The first step with the lowest profit since the start. */
export function worstStepOf(steps: readonly StressStep[]): number {
  let worst = 0;
  for (const [place, { pnlUsd }] of steps.entries()) if (pnlUsd < (steps[worst]?.pnlUsd ?? pnlUsd)) worst = place;
  return worst;
}

/** What marks the answers of a method. */
export function columnOf(
  { label, methodology, mappings, leftOut, run }: StressColumnRequest,
  base: Result<StressBase> | undefined,
): StressColumn {
  const named = { label, methodology, mappings, leftOut };
  const failure: Failure | undefined = !run.ok ? run.failure : base?.ok === false ? base.failure : undefined;
  if (!run.ok || base?.ok !== true)
    return { ...named, overridden: false, excluded: [], remarks: [], ...(failure === undefined ? {} : { failure }) };
  const { version, effectiveFrom, parametersHash, overrides } = run.value.rules;
  const { built, before, accuracy, remarks } = base.value;
  return {
    ...{ ...named, version, effectiveFrom, parametersHash, overridden: overrides.length > 0 },
    ...{ accuracy, remarks, before },
    excluded: built.excluded.map(({ symbol, quantity, failure: why }) => ({ symbol, quantity, failure: why })),
  };
}

/** Whether anything a method computes from is synthetic. */
export function isSynthetic({ portfolio, market, history }: ColumnRun): boolean {
  return [portfolio, market, history].some((input) => input?.synthetic === true);
}
