import { DomainError, failed, power, type Result, success, sum } from "../base/index.ts";

/**
 * Equal weights.
 *
 *     wᵢ = 1/n
 *
 * @param observations n; ≥ 1
 * @returns one a scenario, summing to 1
 * @throws DomainError if there is no observation
 */
export function equalWeights(observations: number): Float64Array {
  if (!(observations >= 1)) throw new DomainError("weights need at least one observation", observations);
  return new Float64Array(observations).fill(1 / observations);
}

/**
 * Weights that decay with age, for scenarios in time order, oldest first.
 *
 *     w(a) = λ^(a−1)·(1−λ) / (1−λⁿ),   a = 1 for the last scenario, n for the first;   1/n at λ = 1
 *
 * @param observations n; ≥ 1
 * @param lambda       λ, decay a step, typically 0.98 to 0.995; in (0, 1]
 * @returns one a scenario, oldest first, summing to 1
 * @throws DomainError if λ or n is outside its bound
 * @source J. Boudoukh, M. Richardson, R. Whitelaw, The Best of Both Worlds, Risk 11 (1998) 64–67
 */
export function ageWeights(observations: number, lambda: number): Float64Array {
  if (!(lambda > 0 && lambda <= 1)) throw new DomainError("decay must be above 0 and at most 1", lambda);
  if (lambda === 1) return equalWeights(observations);
  if (!(observations >= 1)) throw new DomainError("weights need at least one observation", observations);
  const newest = (1 - lambda) / (1 - power(lambda, observations));
  return Float64Array.from({ length: observations }, (_, index) => newest * power(lambda, observations - 1 - index));
}

/**
 * Weights in which the stressed observations count for at least a given share: option (b) of article 28 of EU 153/2013 inside the sample.
 * Weights that already give them that much stay as they are.
 *
 *     wᵢ = share·bᵢ/B for stressed i,   (1−share)·bᵢ/(1−B) for the others,   B = Σ bᵢ over the stressed
 *
 * @param base     b, weights before; ≥ 0, summing to 1
 * @param stressed 1 for a stressed observation, 0 for any other; as long as `base`
 * @param share    least weight of the stressed together; in [0, 1], 0.25 in the regulation
 * @returns one a scenario, summing to 1; a Failure when no observation is stressed or the stressed have no weight
 * @throws DomainError if the share or a length is outside its bound
 * @source Commission Delegated Regulation (EU) 153/2013, article 28(1)(b)
 */
export function stressedWeights(base: Float64Array, stressed: ArrayLike<number>, share = 0.25): Result<Float64Array> {
  if (!(share >= 0 && share <= 1)) throw new DomainError("share of the stressed must be from 0 to 1", share);
  if (stressed.length !== base.length) throw new DomainError("one mark a scenario is expected", stressed.length);
  const before = sum(base.map((weight, index) => ((stressed[index] ?? 0) > 0 ? weight : 0)));
  if (before >= share) return success(base.slice());
  if (before <= 0) {
    return failed(
      "missing-data",
      `no stressed observation has a weight; found ${base.length} observations without one`,
    );
  }
  const inside = share / before;
  const outside = (1 - share) / (1 - before);
  return success(base.map((weight, index) => weight * ((stressed[index] ?? 0) > 0 ? inside : outside)));
}

/**
 * Number of equally weighted observations with the same sum of squared weights.
 *
 *     n_eff = (Σw)² / Σw²
 *
 * @param weights ≥ 0, at least one > 0
 * @returns from 1 to n
 * @throws DomainError if no weight is above 0
 */
export function effectiveSampleSize(weights: Float64Array): number {
  const total = sum(weights);
  if (!(total > 0)) throw new DomainError("effective sample size needs a weight above 0", total);
  return (total * total) / sum(weights.map((weight) => weight * weight));
}
