import { sum } from "../base/index.ts";
import { cumulativeRank, type RankedLosses, type TailRank } from "./tail-rank.ts";
import type { TailShares } from "./tail-request.ts";

/**
 * Scenarios whose losses make the loss at a rank, or between two; those tied with it share by weight.
 *
 * @param at     ranks and the share of the milder
 * @param ranked losses worst first, whole groups of equal losses
 * @returns shares summing to 1
 */
export function sharesAtRank({ worse, milder, milderShare }: TailRank, ranked: RankedLosses): TailShares {
  const shares = new Float64Array(ranked.losses.length);
  spread(shares, ranked, worse, 1 - milderShare);
  if (milderShare > 0) spread(shares, ranked, milder, milderShare);
  return used(shares, ranked.scenarios);
}

/**
 * Shares of the mean over the worst `target` of the weight; what falls on the scenarios tied at its end is split by their weights.
 *
 * @param ranked losses worst first, whole groups of equal losses, reaching the target
 * @param target weight of the tail, in the unit of the ranked weights; > 0
 * @returns shares summing to 1
 */
export function sharesOfWorst(ranked: RankedLosses, target = ranked.target): TailShares {
  const { losses, weights, cumulated } = ranked;
  const k = cumulativeRank(ranked);
  const [first] = tied(losses, k);
  const before = first === 0 ? 0 : (cumulated[first - 1] ?? 0);
  const shares = weights.map((weight, index) => (index < first ? weight / target : 0));
  spread(shares, ranked, k, (target - before) / target);
  return used(shares, ranked.scenarios);
}

/**
 * Shares, by weight, of the losses that belong.
 *
 * @param ranked  losses worst first
 * @param belongs whether a loss counts
 * @returns shares summing to 1; none when no loss belongs
 */
export function sharesWhere(
  { losses, weights, scenarios }: RankedLosses,
  belongs: (loss: number) => boolean,
): TailShares {
  const own = losses.map((loss, index) => (belongs(loss) ? (weights[index] ?? 0) : 0));
  const total = sum(own);
  return used(total > 0 ? own.map((weight) => weight / total) : own, scenarios);
}

/** Adds a share to the scenarios whose loss is that of a rank, by weight. */
function spread(shares: Float64Array, { losses, weights }: RankedLosses, rank: number, share: number): void {
  const [first, end] = tied(losses, rank);
  const total = sum(weights.subarray(first, end));
  for (let index = first; index < end; index += 1) {
    const part = total > 0 ? (weights[index] ?? 0) / total : 1 / (end - first);
    shares[index] = (shares[index] ?? 0) + share * part;
  }
}

function tied(losses: Float64Array, rank: number): [first: number, end: number] {
  const loss = losses[rank - 1] ?? 0;
  let first = rank - 1;
  while (first > 0 && losses[first - 1] === loss) first -= 1;
  let end = rank;
  while (end < losses.length && losses[end] === loss) end += 1;
  return [first, end];
}

function used(shares: Float64Array, scenarios: Int32Array): TailShares {
  const kept = [...shares.keys()].filter((index) => (shares[index] ?? 0) !== 0);
  return {
    scenarios: Int32Array.from(kept, (index) => scenarios[index] ?? 0),
    shares: Float64Array.from(kept, (index) => shares[index] ?? 0),
  };
}

/**
 * Sum of share times loss.
 *
 * @param shares scenarios and their shares
 * @param losses one a scenario
 * @returns unit of the losses; the loss itself when one scenario has it all
 */
export function combinedLoss({ scenarios, shares }: TailShares, losses: Float64Array): number {
  const [only] = scenarios;
  if (scenarios.length === 1 && only !== undefined) return losses[only] ?? 0;
  return sum(shares.map((share, index) => share * (losses[scenarios[index] ?? 0] ?? 0)));
}
