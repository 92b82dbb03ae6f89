import { failed, type Result, success, sum, unwatched, type Work } from "../../base/index.ts";
import { type MarginResult, type MarginRun, marginTotals, runMargin } from "../../margin/index.ts";
import { closedTo, componentParts, exactShapley, type Requirement } from "../attribution/index.ts";
import { differenceOfResults } from "../difference.ts";
import {
  type ChangedPosition,
  type ChangeEnd,
  type ChangeExplanation,
  type ChangeStep,
  type ChangeStepId,
  changeSteps,
  stepWords,
} from "./change.ts";
import { marketSteps } from "./composed-market.ts";
import { type RunChange, runChange } from "./composed-run.ts";

export type Averaging = "none" | "both-orders" | "all-orders";

export interface ChangeRequest {
  readonly from: Omit<MarginRun, "standAlone" | "work">;
  readonly to: Omit<MarginRun, "standAlone" | "work">;
  readonly requirement: Requirement;
  /** Steps in the order they are taken; those left out follow in the usual order. */
  readonly order?: readonly ChangeStepId[];
  readonly average: Averaging;
  /** Lines and positions of a step, at most. */
  readonly mostLines: number;
  readonly mostPositions: number;
  readonly work?: Work;
}

/**
 * Why a requirement changed between two runs: one input after another is taken from the later run and everything is computed again.
 *
 *     to − from = Σ steps,   step k = R(first k inputs of the later run) − R(first k − 1)
 *
 * The amounts depend on the order; beside them stands the mean with the reverse order, or over all orders (Shapley), where it is asked for.
 *
 * @returns the steps in the order taken, those without a difference as 0; the failure of a run, or `cancelled`
 */
export async function explainChange(request: ChangeRequest): Promise<Result<ChangeExplanation>> {
  const { from, to, requirement, order = [], average, work = unwatched } = request;
  const change = runChange(from, to);
  if (!change.ok) return change;
  const { differ } = change.value;
  const sequence = [...new Set([...order, ...changeSteps])];
  const results: MarginResult[] = [];
  const taken = new Set<ChangeStepId>();
  const states = [...sequence.filter((step) => differ.has(step))];
  for (const step of [undefined, ...states]) {
    if (step !== undefined) taken.add(step);
    work.progress(results.length, states.length + 1, "steps");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const result = await runMargin(change.value.with(taken));
    if (!result.ok)
      return step === undefined
        ? result
        : { ok: false, failure: { ...result.failure, message: `after the step ${step}: ${result.failure.message}` } };
    results.push(result.value);
  }
  const [first] = results;
  const last = results.at(-1);
  if (first === undefined || last === undefined) return failed("internal", "a change has two ends");
  const amountOf = ({ totals }: Pick<MarginResult, "totals">): number =>
    requirement === "initial" ? totals.initialUsd : totals.maintenanceUsd;
  const whole = amountOf(last) - amountOf(first);
  const changes = closedTo(
    Float64Array.from(states, (_, at) => amountOf(results[at + 1] ?? last) - amountOf(results[at] ?? first)),
    whole,
  );
  const averaged = await averagedChanges(request, change.value, states, changes, whole, work);
  if (!averaged.ok) return averaged;

  let before = first;
  const passed = new Set<ChangeStepId>();
  const steps = sequence.map((id): ChangeStep => {
    const at = states.indexOf(id);
    const named = { id, ...stepWords[id], same: at < 0 };
    if (at < 0) return { ...named, ...nothing, totals: before.totals, excluded: before.excluded };
    const after = results[at + 1] ?? last;
    passed.add(id);
    const mean = averaged.value?.[at];
    const [was, is] = [before.totals.equityUsd, after.totals.equityUsd];
    const step: ChangeStep = {
      ...named,
      change: changes[at] ?? 0,
      ...(mean === undefined ? {} : { averaged: mean }),
      totals: after.totals,
      ...(marketSteps.some((one) => one === id) ? { profitUsd: change.value.profitUsd(passed, id) } : {}),
      ...(was === undefined || is === undefined ? {} : { equityChange: withoutRounding(is - was, is) }),
      ...detailOf(before, after, request),
      excluded: after.excluded,
    };
    before = after;
    return step;
  });
  work.progress(results.length, results.length, "steps");
  return success({
    ...{ requirement, unit: "USD", from: endOf(first), to: endOf(last) },
    ...{ fromAmount: amountOf(first), toAmount: amountOf(last), change: whole, steps },
    difference: whole - sum(steps.map((step) => step.change)),
    ...(average === "none" ? {} : { averaging: averagingWords[average] }),
    remarks: [...new Set([...first.remarks, ...last.remarks].map(({ message }) => message))],
    synthetic: first.synthetic || last.synthetic,
  });
}

/** Equity is added up in another order after a trade: what is left of that is no change. */
function withoutRounding(change: number, equity: number): number {
  return Math.abs(change) <= 1e-12 * Math.abs(equity) ? 0 : change;
}

const averagingWords = {
  "both-orders": "mean of the order and its reverse",
  "all-orders": "mean over every order of the steps (Shapley)",
} as const;

const nothing = {
  ...{ change: 0, averaged: 0, lines: [], linesNotListed: 0, positions: [], positionsNotListed: 0 },
  ...{ ofPositions: 0, ofNoPosition: 0, equityChange: 0 },
} as const;

/** Steps averaged over orders, in the order of `states`; they add up to the whole. */
async function averagedChanges(
  { requirement, average }: ChangeRequest,
  { with: runOf }: RunChange,
  states: readonly ChangeStepId[],
  changes: Float64Array,
  whole: number,
  work: Work,
): Promise<Result<Float64Array | undefined>> {
  if (average === "none") return success(undefined);
  const worth = (taken: ReadonlySet<ChangeStepId>): Result<number> => {
    const found = marginTotals(runOf(taken));
    if (!found.ok) return found;
    const { initialUsd, maintenanceUsd } = found.value.totals;
    return success(requirement === "initial" ? initialUsd : maintenanceUsd);
  };
  if (average === "all-orders") {
    const found = await exactShapley(
      states.length,
      (members) => worth(new Set(states.filter((_, at) => members[at] === 1))),
      work,
    );
    return found.ok ? success(found.value.values) : found;
  }
  const taken = new Set<ChangeStepId>();
  const reversed = new Float64Array(states.length);
  let before = worth(taken);
  for (let at = states.length - 1; at >= 0; at--) {
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const step = states[at];
    if (step !== undefined) taken.add(step);
    const after = worth(taken);
    if (!before.ok) return before;
    if (!after.ok) return after;
    reversed[at] = after.value - before.value;
    before = after;
  }
  return success(
    closedTo(
      reversed.map((one, at) => 0.5 * (one + (changes[at] ?? 0))),
      whole,
    ),
  );
}

type Detail = Pick<
  ChangeStep,
  "lines" | "linesNotListed" | "positions" | "positionsNotListed" | "ofPositions" | "ofNoPosition"
>;

function detailOf(
  before: MarginResult,
  after: MarginResult,
  { requirement, mostLines, mostPositions }: ChangeRequest,
): Detail {
  const { lines } = differenceOfResults(before, after);
  const positions = changedPositions(before, after, requirement);
  const shared = (result: MarginResult): number =>
    sum(componentParts(result, requirement).shared.map(({ amount }) => amount));
  return {
    lines: lines.slice(0, mostLines),
    linesNotListed: Math.max(0, lines.length - mostLines),
    positions: positions.slice(0, mostPositions),
    positionsNotListed: Math.max(0, positions.length - mostPositions),
    ofPositions: sum(positions.map((one) => one.change)),
    ofNoPosition: shared(after) - shared(before),
  };
}

function changedPositions(before: MarginResult, after: MarginResult, requirement: Requirement): ChangedPosition[] {
  const [old, now] = [before, after].map((result) => componentParts(result, requirement).positions);
  const symbols = new Map([...before.positions, ...after.positions].map(({ id, symbol }) => [id as string, symbol]));
  const changed = [...symbols].flatMap(([id, symbol]): ChangedPosition[] => {
    const [from, to] = [old?.get(id), now?.get(id)];
    const change = (to ?? 0) - (from ?? 0);
    if (change === 0) return [];
    return [{ id, symbol, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), change }];
  });
  return changed.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

function endOf(result: MarginResult): ChangeEnd {
  const { portfolioName, marketName, asOfMs, methodology, rules, accuracy, totals, excluded } = result;
  return {
    ...{ portfolioName, marketName, asOfMs, methodology, version: rules.version, accuracy, totals },
    excluded: excluded.length,
  };
}
