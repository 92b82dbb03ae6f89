import { estimateNotice } from "../../base/format.ts";
import { failed, type Result, success, unwatched, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { Book } from "../../methodology/index.ts";
import { type BlockExecutor, bestKernel } from "../../revaluation/index.ts";
import type { FactorBetas, StressScenario } from "../../scenario/index.ts";
import type { FactorModelChoice } from "../reverse-stress/factor-model.ts";
import { marketLevels } from "../reverse-stress/market-levels.ts";
import { type PointsAt, sharedPoints } from "./points-at.ts";
import { defaultCovariance, horizonOnly, movingUnderlyings, type SeverityMeter, severityMeter } from "./severity.ts";
import type { StressBase } from "./stress-base.ts";
import {
  baseOf,
  type ColumnRun,
  columnOf,
  isSynthetic,
  outcomeOf,
  type RuledBase,
  ruledBase,
  type StressColumnRequest,
} from "./stress-column.ts";
import { type PathPoint, replayedPath } from "./stress-path.ts";
import type {
  MovedFactor,
  NotMoved,
  StressedScenario,
  StressMode,
  StressOutcome,
  StressParameters,
  StressRun,
} from "./stress-result.ts";
import { type ResolvedShocks, resolveShocks } from "./stress-shocks.ts";
import { stressCharger } from "./stress-work.ts";

export interface StressChoices {
  readonly mode: StressMode;
  /** 0.25 to 3; 1 unless `mode` is `scaled` or the user says so. */
  readonly scale: number;
  readonly parameters: StressParameters;
  readonly betas?: FactorBetas | undefined;
  /** Default: the history's, over the horizon of each scenario. */
  readonly covariance?: FactorModelChoice | undefined;
}

export interface StressRequest extends StressChoices {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  /** Past that severity is measured by; methods that need one have their own. */
  readonly history?: History | undefined;
  readonly columns: readonly StressColumnRequest[];
  readonly sets: readonly StressSetChoice[];
  /** Days that pass beside each scenario. */
  readonly days: readonly number[];
  readonly executor?: BlockExecutor | undefined;
  readonly work?: Work;
}

/** A scenario at one horizon. */
export interface Entry {
  readonly id: string;
  /** Place of its set in the request. */
  readonly set: number;
  readonly setName: string;
  readonly scenario: StressScenario;
  readonly days: number;
}

/**
 * Scenarios of sets under several methods: the book is moved once a scenario, and each method's margin recomputed there. A method that cannot
 * be run says why and leaves the others standing.
 *
 * @param request columns, sets and choices; bits do not depend on the number of threads
 * @returns `not-found` without a scenario; `cancelled`
 * @source resources/docs/stress.md, sections 4 to 8
 */
export async function runStress(request: StressRequest): Promise<Result<StressRun>> {
  const { columns, scale, mode, parameters, work = unwatched } = request;
  const entries = stressEntries(request);
  if (entries.length === 0) return failed("not-found", "no scenario of the sets is left to run", "sets");
  const kernel = bestKernel();
  const bases = columns.map((column) => baseOf(column));
  const meter = firstMeter(request, bases);
  const done = columns.map(() => 0);
  const total = columns.length * entries.length;
  const pointsOf = sharedPoints(
    columns.map((column) => lastingBase(column, entries, request)),
    request.executor,
  );
  // All at once, so that no thread waits while the answers of one method are read.
  const answered = await Promise.all(
    columns.map((column, at) => {
      const progress: Work["progress"] = (count, of) => {
        done[at] = Math.round((count / of) * entries.length);
        work.progress(
          done.reduce((sum, one) => sum + one, 0),
          total,
          "scenarios",
        );
      };
      return columnAnswers(column, entries, request, pointsOf[at] as PointsAt, { ...work, progress });
    }),
  );
  const found = new Map<number, ColumnAnswers>();
  for (const [at, answers] of answered.entries()) {
    if (!answers.ok) return answers;
    found.set(at, answers.value);
  }
  work.progress(total, total, "scenarios");
  const ranks = columns.map((_, at) => ranksOf(found.get(at)?.outcomes ?? []));
  return success({
    ...{ portfolioName: request.portfolioName, marketName: request.marketName, asOfMs: request.asOfMs },
    ...(request.history === undefined ? {} : { historyName: request.history.name }),
    ...{ mode, scale, parameters, notice: estimateNotice },
    synthetic: columns.some(({ run }) => run.ok && isSynthetic(run.value)),
    kernel: kernel.name,
    columns: columns.map((column, at) => columnOf(column, bases[at])),
    scenarios: entries.map((entry, row) => {
      const shocks = [...found.values()].flatMap(({ resolved }) => resolved[row] ?? []);
      return describedScenario(entry, shocks, meter, {
        pathRemarks: pathRemarksOf(entry.scenario, mode),
        scale,
        outcomes: columns.flatMap((_, column) => {
          const outcome = found.get(column)?.outcomes[row];
          return outcome?.ok ? [{ ...outcome.value, column, rank: ranks[column]?.[row] ?? 0 }] : [];
        }),
        failures: columns.flatMap((_, column) => {
          const outcome = found.get(column)?.outcomes[row];
          return outcome?.ok === false ? [{ column, failure: outcome.failure }] : [];
        }),
      });
    }),
  });
}

/** Scenarios of a set, chosen. */
export interface StressSetChoice {
  readonly name: string;
  readonly scenarios: readonly StressScenario[];
}

/** Every scenario at every horizon, in the order of the sets; ids are unique. */
export function stressEntries({ sets, days }: Pick<StressRequest, "sets" | "days">): readonly Entry[] {
  const [names, ids] = [new Set<string>(), new Set<string>()];
  return sets.flatMap(({ name, scenarios }, set) => {
    // Two sets of one name keep their scenarios apart.
    const setName = freeName(name, names);
    return scenarios.flatMap((scenario) =>
      days.map((passed) => ({
        id: freeName(entryId(setName, scenario.id, passed), ids),
        ...{ set, setName, scenario, days: passed },
      })),
    );
  });
}

/** `set/scenario`, with `+3d` where time passes. */
export function entryId(setName: string, scenario: string, days: number): string {
  return `${setName}/${scenario}${days === 0 ? "" : `+${days}d`}`;
}

/** The name itself, or the first of `name (2)`, `name (3)`, … that is not taken; it is taken from then on. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
  taken.add(free);
  return free;
}

/** What one method says of all scenarios. */
interface ColumnAnswers {
  readonly outcomes: readonly Result<Omit<StressOutcome, "rank" | "column">>[];
  readonly resolved: readonly (ResolvedShocks | undefined)[];
}

/** The base that a method keeps in all scenarios; `undefined` where it has none, or rules of other days. */
function lastingBase(
  column: StressColumnRequest,
  entries: readonly Entry[],
  request: StressRequest,
): RuledBase | undefined {
  const [first] = entries;
  if (first === undefined || request.parameters === "event") return undefined;
  const ruled = ruledBase(column, first.scenario, request);
  return ruled.ok ? ruled.value : undefined;
}

async function columnAnswers(
  column: StressColumnRequest,
  entries: readonly Entry[],
  request: StressRequest,
  pointsAt: PointsAt,
  work: Work,
): Promise<Result<ColumnAnswers>> {
  const outcomes: Result<Omit<StressOutcome, "rank" | "column">>[] = [];
  const resolved: (ResolvedShocks | undefined)[] = [];
  const groups = new Map<string, { ruled: RuledBase; rows: number[] }>();
  entries.forEach((entry, row) => {
    const ruled = ruledBase(column, entry.scenario, request);
    if (!ruled.ok) outcomes[row] = ruled;
    else {
      const group = groups.get(ruled.value.parameters) ?? { ruled: ruled.value, rows: [] };
      groups.set(ruled.value.parameters, group);
      group.rows.push(row);
    }
  });
  for (const { ruled, rows } of groups.values()) {
    const shocks = rows.map((row) => {
      const { scenario, days } = entries[row] as Entry;
      return resolveShocks(scenario, ruled.base.book, { scale: request.scale, days, betas: request.betas });
    });
    const points = await pointsAt(ruled, shocks, work);
    if (!points.ok) return points;
    for (const [at, row] of rows.entries()) {
      const [entry, point, own] = [entries[row], points.value[at], shocks[at]];
      if (entry === undefined || point === undefined || own === undefined) continue;
      resolved[row] = own;
      if (request.mode === "path") {
        await work.pause();
        if (work.cancelled()) return failed("cancelled", "cancelled");
      }
      const steps = request.mode === "path" ? stepsOf(entry, ruled.base, request) : undefined;
      outcomes[row] = success(outcomeOf(ruled, point, own, steps));
    }
  }
  return success({ outcomes, resolved });
}

/** The replay of a scenario's path. */
export function stepsOf(entry: Moment, base: StressBase, choices: PathChoices): NonNullable<StressOutcome["steps"]> {
  return replayedPath(stressCharger(base.book, base.under, bestKernel()), pathOf(entry, base.book, choices));
}

type Moment = Pick<Entry, "scenario" | "days">;
type PathChoices = Pick<StressRequest, "scale" | "betas">;

/** A scenario's path for a book; a scenario without one is a single step. */
export function pathOf({ scenario, days }: Moment, book: Book, { scale, betas }: PathChoices): readonly PathPoint[] {
  const steps = scenario.path ?? [{ label: scenario.label, days: 0, shocks: scenario.shocks }];
  return steps.map((step): PathPoint => {
    const own = { shocks: step.shocks, stickiness: scenario.stickiness };
    const { shocks } = resolveShocks(own, book, { scale, betas, days: days + step.days });
    return { label: step.label, days: days + step.days, shocks };
  });
}

/** What is said of a scenario without a path where paths are asked. */
export function pathRemarksOf({ path }: Pick<StressScenario, "path">, mode: StressMode): readonly string[] {
  return mode === "path" && path === undefined ? ["it has no path: all its shocks at once are the only step"] : [];
}

/** 1 for the largest loss, of a path that at its worst step; 0 where there is no outcome. */
function ranksOf(outcomes: ColumnAnswers["outcomes"]): readonly number[] {
  const rows = outcomes.flatMap((outcome, row) => (outcome.ok ? [{ row, pnl: leadingPnl(outcome.value) }] : []));
  const ranks = new Array<number>(outcomes.length).fill(0);
  [...rows]
    .sort((a, b) => a.pnl - b.pnl || a.row - b.row)
    .forEach(({ row }, place) => {
      ranks[row] = place + 1;
    });
  return ranks;
}

function leadingPnl({ pnlUsd, steps, worstStep }: Omit<StressOutcome, "rank" | "column">): number {
  return (worstStep === undefined ? undefined : steps?.[worstStep]?.pnlUsd) ?? pnlUsd;
}

/** By the first method that can be run. */
function firstMeter(request: StressRequest, bases: readonly Result<StressBase>[]): SeverityMeter {
  for (const [at, base] of bases.entries()) {
    const run = request.columns[at]?.run;
    if (base.ok && run?.ok) return meterOf(request, base.value, run.value);
  }
  return horizonOnly("no method could be run");
}

/** How unusual scenarios are, by the request's covariance or its history. */
export function meterOf(
  { covariance = defaultCovariance, history, asOfMs }: Pick<StressRequest, "covariance" | "history" | "asOfMs">,
  { book }: StressBase,
  { market }: ColumnRun,
): SeverityMeter {
  const underlyings = movingUnderlyings(book);
  return severityMeter(underlyings, covariance, history, asOfMs, marketLevels(underlyings, market));
}

/** What is said of a scenario itself: factors of all columns, each once. */
export function describedScenario(
  { id, set, setName, scenario, days }: Entry,
  resolved: readonly ResolvedShocks[],
  meter: SeverityMeter,
  {
    pathRemarks = [],
    ...own
  }: Pick<StressedScenario, "outcomes" | "failures" | "scale"> & { readonly pathRemarks?: readonly string[] },
): StressedScenario {
  const moved = new Map<string, MovedFactor>();
  const notMoved = new Map<string, NotMoved>();
  for (const one of resolved) {
    for (const factor of one.moved) if (!moved.has(factor.factor)) moved.set(factor.factor, factor);
    for (const factor of one.notMoved) if (!notMoved.has(factor.factor)) notMoved.set(factor.factor, factor);
  }
  const [first] = resolved;
  const { start, end, horizonDays } = scenario;
  return {
    ...{ id, set, setName, scenarioId: scenario.id, label: scenario.label, kind: scenario.kind, days },
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    moved: [...moved.values()],
    notMoved: [...notMoved.values()].filter(({ factor }) => !moved.has(factor) && !names(moved).has(factor)),
    remarks: [...(first?.remarks ?? []), ...pathRemarks],
    severity:
      first === undefined
        ? { horizonDays: horizonDays ?? 1, factors: [], note: "no method could be run" }
        : meter.of(first.shocks, horizonDays),
    ...own,
  };
}

/** Factors without the kind of shock. */
function names(moved: ReadonlyMap<string, MovedFactor>): ReadonlySet<string> {
  return new Set([...moved.keys()].map((factor) => factor.slice(factor.indexOf(":") + 1)));
}
