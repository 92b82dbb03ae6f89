import { type Result, success } from "../base/index.ts";
import { unequal, wrongTailRequest } from "./tail-check.ts";
import { tailCount, tailProbability } from "./tail-probability.ts";
import { cumulativeRank, type RankedLosses, type TailRank, valueAtRiskRank } from "./tail-rank.ts";
import type { QuantileConvention, Tail, TailRequest, TailShares } from "./tail-request.ts";
import { combinedLoss, sharesAtRank, sharesOfWorst, sharesWhere } from "./tail-shares.ts";
import { effectiveSampleSize } from "./weights.ts";
import { ascendingLosses, worstLosses } from "./worst-losses.ts";

/**
 * Value at risk and expected shortfall of losses in weighted scenarios, with the scenarios and shares that make each.
 *
 *     VaR: loss at the rank of the convention;   ES (exact) = (1/p)·[ Σ_{i<k} w_(i)·L_(i) + (p − W_{k−1})·L_(k) ]
 *
 * Losses are sorted once, descending, ties in scenario order; tied scenarios share by weight what falls on their loss, so no
 * measure depends on the order of scenarios (the rank among tied scenarios of unequal weight does). Both measures are sums of share times loss: allocation uses the same shares.
 *
 * @param losses  L, one a scenario, currency; loss > 0, gain < 0; finite
 * @param request confidence, convention, estimator, weights
 * @returns measures in the currency of the losses; or a Failure: a loss that is not finite (by its scenario), a history too short for
 *   the confidence (with the number needed), weights that are negative or do not sum to 1, a confidence outside (0, 1),
 *   a convention that supposes equal weights with others
 * @source C. Acerbi, D. Tasche, On the coherence of expected shortfall, J. Banking & Finance 26 (2002) 1487–1503;
 *   R. T. Rockafellar, S. Uryasev, Optimization of conditional value-at-risk, J. Risk 2 (2000) 21–41
 */
export function tailOf(losses: Float64Array, request: TailRequest): Result<Tail> {
  const { confidence, convention = "cum", estimator = "exact" } = request;
  const wrong = wrongTailRequest(losses, request, convention, estimator);
  if (wrong !== undefined) return wrong;
  const n = losses.length;
  const p = tailProbability(confidence);
  const weights = unequal(request.weights) ? request.weights : undefined;
  const ascending = ascendingLosses(losses);
  const ranked = rankedTail(losses, ascending, p, weights);
  const rankOf = (rule: QuantileConvention): TailRank => valueAtRiskRank(ranked, rule, n, confidence);
  const at = rankOf(convention);
  const valueAtRisk = lossAt(at, ranked);
  const shortfallShares = (): TailShares => {
    switch (estimator) {
      case "exact":
        return sharesOfWorst(ranked);
      case "kworst":
        return sharesOfWorst(ranked, weightToRank(ranked, weights !== undefined));
      case "weak":
        return sharesWhere(ranked, (loss) => loss >= valueAtRisk);
      case "strict": {
        const limit = rankOf("type7");
        const beyond = sharesWhere(ranked, (loss) => loss > lossAt(limit, ranked));
        return beyond.scenarios.length > 0 ? beyond : sharesAtRank(limit, ranked);
      }
    }
  };
  const expectedShortfallShares = shortfallShares();
  return success({
    ...{ confidence, tailProbability: p, convention, estimator, valueAtRisk },
    expectedShortfall: combinedLoss(expectedShortfallShares, losses),
    observations: n,
    effectiveObservations: weights === undefined ? n : effectiveSampleSize(weights),
    rank: at.worse,
    ...{ valueAtRiskShares: sharesAtRank(at, ranked), expectedShortfallShares },
  });
}

/** The worst losses that a rule can reach: one rank more than the tail holds, whole groups of equal losses. */
function rankedTail(
  losses: Float64Array,
  ascending: Float64Array,
  p: number,
  weights: Float64Array | undefined,
): RankedLosses {
  const n = losses.length;
  const target = weights === undefined ? tailCount(n, p) : p;
  for (let count = Math.ceil(n * p) + 2; ; count *= 2) {
    const worst = worstLosses(losses, ascending, count);
    const own = Float64Array.from(worst.scenarios, (scenario) => weights?.[scenario] ?? 1);
    const cumulated = runningSum(own);
    const reached = (cumulated[cumulated.length - 2] ?? 0) > target + 1e-9;
    if (weights === undefined || reached || worst.scenarios.length === n) {
      return { ...worst, weights: own, cumulated, target };
    }
  }
}

/** Weight up to the rank of `cum`; with unequal weights up to the last scenario tied with it, lest the order of the tied decide. */
function weightToRank(ranked: RankedLosses, wholeTie: boolean): number | undefined {
  let rank = cumulativeRank(ranked);
  while (wholeTie && ranked.losses[rank] === ranked.losses[rank - 1]) rank += 1;
  return ranked.cumulated[rank - 1];
}

function runningSum(values: Float64Array): Float64Array {
  let total = 0;
  return values.map((value) => {
    total += value;
    return total;
  });
}

/** The loss itself at one rank, so that it can be compared with the losses. */
function lossAt({ worse, milder, milderShare }: TailRank, { losses }: RankedLosses): number {
  const worst = losses[worse - 1] ?? 0;
  const least = losses[milder - 1] ?? 0;
  return milderShare === 0 || worst === least ? worst : (1 - milderShare) * worst + milderShare * least;
}
