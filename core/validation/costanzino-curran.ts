import { DomainError, normalCdf } from "../base/index.ts";
import { normalQuantile } from "../measure/index.ts";
import { binomialProbability } from "./binomial.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/** Above this many expected exceptions the normal distribution is as good as the exact one, which takes too long. */
const mostExpected = 100;

/** Probabilities of the sum at which the zones of Costanzino and Curran begin. */
const [yellowFrom, redFrom] = [0.95, 0.9999];

/**
 * Sum of the severities of Costanzino and Curran's test.
 *
 *     S = Σ max(1 − u_t / p, 0)
 *
 * @param tailProbabilities u, probability under the forecast of a loss above the one that came; in [0, 1]
 * @param p tail probability, 0 < p < 1
 * @returns in [0, T]
 */
export function severitySum(tailProbabilities: readonly number[], p: number): number {
  return tailProbabilities.reduce((total, u) => total + Math.max(1 - u / p, 0), 0);
}

/**
 * Mean and variance of the sum when the model is right: T p/2 and T p (4 − 3p)/12.
 *
 * @param observations T, ≥ 1
 * @param p            tail probability, 0 < p < 1
 */
export function severityMoments(observations: number, p: number): { readonly mean: number; readonly variance: number } {
  return { mean: (observations * p) / 2, variance: (observations * p * (4 - 3 * p)) / 12 };
}

/**
 * Costanzino and Curran's test of expected shortfall, one-sided against losses larger than forecast.
 *
 *     Z = (S/T − p/2) / √(p (4 − 3p) / (12 T))  ~  N(0, 1)
 *
 * @param tailProbabilities u of each row, in [0, 1]
 * @param p tail probability, 0 < p < 1
 * @returns figures: the sum, and up to 100 expected exceptions the exact probability of a sum at least as large
 * @source N. Costanzino, M. Curran, Backtesting general spectral risk measures, J. Risk Model Validation 9 (2015); A simple traffic light approach, Risks 6 (2018) 2
 */
export function costanzinoCurran(tailProbabilities: readonly number[], p: number, level = 0.05): TestOutcome {
  const observations = tailProbabilities.length;
  const named = {
    id: "costanzino-curran",
    title: "Costanzino-Curran expected shortfall",
    distribution: "standard normal, upper tail",
    level,
    sampleSize: observations,
  };
  if (observations === 0) return notTestable(named, "no rows");
  const sum = severitySum(tailProbabilities, p);
  const { mean, variance } = severityMoments(observations, p);
  const statistic = (sum - mean) / Math.sqrt(variance);
  const direction = statistic > 0 ? ("losses too large" as const) : ("losses too small" as const);
  const outcome = { ...named, direction, figures: { sum, mean, variance } };
  if (observations * p > mostExpected)
    return tested(outcome, statistic, normalQuantile(1 - level), normalCdf(-statistic));
  const exact = severityNull(observations, p).atLeast(sum);
  const zone = exact > 1 - yellowFrom ? "green" : exact > 1 - redFrom ? "yellow" : "red";
  const remarks = [`zone by the exact distribution of the sum: ${zone}`];
  const figures = { ...outcome.figures, exactPValue: exact };
  return tested({ ...outcome, figures, remarks }, statistic, normalQuantile(1 - level), normalCdf(-statistic));
}

/** Exact distribution of the sum when the model is right. */
export interface SeverityNull {
  /** P(S ≥ s). */
  readonly atLeast: (sum: number) => number;
  /** Least s with P(S ≤ s) ≥ q. */
  readonly quantile: (q: number) => number;
}

/** Grid steps a unit of the sum. */
const perUnit = 128;

/**
 * Exact distribution of the sum: a binomial number of uniform variables.
 *
 * The distribution function of a sum of n uniforms is the mean of that of n − 1 over the unit interval before it; it is
 * integrated on a grid of 128 steps a unit (the integral of each step by the trapezium rule, error of a probability below 1e-5).
 *
 * @param observations T ≥ 1
 * @param p tail probability, 0 < p < 1
 * @throws DomainError if an argument is outside its bound
 */
export function severityNull(observations: number, p: number): SeverityNull {
  if (!(Number.isInteger(observations) && observations >= 1))
    throw new DomainError("observations must be whole, 1 or more", observations);
  const { mean, variance } = severityMoments(observations, p);
  const end = Math.ceil(Math.min(observations, mean + 12 * Math.sqrt(variance) + 6));
  const size = end * perUnit + 1;
  const mixture = new Float64Array(size);
  let one = new Float64Array(size).fill(1);
  for (let n = 0; n <= observations; n += 1) {
    const weight = binomialProbability(n, observations, p);
    for (let at = 0; at < size; at += 1) mixture[at] = (mixture[at] ?? 0) + weight * (one[at] ?? 0);
    if (n > observations * p && weight < 1e-15) break;
    one = withOneMore(one);
  }
  const at = (sum: number) => {
    const place = Math.min(Math.max(sum, 0) * perUnit, size - 1);
    const low = Math.floor(place);
    const below = mixture[low] ?? 1;
    return below + (place - low) * ((mixture[low + 1] ?? below) - below);
  };
  return {
    atLeast: (sum) => (sum <= 0 ? 1 : Math.min(1, Math.max(0, 1 - at(sum)))),
    quantile(q) {
      const place = mixture.findIndex((value) => value >= q);
      if (place <= 0) return place < 0 ? end : 0;
      const [below, above] = [mixture[place - 1] ?? 0, mixture[place] ?? 1];
      return (place - (above - q) / (above - below)) / perUnit;
    },
  };
}

/** Distribution function of a sum with one more uniform variable: the integral over the unit interval before each point. */
function withOneMore(distribution: Float64Array): Float64Array<ArrayBuffer> {
  const integral = new Float64Array(distribution.length);
  for (let at = 1; at < distribution.length; at += 1)
    integral[at] = (integral[at - 1] ?? 0) + ((distribution[at - 1] ?? 0) + (distribution[at] ?? 0)) / (2 * perUnit);
  return integral.map((value, at) => Math.min(1, value - (integral[at - perUnit] ?? 0)));
}
