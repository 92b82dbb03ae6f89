import type { HedgeProblem } from "./hedge-problem.ts";
import { solveHedge } from "./hedge-program.ts";
import type { MarginalTrade } from "./hedge-result.ts";
import type { LinearSolver, SolverLimits } from "./linear-program.ts";
import type { StatedExpression } from "./statement-expression.ts";

/**
 * What a unit of each candidate saves at the book as it is: the programme with nothing to trade gives the weights of the scenarios that bind,
 * and these the price of every instrument.
 *
 * @returns trades that save, most saved per cost first
 */
export function marginalTrades(
  { instruments, candidates }: HedgeProblem,
  { expression }: StatedExpression,
  solver: LinearSolver,
  limits: SolverLimits,
): readonly MarginalTrade[] {
  const still = instruments.map((one) => ({ ...one, mostBought: 0, mostSold: 0 }));
  const program = { instruments: still, margin: expression, marginWeight: 1, limits: [], whole: false };
  const saved = solveHedge(program, solver, limits).plan?.saved;
  if (saved === undefined) return [];
  const found = candidates.flatMap(({ symbol }, k): MarginalTrade[] => {
    const cost = instruments[k]?.cost ?? 0;
    return (["buy", "sell"] as const).flatMap((direction) => {
      const perUnit = (direction === "buy" ? saved.bought[k] : saved.sold[k]) ?? 0;
      const most = (direction === "buy" ? instruments[k]?.mostBought : instruments[k]?.mostSold) ?? 0;
      if (perUnit <= 1e-9 || most <= 0) return [];
      return [
        {
          ...{ candidate: k, symbol, direction, savedUsdPerUnit: perUnit, costUsdPerUnit: cost },
          ...(cost > 0 ? { savedPerCost: perUnit / cost } : {}),
        },
      ];
    });
  });
  const worth = ({ savedPerCost }: MarginalTrade): number => savedPerCost ?? Number.POSITIVE_INFINITY;
  return found.sort((a, b) => (worth(a) === worth(b) ? a.candidate - b.candidate : worth(b) - worth(a)));
}
