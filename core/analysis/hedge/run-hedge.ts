import { finishWithPauses, type Result, type Steps, success, unwatched } from "../../base/index.ts";
import { type AddedLeg, marginTotals } from "../../margin/index.ts";
import type { HedgeBook } from "./hedge-book.ts";
import { hedgeMarks } from "./hedge-marks.ts";
import type { HedgeProblem } from "./hedge-problem.ts";
import type { HedgePlan, HedgeProposal, HedgeUnderMethod } from "./hedge-result.ts";
import { type JudgedPlan, type RoundsAnswer, solveInRounds } from "./hedge-rounds.ts";
import { hedgeState, type StateQuestions } from "./hedge-state.ts";
import { type SolverLimits, usualLimits } from "./linear-program.ts";
import { marginalTrades } from "./marginal-trades.ts";
import { orderedTrades } from "./plan-trades.ts";
import { type HedgeMethod, type HedgeRun, preparedHedge } from "./prepared-hedge.ts";
import { wholePlan } from "./whole-plan.ts";

/**
 * Cheapest margin relief of a portfolio: the trades that make w × requirement + cost least, found by linear programmes over the scenarios of the
 * method itself, in any size and in whole lots, and judged by the margin recomputed with the full engine.
 *
 * @param run what `runMargin` takes, with what may be traded, for what, within what
 * @returns failures as in `runMargin`; `invalid-input` for a free profit or a book without candidates; `not-applicable` when nothing meets the
 *          limits; `missing-data` for a target of balance without one; `cancelled`
 * @source resources/docs/hedging.md
 */
export async function runHedge(run: HedgeRun): Promise<Result<HedgeProposal>> {
  const done = await finishWithPauses(proposal(run), run.work ?? unwatched);
  return done.ok ? done.value : done;
}

function* proposal(run: HedgeRun): Steps<Result<HedgeProposal>> {
  const prepared = preparedHedge(run);
  if (!prepared.ok) return prepared;
  const { problem, leftOut, notes } = prepared.value;
  const { book, candidates, instruments, requirement } = problem;
  const { solver, work = unwatched } = run;
  const limits: SolverLimits = { ...usualLimits, seconds: run.seconds };
  const stages = 4 + run.methods.length;
  const report = (stage: number): void => work.progress(stage, stages, "steps of the hedge");
  report(0);
  const solved = yield* solveInRounds(problem, solver, limits, run.rounds);
  if (!solved.ok) return solved;
  report(1);
  const lotsPlan = run.lots ? yield* wholePlan(problem, solved.value, solver, limits) : undefined;
  // Where charges are not linear the search over whole lots may do better: a plan in lots is a plan of any size too.
  const better = lotsPlan !== undefined && lotsPlan.merit < solved.value.best.merit;
  const exactPlan = better ? lotsPlan : solved.value.best;
  report(2);
  const none = new Float64Array(instruments.length);
  const before = yield* hedgeState(book, book.after(none), 0, requirement, run);
  const exact = yield* planOf(problem, exactPlan, false, run);
  const inLots = lotsPlan === undefined ? undefined : yield* planOf(problem, lotsPlan, true, run);
  report(3);
  const methods: HedgeUnderMethod[] = [];
  for (const method of run.methods) {
    methods.push(underMethod(run, method, book, exactPlan.quantities, lotsPlan?.quantities));
    report(3 + methods.length);
    yield;
  }
  report(stages);
  return success({
    ...hedgeMarks(run, book),
    ...{ requirement, marginWeight: problem.marginWeight, candidates, leftOut, before, exact },
    ...(inLots === undefined ? {} : { inLots }),
    marginal: marginalTrades(problem, solved.value.first, solver, limits),
    binding: solved.value.best.answer.plan?.binding ?? [],
    ...{ rounds: solved.value.rounds, methods, solver: solver.name },
    notes: [...notes, ...notesOf(solved.value, lotsPlan)],
  });
}

/** A plan with its trades in order and the book after it. */
function* planOf(problem: HedgeProblem, plan: JudgedPlan, inLots: boolean, asked: StateQuestions): Steps<HedgePlan> {
  const { book, requirement, marginWeight } = problem;
  const trades = yield* orderedTrades(problem, plan.quantities, inLots);
  const state = yield* hedgeState(book, book.after(plan.quantities), plan.costUsd, requirement, asked);
  return {
    ...{ trades, costUsd: plan.costUsd, programmeUsd: plan.programmeUsd, state },
    premiumUsd: trades.reduce((total, { premiumUsd }) => total + premiumUsd, 0),
    objectiveUsd: marginWeight * plan.requirementUsd + plan.costUsd,
    ...{ status: plan.answer.status, gap: plan.answer.plan?.gap ?? 0 },
  };
}

/** Margins of one more method, before the hedge and after. */
function underMethod(
  run: HedgeRun,
  { label, methodology, rules }: HedgeMethod,
  book: HedgeBook,
  exact: Float64Array,
  inLots: Float64Array | undefined,
): HedgeUnderMethod {
  const { legs = [] } = run;
  const named = { label, methodology: methodology.id, version: rules.version };
  const totalsAfter = (quantities: Float64Array | undefined) => {
    const trades = book.tradable.flatMap(({ position }, k): AddedLeg[] => {
      const quantity = quantities?.[k] ?? 0;
      return quantity === 0 ? [] : [{ instrument: position.instrument, quantity }];
    });
    return marginTotals({ ...run, methodology, rules, legs: [...legs, ...trades] });
  };
  const found: Record<string, { readonly initialUsd: number; readonly maintenanceUsd: number }> = {};
  let excluded = 0;
  for (const [name, quantities] of [
    ["before", undefined] as const,
    ["exact", exact] as const,
    ["inLots", inLots] as const,
  ]) {
    if (name === "inLots" && quantities === undefined) continue;
    const totals = totalsAfter(quantities);
    if (!totals.ok) return { ...named, refusal: totals.failure.message, excluded: 0 };
    const { initialUsd, maintenanceUsd } = totals.value.totals;
    found[name] = { initialUsd, maintenanceUsd };
    excluded = totals.value.excluded;
  }
  return { ...named, ...found, excluded };
}

function notesOf({ first, rounds, agrees }: RoundsAnswer, lots: JudgedPlan | undefined): readonly string[] {
  const { scenarios, maxima } = first;
  const rows = `the programme has ${scenarios} scenario rows and ${maxima} maxima; other charges go along their slopes`;
  const exactly = rounds.length === 1 && agrees;
  return [
    rows,
    exactly
      ? "programme and recomputed margin agree: the plan of any size is the optimum"
      : `charges are not linear: stated anew in ${rounds.length} rounds; the plan is the best found by the recomputed margin, not proved best`,
    ...(lots?.answer.status === "time-limit" || lots?.answer.status === "node-limit"
      ? ["the search over whole lots was ended by its limit: the best plan found stands, with its gap"]
      : []),
  ];
}
