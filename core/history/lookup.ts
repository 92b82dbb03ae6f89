import type { History, Series } from "./history.ts";

/** The series of a factor; `undefined` when the history has none. */
export function seriesOf(history: History | undefined, factor: string): Series | undefined {
  return history?.series.find((series) => series.factor === factor);
}

/**
 * Number of observations at or before an instant: the place after the last of them.
 *
 * @param timesMs strictly ascending, UTC milliseconds
 */
export function countUpTo(timesMs: readonly number[], ms: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesMs[middle] ?? Number.POSITIVE_INFINITY) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Observation {
  readonly timeMs: number;
  readonly value: number;
}

/** The latest observation at or before an instant; `undefined` when the series begins later. */
export function latestAt({ timesMs, values }: Series, ms: number): Observation | undefined {
  const place = countUpTo(timesMs, ms) - 1;
  const [timeMs, value] = [timesMs[place], values[place]];
  return timeMs === undefined || value === undefined ? undefined : { timeMs, value };
}

const latestCut = new WeakMap<History, { readonly asOfMs: number; readonly cut: History }>();

/**
 * What of a history was known at an instant: observations after it are left out, series without any left too.
 *
 * Series that end earlier stay the same objects, so that what was computed of them can be kept.
 *
 * @param asOfMs UTC milliseconds
 */
export function historyUpTo(history: History, asOfMs: number): History {
  const known = latestCut.get(history);
  if (known?.asOfMs === asOfMs) return known.cut;
  const series = history.series.flatMap((whole) => {
    const count = countUpTo(whole.timesMs, asOfMs);
    if (count === 0) return [];
    return count === whole.timesMs.length ? [whole] : [cutTo(whole, count, asOfMs)];
  });
  const cut = { ...history, series };
  latestCut.set(history, { asOfMs, cut });
  return cut;
}

function cutTo(series: Series, count: number, asOfMs: number): Series {
  const { timesMs, values, breaksMs } = series;
  return {
    ...series,
    timesMs: timesMs.slice(0, count),
    values: values.slice(0, count),
    ...(breaksMs === undefined ? {} : { breaksMs: breaksMs.filter((ms) => ms <= asOfMs) }),
  };
}
