import { DomainError } from "../base/index.ts";
import { chiSquareQuantile, chiSquareUpperTail } from "../measure/index.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/**
 * n·ln(q) with 0·ln(0) = 0, as every likelihood of exceptions needs it.
 *
 * @param n count, ≥ 0
 * @param q probability in [0, 1]
 */
export function weightedLog(n: number, q: number): number {
  return n === 0 ? 0 : n * Math.log(q);
}

/**
 * Statistic of Kupiec's test on counts alone; see `kupiecProportion`.
 *
 * @param exceptions   0 to `observations`
 * @param observations > 0
 * @param p            promised probability of an exception, 0 < p < 1
 * @returns ≥ 0
 * @throws DomainError if a count is outside its bound
 */
export function proportionRatio(exceptions: number, observations: number, p: number): number {
  if (!(observations > 0)) throw new DomainError("observations must be above 0", observations);
  if (!(exceptions >= 0 && exceptions <= observations))
    throw new DomainError(`exceptions must be 0 to ${observations}`, exceptions);
  const rate = exceptions / observations;
  const quiet = observations - exceptions;
  const expected = weightedLog(quiet, 1 - p) + weightedLog(exceptions, p);
  const observed = weightedLog(quiet, 1 - rate) + weightedLog(exceptions, rate);
  return Math.max(0, -2 * (expected - observed));
}

/**
 * Kupiec's proportion-of-failures test: is the share of exceptions what the confidence promises?
 *
 *     LR = −2 [ (T − x) ln(1 − p) + x ln p − (T − x) ln(1 − x/T) − x ln(x/T) ]  ~  χ²₁,   0 ln 0 = 0
 *
 * Two-sided: too few exceptions reject as well, and the direction says which it is.
 *
 * @param exceptions x, whole number, 0 ≤ x ≤ T
 * @param observations T, whole number ≥ 1; independent, so not of overlapping periods
 * @param p probability of an exception, 0 < p < 1
 * @param level probability of rejecting a right model
 * @throws DomainError if a count is outside its bound
 * @source P. Kupiec, Techniques for verifying the accuracy of risk measurement models, J. Derivatives 3 (1995) 73–84
 */
export function kupiecProportion(exceptions: number, observations: number, p: number, level = 0.05): TestOutcome {
  const statistic = proportionRatio(exceptions, observations, p);
  const named = {
    id: "kupiec-pof",
    title: "Kupiec proportion of failures",
    distribution: "chi-square, 1 degree of freedom",
    level,
    sampleSize: observations,
    figures: { exceptions, expected: observations * p },
    ...directionOf(exceptions, observations * p),
  };
  return tested(named, statistic, chiSquareQuantile(1 - level, 1), chiSquareUpperTail(statistic, 1));
}

/**
 * Kupiec's time until first failure: did the first exception come at a likely time?
 *
 *     LR = −2 [ ln p + (v − 1) ln(1 − p) − ln(1/v) − (v − 1) ln(1 − 1/v) ]  ~  χ²₁
 *
 * @param hits 1 for an exception, 0 for none, in time order
 * @param p probability of an exception, 0 < p < 1
 * @returns not testable without an exception
 * @source as `kupiecProportion`
 */
export function kupiecFirstFailure(hits: readonly number[], p: number, level = 0.05): TestOutcome {
  const first = hits.indexOf(1) + 1;
  const named = {
    id: "kupiec-tuff",
    title: "Kupiec time until first failure",
    distribution: "chi-square, 1 degree of freedom",
    level,
    sampleSize: hits.length,
  };
  if (first === 0) return notTestable(named, "no exception: there is no first one");
  const expected = Math.log(p) + (first - 1) * Math.log1p(-p);
  const observed = -Math.log(first) + weightedLog(first - 1, 1 - 1 / first);
  const statistic = Math.max(0, -2 * (expected - observed));
  const figures = { firstException: first };
  const outcome = { ...named, figures, ...directionOf(1 / first, p) };
  return tested(outcome, statistic, chiSquareQuantile(1 - level, 1), chiSquareUpperTail(statistic, 1));
}

/** The side on which a count lies; none when it is what was expected. */
export function directionOf(found: number, expected: number): Pick<TestOutcome, "direction"> {
  if (found === expected) return {};
  return { direction: found > expected ? "too many exceptions" : "too few exceptions" };
}
