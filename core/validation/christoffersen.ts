import { chiSquareQuantile, chiSquareUpperTail } from "../measure/index.ts";
import { proportionRatio, weightedLog } from "./kupiec.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/** Number of steps from state to state in a series of hits: `n01` from none to an exception. */
export interface Transitions {
  readonly n00: number;
  readonly n01: number;
  readonly n10: number;
  readonly n11: number;
}

/** Counts the T − 1 steps between neighbours. */
export function transitionsOf(hits: readonly number[]): Transitions {
  const counts = [0, 0, 0, 0];
  for (let t = 1; t < hits.length; t += 1) {
    const place = 2 * (hits[t - 1] ?? 0) + (hits[t] ?? 0);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const [n00 = 0, n01 = 0, n10 = 0, n11 = 0] = counts;
  return { n00, n01, n10, n11 };
}

/** Statistic of Christoffersen's test of independence on counts alone; undefined ratios count as zero. */
export function independenceRatio({ n00, n01, n10, n11 }: Transitions): number {
  const share = (hit: number, none: number) => (hit + none === 0 ? 0 : hit / (hit + none));
  const [from0, from1, either] = [share(n01, n00), share(n11, n10), share(n01 + n11, n00 + n10)];
  const together = weightedLog(n00 + n10, 1 - either) + weightedLog(n01 + n11, either);
  const apart =
    weightedLog(n00, 1 - from0) + weightedLog(n01, from0) + weightedLog(n10, 1 - from1) + weightedLog(n11, from1);
  return Math.max(0, -2 * (together - apart));
}

/**
 * Christoffersen's test of independence: does an exception make one on the next row more likely?
 *
 *     LR = −2 [ (n00 + n10) ln(1 − π) + (n01 + n11) ln π − n00 ln(1 − π01) − n01 ln π01 − n10 ln(1 − π11) − n11 ln π11 ]  ~  χ²₁
 *
 * @param transitions counts of the T − 1 steps
 * @returns not testable without a step that begins at an exception, or when every step does
 * @source P. Christoffersen, Evaluating interval forecasts, International Economic Review 39 (1998) 841–862
 */
export function christoffersenIndependence(transitions: Transitions, level = 0.05): TestOutcome {
  const { n00, n01, n10, n11 } = transitions;
  const named = {
    id: "christoffersen-independence",
    title: "Christoffersen independence",
    distribution: "chi-square, 1 degree of freedom",
    level,
    sampleSize: n00 + n01 + n10 + n11,
    figures: { n00, n01, n10, n11 },
  };
  if (n10 + n11 === 0) return notTestable(named, "no exception before the last row: independence untestable");
  if (n00 + n01 === 0) return notTestable(named, "every row before the last is an exception: independence untestable");
  const statistic = independenceRatio(transitions);
  const figures = { ...named.figures, afterNone: n01 / (n00 + n01), afterException: n11 / (n10 + n11) };
  return tested({ ...named, figures }, statistic, chiSquareQuantile(1 - level, 1), chiSquareUpperTail(statistic, 1));
}

/**
 * Christoffersen's conditional coverage: right share of exceptions, and independent ones.
 *
 *     LR = LR_pof + LR_ind  ~  χ²₂
 *
 * The first term uses all T rows, the second the T − 1 steps, as MathWorks' varbacktest does.
 *
 * @param exceptions x among all rows
 * @param observations T ≥ 2
 * @param p probability of an exception, 0 < p < 1
 * @returns not testable where independence is not
 * @source as `christoffersenIndependence`
 */
export function conditionalCoverage(
  exceptions: number,
  observations: number,
  p: number,
  transitions: Transitions,
  level = 0.05,
): TestOutcome {
  const named = {
    id: "conditional-coverage",
    title: "Christoffersen conditional coverage",
    distribution: "chi-square, 2 degrees of freedom",
    level,
    sampleSize: observations,
  };
  const independence = christoffersenIndependence(transitions, level);
  if (independence.statistic === undefined) return notTestable(named, independence.remarks[0] ?? "");
  const proportion = proportionRatio(exceptions, observations, p);
  const statistic = proportion + independence.statistic;
  const figures = { proportion, independence: independence.statistic };
  return tested({ ...named, figures }, statistic, chiSquareQuantile(1 - level, 2), chiSquareUpperTail(statistic, 2));
}
