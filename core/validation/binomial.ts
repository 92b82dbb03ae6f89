import { DomainError, sum } from "../base/index.ts";
import { deviance, stirlingError } from "../measure/index.ts";

/**
 * Probability of exactly k exceptions in T independent observations.
 *
 *     b(k; T, p) = T! / (k! (T − k)!) · p^k · (1 − p)^(T − k)
 *
 * @param k whole number, 0 ≤ k ≤ T
 * @param trials T, whole number ≥ 0
 * @param p probability of one exception, 0 < p < 1
 * @returns in [0, 1]
 * @throws DomainError if an argument is outside its bound
 * @source C. Loader, Fast and accurate computation of binomial probabilities (2000)
 */
export function binomialProbability(k: number, trials: number, p: number): number {
  if (!(Number.isInteger(trials) && trials >= 0)) throw new DomainError("trials must be whole, 0 or more", trials);
  if (!(Number.isInteger(k) && k >= 0 && k <= trials)) throw new DomainError(`k must be whole, 0 to ${trials}`, k);
  if (!(p > 0 && p < 1)) throw new DomainError("p must lie between 0 and 1", p);
  if (k === 0) return Math.exp(trials * Math.log1p(-p));
  if (k === trials) return Math.exp(trials * Math.log(p));
  const rest = trials - k;
  const corrections = stirlingError(trials) - stirlingError(k) - stirlingError(rest);
  const exponent = corrections - deviance(k, trials * p) - deviance(rest, trials * (1 - p));
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * k * rest));
}

/**
 * Probability of at most k exceptions.
 *
 * @returns P(X ≤ k); 0 for k < 0, 1 for k ≥ T
 * @throws DomainError as `binomialProbability`
 */
export function binomialAtMost(k: number, trials: number, p: number): number {
  if (k < 0) return 0;
  return k >= trials ? 1 : Math.min(1, tailFrom(k, -1, trials, p));
}

/**
 * Probability of at least k exceptions, with relative accuracy however small it is.
 *
 * @returns P(X ≥ k); 1 for k ≤ 0, 0 for k > T
 * @throws DomainError as `binomialProbability`
 */
export function binomialAtLeast(k: number, trials: number, p: number): number {
  if (k <= 0) return 1;
  return k > trials ? 0 : Math.min(1, tailFrom(k, 1, trials, p));
}

/** Sum of probabilities from k outward; beyond the mean, terms that no longer change the sum end it. */
function tailFrom(k: number, step: 1 | -1, trials: number, p: number): number {
  const terms: number[] = [];
  let total = 0;
  for (let at = k; at >= 0 && at <= trials; at += step) {
    const term = binomialProbability(at, trials, p);
    terms.push(term);
    total += term;
    if (step * (at - trials * p) > 0 && term < 1e-18 * total) break;
  }
  return sum(terms);
}
