import { isoInstant } from "../base/index.ts";
import type { CoverageSeries } from "../validation/index.ts";
import type { BacktestPoint, BacktestResult, MethodPoint } from "./backtest/index.ts";

/** What a validation takes of a backtest. */
export interface BacktestCoverage {
  /** One series a method, in USD. */
  readonly series: readonly CoverageSeries[];
  /** Markets, methods and positions that are missing from the series, in words. */
  readonly gaps: readonly string[];
}

/** Gaps named one by one; beyond these they are counted. */
const listedGaps = 30;

/**
 * Requirement of each method against the loss over the close-out period, as a validation takes them: a row a point that has both.
 *
 * @param result as `runBacktest` made it
 * @param confidence coverage the methods promise, fraction in (0, 1)
 * @param labels methods taken, in their order; default: all
 * @returns the horizon in rows is the largest number of points that begin within one close-out period
 */
export function backtestCoverage(
  result: BacktestResult,
  confidence: number,
  labels: readonly string[] = labelsOf(result),
): BacktestCoverage {
  const series = labels.map((label) => seriesOf(result, label, confidence));
  const gaps = [
    ...result.skipped.map(({ asOfMs, reason }) => `${isoInstant(asOfMs)}: market not used: ${reason}`),
    ...result.points.flatMap((point) => gapsOf(point, labels)),
  ];
  const more = gaps.length - listedGaps;
  return { series, gaps: more > 0 ? [...gaps.slice(0, listedGaps), `and ${more} more`] : gaps };
}

function labelsOf({ points }: BacktestResult): readonly string[] {
  const labels = points.flatMap(({ methods, gaps }) => [...methods, ...gaps].map(({ label }) => label));
  return [...new Set(labels)];
}

interface Row {
  readonly point: BacktestPoint;
  readonly exposure: NonNullable<BacktestPoint["exposure"]>;
  readonly method: MethodPoint;
}

function seriesOf({ points, synthetic }: BacktestResult, label: string, confidence: number): CoverageSeries {
  const rows = points.flatMap((point): readonly Row[] => {
    const method = point.methods.find((one) => one.label === label);
    const { exposure } = point;
    return method === undefined || exposure === undefined ? [] : [{ point, exposure, method }];
  });
  const valueAtRisk = complete(rows.map(({ method }) => method.valueAtRiskUsd));
  const shortfall = complete(rows.map(({ method }) => method.expectedShortfallUsd));
  const forecastConfidence = rows[0]?.method.forecastConfidence;
  return {
    ...{ label, unit: "USD", confidence, horizon: horizonOf(rows), synthetic },
    timesMs: rows.map(({ point }) => point.asOfMs),
    losses: rows.map(({ exposure }) => exposure.lossUsd),
    margins: rows.map(({ method }) => method.initialUsd),
    // nothing was held before the first point, so nothing was paid at it
    variationMargins: rows.map(({ point }) => -(point.profitUsd ?? 0) || 0),
    drivers: rows.map(({ exposure }) => exposure.drivers.map(({ symbol }) => symbol).join(", ")),
    ...(valueAtRisk !== undefined && { valueAtRisk }),
    ...(forecastConfidence !== undefined && { forecastConfidence }),
    ...(shortfall?.every((value) => value > 0) === true && { expectedShortfall: shortfall }),
  };
}

function complete(values: readonly (number | undefined)[]): readonly number[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length && known.length > 0 ? known : undefined;
}

function horizonOf(rows: readonly Row[]): number {
  const within = rows.map(({ exposure }, at) => {
    const end = rows.findIndex(({ point }, later) => later > at && point.asOfMs >= exposure.toMs);
    return (end < 0 ? at + 1 : end) - at;
  });
  return Math.max(1, ...within);
}

function gapsOf({ asOfMs, gaps, exposure }: BacktestPoint, labels: readonly string[]): readonly string[] {
  const at = isoInstant(asOfMs);
  const own = gaps
    .filter(({ label }) => labels.includes(label))
    .map(({ label, reason }) => `${at}: ${label}: ${reason}`);
  if (exposure === undefined) return [...own, `${at}: no market at the end of the close-out period`];
  if (exposure.unvalued.length === 0) return own;
  return [...own, `${at}: left out of the loss, without a value: ${exposure.unvalued.join(", ")}`];
}
