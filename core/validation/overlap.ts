import { randomStream } from "../measure/index.ts";
import { type CoverageSeries, rowsOf } from "./coverage-series.ts";
import { directionOf } from "./kupiec.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/**
 * How likelihood tests are made when the close-out period is longer than a row.
 * `every-hth`: on rows h apart, whose periods do not overlap. `block-bootstrap`: on all rows, by resampling blocks of them.
 */
export type OverlapRule = "every-hth" | "block-bootstrap";

/** Rows whose close-out periods do not overlap: the first, and every h-th after it. */
export function apartRows(series: CoverageSeries): CoverageSeries {
  const { horizon, timesMs } = series;
  if (horizon === 1) return series;
  const rows = timesMs.flatMap((_, row) => (row % horizon === 0 ? [row] : []));
  return rowsOf(series, rows);
}

/** Length of a block: the close-out period, or the cube root of the sample where that is longer. */
export function blockLength(observations: number, horizon: number): number {
  return Math.min(observations, Math.max(horizon, Math.round(Math.cbrt(observations))));
}

/**
 * Test of the share of exceptions that allows neighbouring rows to depend on each other: a circular block bootstrap.
 *
 *     p-value = (1 + number of samples with |x* / T − x / T| ≥ |x / T − p|) / (1 + samples)
 *
 * Blocks of consecutive rows, the end joined to the beginning, are drawn with replacement until T rows are drawn; their share
 * of exceptions scatters around the observed one as the observed one does around the true one.
 *
 * @param hits 1 or 0, in time order
 * @param p probability of an exception, 0 < p < 1
 * @param settings block length in rows (≥ the close-out period), number of samples, seed
 * @returns not testable without an exception or without a row that has none
 * @source D. Politis, J. Romano, A circular block-resampling procedure for stationary data (1992)
 */
export function blockBootstrapCoverage(
  hits: readonly number[],
  p: number,
  { block, draws = 10_000, seed = 1, level = 0.05 }: { block: number; draws?: number; seed?: number; level?: number },
): TestOutcome {
  const count = hits.length;
  const exceptions = hits.reduce((total, hit) => total + hit, 0);
  const named = {
    id: "block-bootstrap-coverage",
    title: "Share of exceptions, block bootstrap",
    distribution: `${draws} samples of blocks of ${block} rows, seed ${seed}, two-sided`,
    level,
    sampleSize: count,
    figures: { exceptions, expected: count * p, block, draws, seed },
    ...directionOf(exceptions, count * p),
  };
  if (exceptions === 0 || exceptions === count)
    return notTestable(named, "all rows are alike: resampling them shows no scatter");
  const { nextBelow } = randomStream(seed);
  const deviations = new Float64Array(draws);
  // exceptions before each place of the series laid twice end to end, so that a block costs one subtraction
  const before = new Float64Array(2 * count + 1);
  for (let at = 0; at < 2 * count; at += 1) before[at + 1] = (before[at] ?? 0) + (hits[at % count] ?? 0);
  for (let draw = 0; draw < draws; draw += 1) {
    let found = 0;
    for (let filled = 0; filled < count; filled += block) {
      const from = nextBelow(count);
      found += (before[from + Math.min(block, count - filled)] ?? 0) - (before[from] ?? 0);
    }
    deviations[draw] = Math.abs(found - exceptions) / count;
  }
  const statistic = Math.abs(exceptions / count - p);
  const asFar = deviations.reduce((total, value) => total + (value >= statistic - 1e-12 ? 1 : 0), 0);
  const pValue = (1 + asFar) / (1 + draws);
  deviations.sort();
  const critical = deviations[Math.min(draws - 1, Math.ceil((1 - level) * draws))] ?? 0;
  return tested(named, statistic, critical, pValue);
}
