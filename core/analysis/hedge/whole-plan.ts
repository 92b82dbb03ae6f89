import type { Steps } from "../../base/index.ts";
import type { HedgeProblem } from "./hedge-problem.ts";
import { solveHedge } from "./hedge-program.ts";
import { type JudgedPlan, judged, probed, programOf, type RoundsAnswer } from "./hedge-rounds.ts";
import type { LinearSolver, SolverLimits } from "./linear-program.ts";
import { expressionAmount } from "./margin-expression.ts";
import { brokenLimits, roundedToLots } from "./whole-lots.ts";

/**
 * The plan in whole lots: branch and bound on the requirement as it is near the plan of any size, and the rounding of that plan with single-lot
 * improvements; the better of both by the recomputed margin.
 */
export function* wholePlan(
  problem: HedgeProblem,
  { best, stated, at, agrees }: RoundsAnswer,
  solver: LinearSolver,
  limits: SolverLimits,
): Steps<JudgedPlan> {
  const { instruments, marginWeight, target } = problem;
  const near = agrees
    ? { stated, at }
    : { stated: yield* probed(problem, best.quantities, nearShare), at: best.quantities };
  const answer = solveHedge(programOf(problem, near.stated, near.at, undefined, true), solver, limits);
  yield;
  const merit = (quantities: Float64Array): number => {
    if (brokenLimits(problem, quantities) > 0) return Number.POSITIVE_INFINITY;
    const moved = quantities.map((quantity, k) => quantity - (near.at[k] ?? 0));
    const margin = expressionAmount(near.stated.expression, moved);
    const cost = instruments.reduce((total, one, k) => total + one.cost * Math.abs(quantities[k] ?? 0), 0);
    const beyond = target === undefined ? 0 : Math.max(0, margin + target.costFactor * cost - target.most);
    return marginWeight * margin + cost + (beyond > 0 ? missed * beyond : 0);
  };
  const rounded = roundedToLots(best.quantities, instruments, merit);
  yield;
  const byRounding = judged(problem, answer, rounded);
  if (answer.plan === undefined) return byRounding;
  const searched = judged(problem, answer, answer.plan.quantities);
  return searched.merit <= byRounding.merit || brokenLimits(problem, rounded) > 0 ? searched : byRounding;
}

/** Part of the bounds near a plan in which slopes are measured. */
const nearShare = 0.1;
/** As in the rounds: dearer than any hedge. */
const missed = 1e3;
