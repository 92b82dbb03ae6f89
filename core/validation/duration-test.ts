import { chiSquareQuantile, chiSquareUpperTail } from "../measure/index.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/** Shapes the estimate may take; beyond them the likelihood has no maximum that means anything. */
const shapes = { least: 0.02, greatest: 50 };

/**
 * Weibull duration test: are exceptions without memory, or do they come in clusters?
 *
 *     f(d) = a^b b d^(b−1) e^(−(a d)^b),   H0: b = 1,   LR = 2 (ln L(â, b̂) − ln L(â₁, 1))  ~  χ²₁
 *
 * Durations run from exception to exception; one before the first and one after the last are cut off, and enter by the
 * probability of lasting at least as long. A shape b below 1 means clusters. Both shapes are found by maximum likelihood.
 *
 * @param hits 1 or 0, in time order
 * @returns not testable below three exceptions
 * @source P. Christoffersen, D. Pelletier, Backtesting value-at-risk: a duration-based approach, J. Financial Econometrics 2 (2004) 84–108
 */
export function durationTest(hits: readonly number[], level = 0.05): TestOutcome {
  const named = {
    id: "duration",
    title: "Duration between exceptions (Weibull)",
    distribution: "chi-square, 1 degree of freedom",
    level,
    sampleSize: hits.length,
  };
  const places = hits.flatMap((hit, at) => (hit === 1 ? [at] : []));
  const whole = places.slice(1).map((place, at) => place - (places[at] ?? 0));
  if (whole.length < 2) return notTestable(named, "fewer than three exceptions: no durations to compare");
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  const cut = [first, hits.length - 1 - last].filter((length) => length > 0);
  const shape = bestShape(whole, cut);
  if (shape === undefined) return notTestable(named, "the durations are equal: the likelihood has no maximum");
  const statistic = Math.max(0, 2 * (profileLikelihood(shape, whole, cut) - profileLikelihood(1, whole, cut)));
  const figures = { shape, rate: rateOf(shape, whole, cut), durations: whole.length, cutOff: cut.length };
  return tested({ ...named, figures }, statistic, chiSquareQuantile(1 - level, 1), chiSquareUpperTail(statistic, 1));
}

/** ln L at the best rate for a shape: n ln(n / S) + n ln b + (b − 1) Σ ln d − n, with S = Σ d^b over whole and cut durations. */
function profileLikelihood(shape: number, whole: readonly number[], cut: readonly number[]): number {
  const count = whole.length;
  const logs = whole.reduce((total, duration) => total + Math.log(duration), 0);
  return count * (Math.log(count) - logPowerSum(shape, [...whole, ...cut]) + Math.log(shape) - 1) + (shape - 1) * logs;
}

function rateOf(shape: number, whole: readonly number[], cut: readonly number[]): number {
  return Math.exp((Math.log(whole.length) - logPowerSum(shape, [...whole, ...cut])) / shape);
}

/** Root of the derivative of the profile likelihood, which falls in the shape; undefined when it does not change sign. */
function bestShape(whole: readonly number[], cut: readonly number[]): number | undefined {
  const all = [...whole, ...cut];
  const meanLog = whole.reduce((total, duration) => total + Math.log(duration), 0) / whole.length;
  const slope = (shape: number) => 1 / shape + meanLog - weightedMeanLog(shape, all);
  let { least, greatest } = shapes;
  if (slope(least) <= 0 || slope(greatest) >= 0) return undefined;
  for (let step = 0; step < 200; step += 1) {
    const middle = 0.5 * (least + greatest);
    if (middle === least || middle === greatest) break;
    if (slope(middle) > 0) least = middle;
    else greatest = middle;
  }
  return 0.5 * (least + greatest);
}

/** ln Σ d^b without overflow. */
function logPowerSum(shape: number, durations: readonly number[]): number {
  const top = Math.max(...durations);
  return shape * Math.log(top) + Math.log(durations.reduce((total, d) => total + (d / top) ** shape, 0));
}

/** Σ d^b ln d / Σ d^b. */
function weightedMeanLog(shape: number, durations: readonly number[]): number {
  const top = Math.max(...durations);
  let [above, below] = [0, 0];
  for (const duration of durations) {
    const weight = (duration / top) ** shape;
    above += weight * Math.log(duration);
    below += weight;
  }
  return above / below;
}
