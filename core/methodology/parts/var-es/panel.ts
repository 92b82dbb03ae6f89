import { isoDate } from "../../../base/index.ts";
import { type History, seriesOf } from "../../../history/index.ts";

/** Series of several factors on the days on which every one of them was observed. */
export interface Panel {
  /** ISO days, ascending. */
  readonly days: readonly string[];
  /** Factor -> value on each day. */
  readonly values: ReadonlyMap<string, Float64Array>;
  /** Days on which some factor but not all was observed: left out for every factor. */
  readonly dropped: readonly string[];
  /** True on days whose change from the day before crosses a break of a series. */
  readonly breaks: readonly boolean[];
}

const panels = new WeakMap<History, Map<string, Panel>>();

/**
 * The days on which all factors were observed, listwise: days before the first observation of the youngest factor and
 * after the last of the oldest are no gaps, all others are counted as dropped. Made once for each history.
 *
 * @param factors names in the history; each must be in it
 */
export function panelOf(history: History, factors: readonly string[]): Panel {
  const known = panels.get(history) ?? new Map<string, Panel>();
  panels.set(history, known);
  const key = factors.join(" ");
  const panel = known.get(key) ?? makePanel(history, factors);
  known.set(key, panel);
  return panel;
}

function makePanel(history: History, factors: readonly string[]): Panel {
  const all = factors.flatMap((factor) => seriesOf(history, factor) ?? []);
  const byDay = all.map(
    ({ timesMs, values }) => new Map(timesMs.map((ms, at) => [isoDate(ms), values[at] ?? Number.NaN])),
  );
  const usable = (day: string): boolean => byDay.every((values) => Number.isFinite(values.get(day)));
  const days = [...new Set(byDay.flatMap((values) => [...values.keys()]))].sort();
  const first = days.findIndex(usable);
  const last = days.length - 1 - [...days].reverse().findIndex(usable);
  const between = first < 0 ? [] : days.slice(first, last + 1);
  const kept = between.filter(usable);
  const breakDays = all.flatMap(({ breaksMs = [] }) => breaksMs.map(isoDate));
  return {
    days: kept,
    values: new Map(
      all.map(({ factor }, at) => [factor, Float64Array.from(kept, (day) => byDay[at]?.get(day) ?? Number.NaN)]),
    ),
    dropped: between.filter((day) => !usable(day)),
    breaks: kept.map((day, at) => breakDays.some((change) => change <= day && change > (kept[at - 1] ?? ""))),
  };
}
