import { normalCdf } from "../base/index.ts";
import { normalQuantile } from "../measure/index.ts";
import { binomialAtLeast, binomialAtMost } from "./binomial.ts";
import { directionOf } from "./kupiec.ts";
import { type TestOutcome, tested } from "./test-outcome.ts";

/**
 * Binomial test in its normal approximation, two-sided.
 *
 *     z = (x − pT) / √(p (1 − p) T)
 *
 * @param exceptions x, 0 ≤ x ≤ T
 * @param observations T ≥ 1
 * @param p probability of an exception, 0 < p < 1
 * @source P. Jorion, Value at Risk, 3rd edition (2007), chapter 6
 */
export function binomialScore(exceptions: number, observations: number, p: number, level = 0.05): TestOutcome {
  const statistic = (exceptions - p * observations) / Math.sqrt(p * (1 - p) * observations);
  const named = {
    id: "binomial-z",
    title: "Binomial, normal approximation",
    distribution: "standard normal, two-sided",
    level,
    sampleSize: observations,
    remarks: observations * p < 10 ? ["fewer than 10 exceptions expected: read the exact test instead"] : [],
    ...directionOf(exceptions, p * observations),
  };
  return tested(named, statistic, normalQuantile(1 - level / 2), 2 * normalCdf(-Math.abs(statistic)));
}

/**
 * Exact binomial test, two-sided by doubling the smaller tail.
 *
 *     p-value = min(1, 2 min(P(X ≤ x), P(X ≥ x)))
 *
 * @param exceptions x, 0 ≤ x ≤ T
 * @param observations T ≥ 1
 * @param p probability of an exception, 0 < p < 1
 * @returns statistic is x; the critical value is the least count above pT that rejects
 */
export function binomialExact(exceptions: number, observations: number, p: number, level = 0.05): TestOutcome {
  const [atMost, atLeast] = [binomialAtMost(exceptions, observations, p), binomialAtLeast(exceptions, observations, p)];
  let critical = Math.ceil(p * observations);
  while (critical <= observations && 2 * binomialAtLeast(critical, observations, p) >= level) critical += 1;
  const named = {
    id: "binomial-exact",
    title: "Binomial, exact",
    distribution: `binomial, ${observations} trials, two-sided`,
    level,
    sampleSize: observations,
    figures: { atMost, atLeast },
    ...directionOf(exceptions, p * observations),
  };
  return tested(named, exceptions, critical, Math.min(1, 2 * Math.min(atMost, atLeast)));
}
