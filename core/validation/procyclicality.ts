import { DomainError, sum } from "../base/index.ts";
import { quantile } from "../measure/index.ts";
import {
  type ChangeOptions,
  defaultChangeOptions,
  largestChange,
  type MarginChange,
  marginChanges,
} from "./margin-change.ts";
import { lastMonths, type MarginSeries } from "./margin-series.ts";

/** Largest rise over some rows, beside the size that one change in a hundred exceeds. */
export interface RiseFigure {
  readonly rows: number;
  readonly largest?: MarginChange;
  /** 99th percentile of the changes, by the measure of the options; absent without a change. */
  readonly percentile99?: number;
  /** Largest absolute rise by notional, where a notional is given. */
  readonly perNotional?: number;
}

/** How strongly margin of a fixed portfolio moves with the market, within a window. */
export interface Procyclicality {
  /** Length of the window before the last row; absent: the whole series. */
  readonly months?: number;
  readonly complete: boolean;
  readonly rows: number;
  readonly mean: number;
  /** max m / min m; absent when the least margin is 0. */
  readonly peakToTrough?: number;
  /** max over s < t of m_t / m_s: the trough comes first; absent as above or below two rows. */
  readonly orderedPeakToTrough?: number;
  /** Standard deviation of daily log changes, n − 1 divisor; absent below three rows or with a margin of 0. */
  readonly stability?: number;
  readonly rises: readonly RiseFigure[];
}

/**
 * Procyclicality of a margin series: peak to trough, rises over 1, 5, 20 and 30 rows, stability.
 *
 *     peak-to-trough = max m_t / min m_t,   n-day = max_t (m_t / m_{t−n} − 1),   stability = sd of ln(m_t / m_{t−1})
 *
 * @param series fixed portfolio, at least one row
 * @param months window before the last row; absent: the whole series
 * @param settings readings of a change; notional for rises in currency by unit of notional, > 0
 * @source D. Murphy, M. Vasios, N. Vause, Bank of England Financial Stability Paper 29 (2014) and Staff Working Paper 597 (2016)
 */
export function procyclicality(
  series: MarginSeries,
  months?: number,
  { options = defaultChangeOptions, notional }: { options?: ChangeOptions; notional?: number } = {},
): Procyclicality {
  const { first, last, complete } = lastMonths(series.timesMs, months);
  const margins = series.margins.slice(first, last + 1);
  const least = margins.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = margins.reduce((a, b) => Math.max(a, b), 0);
  const positive = least > 0;
  const ordered = positive ? orderedRatio(margins) : undefined;
  const stability = positive ? logDeviation(margins) : undefined;
  return {
    ...(months !== undefined && { months }),
    ...{ complete, rows: margins.length, mean: sum(margins) / margins.length },
    ...(positive && { peakToTrough: greatest / least }),
    ...(ordered !== undefined && { orderedPeakToTrough: ordered }),
    ...(stability !== undefined && { stability }),
    rises: [1, 5, 20, 30].map((rows) => riseFigure(series, rows, months, options, notional)),
  };
}

/**
 * Price of an anti-procyclicality tool: mean margin with it over mean margin without, less one.
 *
 * @param mitigated   margins with the tool
 * @param unmitigated margins of the same portfolio on the same rows without it
 * @returns fraction; > 0 when the tool costs margin on average
 * @throws DomainError when the lengths differ or the unmitigated margins are all 0
 */
export function toolCost(mitigated: readonly number[], unmitigated: readonly number[]): number {
  if (mitigated.length !== unmitigated.length)
    throw new DomainError("both series must have one length", unmitigated.length);
  const without = sum(unmitigated);
  if (!(without > 0)) throw new DomainError("unmitigated margins must not all be 0", without);
  return sum(mitigated) / without - 1;
}

function riseFigure(
  series: MarginSeries,
  rows: number,
  months: number | undefined,
  options: ChangeOptions,
  notional: number | undefined,
): RiseFigure {
  const changes = marginChanges(series, rows, months, options);
  const largest = largestChange(changes, options);
  if (largest === undefined) return { rows };
  const sizes = changes.map(({ relative = 0, absolute }) => (options.measure === "relative" ? relative : absolute));
  const sorted = Float64Array.from(sizes, (size) => (options.falls ? Math.abs(size) : size)).sort();
  const perNotional = notional === undefined ? {} : { perNotional: largestAbsolute(changes) / notional };
  return { rows, largest, percentile99: quantile(sorted, 0.99), ...perNotional };
}

function largestAbsolute(changes: readonly MarginChange[]): number {
  return changes.reduce((largest, { absolute }) => Math.max(largest, absolute), Number.NEGATIVE_INFINITY);
}

function orderedRatio(margins: readonly number[]): number | undefined {
  let least = margins[0] ?? 0;
  let ratio: number | undefined;
  for (const margin of margins.slice(1)) {
    ratio = Math.max(ratio ?? 0, margin / least);
    least = Math.min(least, margin);
  }
  return ratio;
}

function logDeviation(margins: readonly number[]): number | undefined {
  const changes = margins.slice(1).map((margin, at) => Math.log(margin / (margins[at] ?? 1)));
  if (changes.length < 2) return undefined;
  const mean = sum(changes) / changes.length;
  return Math.sqrt(sum(changes.map((change) => (change - mean) ** 2)) / (changes.length - 1));
}
