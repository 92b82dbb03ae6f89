import { failed, type Result, type Steps, success } from "../../base/index.ts";
import { freeProfit } from "./arbitrage.ts";
import { requirementUsd } from "./hedge-book.ts";
import type { HedgeProblem } from "./hedge-problem.ts";
import { type HedgeAnswer, type HedgeProgram, solveHedge } from "./hedge-program.ts";
import type { HedgeRound } from "./hedge-result.ts";
import type { LinearSolver, SolverLimits } from "./linear-program.ts";
import type { ExpressionRow, MarginExpression } from "./margin-expression.ts";
import { type Probe, type StatedExpression, statedExpression } from "./statement-expression.ts";
import { brokenLimits } from "./whole-lots.ts";

/** A plan with what the engine says of it. */
export interface JudgedPlan {
  readonly quantities: Float64Array;
  /** Requirement of the programme. */
  readonly programmeUsd: number;
  /** Requirement recomputed. */
  readonly requirementUsd: number;
  readonly costUsd: number;
  /** w·requirement + cost, recomputed, and what misses the target at a price no trade is worth. */
  readonly merit: number;
  readonly answer: HedgeAnswer;
}

export interface RoundsAnswer {
  readonly best: JudgedPlan;
  readonly rounds: readonly HedgeRound[];
  /** The requirement near `at`, in the programme's terms. */
  readonly stated: StatedExpression;
  /** The requirement near the book as it is. */
  readonly first: StatedExpression;
  readonly at: Float64Array;
  /** Whether programme and engine agree at the answer. */
  readonly agrees: boolean;
}

/** Programme and engine agree within this part of the requirement. */
const agreement = 1e-6;
/** Parts of the bounds by which instruments are moved to measure their slopes. */
const probeShare = 0.05;
/** A smaller reach than this changes nothing worth a trade. */
const leastReach = 1e-4;

/**
 * Solves the programme, recomputes the margin of its answer by the full engine, and where the two differ states the requirement anew at the best
 * answer so far and looks for a better one nearby, the reach shrinking when a round does not improve.
 *
 * @param mostRounds programmes solved, at most
 * @returns the best plan by the recomputed requirement, in steps; `not-applicable` when no plan meets the limits
 */
export function* solveInRounds(
  problem: HedgeProblem,
  solver: LinearSolver,
  limits: SolverLimits,
  mostRounds: number,
): Steps<Result<RoundsAnswer>> {
  let at: Float64Array = new Float64Array(problem.instruments.length);
  let reach = 1;
  // Doing nothing is a plan too, where it keeps the limits.
  let best = brokenLimits(problem, at) === 0 ? judged(problem, { status: "optimal" }, at) : undefined;
  const first = yield* probed(problem, at, reach);
  let stated = first;
  const free = freeProfit(problem.instruments, rowsOf(first.expression));
  if (free !== undefined) return failed("invalid-input", free, "candidates");
  const rounds: HedgeRound[] = [];
  let agrees = false;
  for (let round = 1; round <= mostRounds; round++) {
    const answer = solveHedge(programOf(problem, stated, at, round === 1 ? undefined : reach), solver, limits);
    if (answer.plan === undefined) {
      if (round > 1 && best !== undefined) break;
      return failed("not-applicable", refusalOf(problem, answer, leastOf(problem, stated, solver, limits)), "limits");
    }
    const plan = judged(problem, answer, answer.plan.quantities);
    yield;
    const accepted = best === undefined || plan.merit < best.merit - 1e-9 * Math.abs(best.merit);
    const gained = best === undefined ? Number.POSITIVE_INFINITY : best.merit - plan.merit;
    const { programmeUsd, requirementUsd: recomputedUsd, merit } = plan;
    rounds.push({ round, reach, programmeUsd, recomputedUsd, objectiveUsd: merit, accepted });
    agrees = Math.abs(programmeUsd - recomputedUsd) <= agreement * Math.max(1, recomputedUsd);
    if (accepted || best === undefined) best = plan;
    // An answer that agrees is the optimum where nothing but its own bounds held it, or where it gains no more.
    if (agrees && (round === 1 || gained <= agreement * Math.max(1, Math.abs(merit)))) break;
    reach = Math.min(1, reach * (agrees ? 2 : accepted ? 0.5 : 0.25));
    if (reach < leastReach || round === mostRounds) break;
    if (accepted) {
      at = plan.quantities;
      stated = yield* probed(problem, at, reach);
    }
  }
  if (best === undefined) return failed("internal", "no programme was solved");
  return success({ best, rounds, first, stated, at, agrees });
}

/**
 * The requirement near a plan: the charge there, and with each instrument moved both ways.
 *
 * @param at    quantities by instrument; bought > 0
 * @param reach how far from the plan is of interest, as a share of the most that may be traded; in (0, 1]
 */
export function* probed(problem: HedgeProblem, at: Float64Array, reach: number): Steps<StatedExpression> {
  const { book, instruments, requirement } = problem;
  const start = book.charge(book.after(at)).accounts;
  yield;
  const probes: Probe[] = [];
  const accountsAt = (k: number, move: number) => {
    const moved = at.slice();
    moved[k] = (at[k] ?? 0) + move;
    return book.charge(book.after(moved)).accounts;
  };
  for (const [k, { mostBought, mostSold, lot }] of instruments.entries()) {
    const most = Math.max(mostBought, mostSold);
    const usual = Math.max(lot, probeShare * reach * most);
    const now = (book.held[k] ?? 0) + (at[k] ?? 0);
    for (const side of [1, -1]) {
      // Charges that follow the size of a position turn where it is closed.
      const closes = now * side < 0 && Math.abs(now) <= most ? Math.abs(now) : undefined;
      const step = side * (closes ?? usual);
      probes.push({ instrument: k, step, accounts: accountsAt(k, step) });
      if (closes !== undefined)
        probes.push({
          instrument: k,
          step: step + side * usual,
          beyond: closes,
          accounts: accountsAt(k, step + side * usual),
        });
    }
    yield;
  }
  return statedExpression(start, probes, instruments.length, requirement);
}

/** The programme around a plan. */
export function programOf(
  problem: HedgeProblem,
  { expression }: StatedExpression,
  at: Float64Array,
  reach: number | undefined,
  whole = false,
): HedgeProgram {
  const { instruments, marginWeight, limits, budget, target } = problem;
  const far = instruments.map(({ mostBought, mostSold }) => (reach ?? 1) * Math.max(mostBought, mostSold));
  return {
    ...{ instruments, margin: expression, marginWeight, limits, whole },
    ...(at.some((quantity) => quantity !== 0) || reach !== undefined ? { start: at } : {}),
    ...(reach === undefined ? {} : { reach: Float64Array.from(far) }),
    ...(budget === undefined ? {} : { budget }),
    ...(target === undefined ? {} : { target }),
  };
}

/** Price of a missed target, USD a USD: dearer than any hedge. */
const missed = 1e3;

/**
 * What the engine says of quantities.
 *
 * @param quantities by instrument; bought > 0
 * @returns requirement and cost in USD, ≥ 0, and what the plan breaks
 */
export function judged(problem: HedgeProblem, answer: HedgeAnswer, quantities: Float64Array): JudgedPlan {
  const { book, instruments, requirement, marginWeight, target } = problem;
  const required = requirementUsd(book.charge(book.after(quantities)).accounts, requirement);
  const costUsd = instruments.reduce((total, { cost }, k) => total + cost * Math.abs(quantities[k] ?? 0), 0);
  const beyond = target === undefined ? 0 : Math.max(0, required + target.costFactor * costUsd - target.most);
  // What is missed by rounding alone counts for nothing.
  const short = beyond > agreement * Math.max(1, required) ? beyond : 0;
  return {
    ...{ quantities, requirementUsd: required, costUsd, answer },
    // What the programme said of another plan is not said of this one.
    programmeUsd: answer.plan?.quantities === quantities ? answer.plan.margin : required,
    merit: marginWeight * required + costUsd + missed * short,
  };
}

function rowsOf(expression: MarginExpression): readonly ExpressionRow[] {
  if (expression.kind === "worst" || expression.kind === "shortfall") return expression.rows;
  if (expression.kind === "linear") return [];
  return expression.parts.flatMap((part) => rowsOf(part.expression));
}

/** The least requirement the programme reaches without its target; `undefined` where limits alone cannot be met. */
function leastOf(
  { target: _, ...problem }: HedgeProblem,
  stated: StatedExpression,
  solver: LinearSolver,
  limits: SolverLimits,
): number | undefined {
  const at = new Float64Array(problem.instruments.length);
  const least = programOf({ ...problem, marginWeight: 1 }, stated, at, undefined);
  return solveHedge(least, solver, limits).plan?.margin;
}

function refusalOf(
  { target, limits, budget }: HedgeProblem,
  { status, detail }: HedgeAnswer,
  least: number | undefined,
): string {
  if (status === "unbounded")
    return "the hedge has no least cost: a combination of instruments gains in every scenario at no cost; check their prices, or state costs";
  if (status !== "infeasible") return `the solver ended without an answer: ${detail ?? status}`;
  const asked = [
    ...(target === undefined ? [] : [`a requirement of at most ${Math.round(target.most)} USD`]),
    ...new Set(limits.map(({ of, label }) => `the limit on ${of ?? label}`)),
    ...(budget === undefined ? [] : [`a cost of at most ${budget} USD`]),
  ];
  const reached =
    target === undefined || least === undefined ? "" : `; the least they reach is about ${Math.ceil(least)} USD`;
  return `no quantities of the candidates meet ${asked.join(", ")} together${reached}; allow more instruments, larger quantities, or looser limits`;
}
