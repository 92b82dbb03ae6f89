import { power } from "../base/index.ts";
import { chiSquareQuantile, chiSquareUpperTail, randomStream } from "../measure/index.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/** Shapes the estimate may take; beyond them the likelihood has no maximum that means anything. */
const shapes = { least: 0.02, greatest: 50 };

/** Above this many durations the chi-square distribution is good enough, and simulating takes long. */
const mostSimulated = 200;

/**
 * Weibull duration test: are exceptions without memory, or do they come in clusters?
 *
 *     f(d) = a^b b d^(b−1) e^(−(a d)^b),   H0: b = 1,   LR = 2 (ln L(â, b̂) − ln L(â₁, 1))  ~  χ²₁
 *
 * Durations run from exception to exception; one before the first and one after the last are cut off, and enter by the
 * probability of lasting at least as long. A shape b below 1 means clusters. Both shapes are found by maximum likelihood.
 * Durations of whole rows are not quite exponential, and χ² rejects a right model twice too often: up to 200 durations the p-value
 * is that of simulated independent exceptions of the observed share, as the authors do.
 *
 * @param hits 1 or 0, in time order
 * @param settings number of simulated series, seed
 * @returns not testable below three exceptions; figures: shape, rate and the p-value of χ²
 * @source P. Christoffersen, D. Pelletier, Backtesting value-at-risk: a duration-based approach, J. Financial Econometrics 2 (2004) 84–108
 */
export function durationTest(
  hits: readonly number[],
  level = 0.05,
  { draws = 999, seed = 1 }: { draws?: number; seed?: number } = {},
): TestOutcome {
  const named = { id: "duration", title: "Duration between exceptions (Weibull)", level, sampleSize: hits.length };
  const chiSquare = "chi-square, 1 degree of freedom";
  const durations = durationsOf(hits);
  if (durations === undefined)
    return notTestable({ ...named, distribution: chiSquare }, "fewer than three exceptions: no durations to compare");
  const found = likelihoodRatio(durations);
  if (found === undefined)
    return notTestable({ ...named, distribution: chiSquare }, "the durations are equal: the likelihood has no maximum");
  const { statistic, shape } = found;
  const { whole, cut } = durations;
  const byChiSquare = chiSquareUpperTail(statistic, 1);
  const estimates = { shape, rate: rateOf(shape, whole, cut), durations: whole.length, cutOff: cut.length };
  const figures = { ...estimates, byChiSquare };
  if (whole.length > mostSimulated)
    return tested(
      { ...named, distribution: chiSquare, figures },
      statistic,
      chiSquareQuantile(1 - level, 1),
      byChiSquare,
    );
  const ratios = simulatedRatios(hits, draws, seed);
  const atLeast = ratios.reduce((count, ratio) => count + (ratio >= statistic ? 1 : 0), 0);
  const distribution = `${ratios.length} series of independent exceptions, seed ${seed}`;
  const critical = ratios[Math.ceil((1 - level) * (ratios.length + 1)) - 1] ?? Number.MAX_VALUE;
  const outcome = { ...named, distribution, figures: { ...figures, draws: ratios.length, seed } };
  return tested(outcome, statistic, critical, (1 + atLeast) / (1 + ratios.length));
}

interface Durations {
  /** From exception to exception, rows. */
  readonly whole: readonly number[];
  /** Before the first and after the last exception, where there are rows. */
  readonly cut: readonly number[];
}

function durationsOf(hits: readonly number[]): Durations | undefined {
  const places = hits.flatMap((hit, at) => (hit === 1 ? [at] : []));
  const whole = places.slice(1).map((place, at) => place - (places[at] ?? 0));
  if (whole.length < 2) return undefined;
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  return { whole, cut: [first, hits.length - 1 - last].filter((length) => length > 0) };
}

function likelihoodRatio({
  whole,
  cut,
}: Durations): { readonly statistic: number; readonly shape: number } | undefined {
  const shape = bestShape(whole, cut);
  if (shape === undefined) return undefined;
  const gain = profileLikelihood(shape, whole, cut) - profileLikelihood(1, whole, cut);
  return { statistic: Math.max(0, 2 * gain), shape };
}

/** Ratios of series as long, with independent exceptions of the same share, ascending; series without a ratio are left out. */
function simulatedRatios(hits: readonly number[], draws: number, seed: number): readonly number[] {
  const share = hits.reduce((total, hit) => total + hit, 0) / hits.length;
  const { nextOpen } = randomStream(seed);
  const ratios = Array.from({ length: draws }, () => {
    const durations = durationsOf(hits.map(() => (nextOpen() < share ? 1 : 0)));
    return durations === undefined ? undefined : likelihoodRatio(durations)?.statistic;
  });
  return ratios.filter((ratio) => ratio !== undefined).sort((a, b) => a - b);
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

/** Root of the derivative of the profile likelihood, which falls in the shape, by Newton's steps kept inside a bracket; undefined when it does not change sign. */
function bestShape(whole: readonly number[], cut: readonly number[]): number | undefined {
  const logs = [...whole, ...cut].map(Math.log);
  const most = logs.reduce((greater, log) => Math.max(greater, log), 0);
  const meanLog = logs.slice(0, whole.length).reduce((total, log) => total + log, 0) / whole.length;
  const slope = (shape: number): readonly [value: number, derivative: number] => {
    let [weights, first, second] = [0, 0, 0];
    for (const log of logs) {
      const weight = Math.exp(shape * (log - most));
      weights += weight;
      first += weight * log;
      second += weight * log * log;
    }
    const mean = first / weights;
    return [1 / shape + meanLog - mean, -1 / shape ** 2 - (second / weights - mean * mean)];
  };
  let { least, greatest } = shapes;
  if (slope(least)[0] <= 0 || slope(greatest)[0] >= 0) return undefined;
  let shape = 1;
  for (let step = 0; step < 100; step += 1) {
    const [value, derivative] = slope(shape);
    if (value > 0) least = shape;
    else greatest = shape;
    const next = shape - value / derivative;
    const inside = next > least && next < greatest ? next : 0.5 * (least + greatest);
    if (Math.abs(inside - shape) <= 1e-13 * shape) return inside;
    shape = inside;
  }
  return shape;
}

/** ln Σ d^b without overflow. */
function logPowerSum(shape: number, durations: readonly number[]): number {
  const top = durations.reduce((most, duration) => Math.max(most, duration), 0);
  return shape * Math.log(top) + Math.log(durations.reduce((total, d) => total + power(d / top, shape), 0));
}
