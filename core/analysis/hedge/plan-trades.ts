import type { Steps } from "../../base/index.ts";
import { requirementUsd } from "./hedge-book.ts";
import type { HedgeProblem } from "./hedge-problem.ts";
import type { HedgeTrade } from "./hedge-result.ts";

/** Beyond this many trades those left are listed by what they cost; each choice recomputes the margin once a trade left. */
const mostRanked = 16;

/**
 * The trades of a plan in the order of most margin saved per cost, each after those before it, the margin recomputed after every one: what to do
 * first, and what the margin is on the way.
 *
 * @param quantities of the plan, one a candidate
 * @param inLots     whether the number of lots is said
 */
export function* orderedTrades(
  problem: HedgeProblem,
  quantities: Float64Array,
  inLots: boolean,
): Steps<readonly HedgeTrade[]> {
  const { book, candidates, requirement } = problem;
  const requiredOf = (at: Float64Array): number => requirementUsd(book.charge(book.after(at)).accounts, requirement);
  let left = candidates.flatMap((_, k) => ((quantities[k] ?? 0) === 0 ? [] : [k]));
  const done = new Float64Array(candidates.length);
  let required = requiredOf(done);
  const trades: HedgeTrade[] = [];
  while (left.length > 0) {
    const ranked = left.length > mostRanked ? left.slice(0, 1) : left;
    const tried = ranked.map((k) => {
      const next = done.slice();
      next[k] = quantities[k] ?? 0;
      const after = requiredOf(next);
      const cost = problem.instruments[k]?.cost ?? 0;
      return { k, after, worth: (required - after) / Math.max(cost * Math.abs(quantities[k] ?? 0), 1e-9) };
    });
    yield;
    const [first, ...others] = tried;
    if (first === undefined) break;
    const next = others.reduce((best, one) => (one.worth > best.worth ? one : best), first);
    trades.push(tradeOf(problem, next.k, quantities[next.k] ?? 0, next.after, required, inLots));
    done[next.k] = quantities[next.k] ?? 0;
    required = next.after;
    left = left.filter((k) => k !== next.k);
  }
  return trades;
}

function tradeOf(
  { candidates, instruments }: HedgeProblem,
  k: number,
  quantity: number,
  after: number,
  before: number,
  inLots: boolean,
): HedgeTrade {
  const candidate = candidates[k];
  const { symbol = "", quantityUnit = "", premiumUsd = 0, notionalUsd = 0, lot = 1 } = candidate ?? {};
  return {
    ...{ candidate: k, symbol, quantity, quantityUnit },
    ...(inLots ? { lots: Math.round(quantity / lot) } : {}),
    costUsd: (instruments[k]?.cost ?? 0) * Math.abs(quantity),
    premiumUsd: premiumUsd * quantity,
    notionalUsd: notionalUsd * Math.abs(quantity),
    ...{ requirementAfterUsd: after, savedUsd: before - after },
  };
}
