import { DomainError } from "../../base/index.ts";
import { deviance, stirlingError } from "./gamma-function.ts";
import { gammaTails } from "./incomplete-gamma.ts";

function check(mean: number): void {
  if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY)) throw new DomainError("a mean must be at least 0", mean);
}

/**
 * Probability of k events of a Poisson distribution.
 *
 *     e^{−m}·m^k / k!
 *
 * @param count k; an integer ≥ 0
 * @param mean  m; ≥ 0
 * @returns in [0, 1]
 * @throws DomainError if the mean is outside its bound
 * @source C. Loader, Fast and accurate computation of binomial probabilities (2000)
 */
export function poissonProbability(count: number, mean: number): number {
  check(mean);
  if (mean === 0) return count === 0 ? 1 : 0;
  if (count === 0) return Math.exp(-mean);
  return Math.exp(-stirlingError(count) - deviance(count, mean)) / Math.sqrt(2 * Math.PI * count);
}

/**
 * Distribution function of a Poisson distribution.
 *
 *     P(N ≤ k) = Q(k + 1, m)
 *
 * @param count k; an integer ≥ 0
 * @param mean  m; ≥ 0
 * @returns in [0, 1]
 * @throws DomainError if the mean is outside its bound
 */
export function poissonCdf(count: number, mean: number): number {
  check(mean);
  return gammaTails(count + 1, mean).upper;
}

/**
 * Quantile of a Poisson distribution: the smallest k with P(N ≤ k) ≥ p, by adding probabilities from 0.
 *
 * @param p    probability; in [0, 1)
 * @param mean m; ≥ 0; meant for at most a few hundred (jumps of one horizon)
 * @returns an integer ≥ 0
 * @throws DomainError if p or the mean is outside its bound
 */
export function poissonQuantile(p: number, mean: number): number {
  check(mean);
  if (!(p >= 0 && p < 1)) throw new DomainError("a probability must be at least 0 and below 1", p);
  if (mean > 500) throw new DomainError("a mean of at most 500 events is expected", mean);
  let count = 0;
  let probability = Math.exp(-mean);
  let total = probability;
  while (total < p && probability > 0) {
    count += 1;
    probability *= mean / count;
    total += probability;
  }
  return count;
}
