import { msPerDay } from "../base/index.ts";
import type { Series } from "./history.ts";

/** One observation a day of a series. */
export interface DailyValues {
  /** Day numbers (UTC milliseconds over a day), strictly ascending. */
  readonly days: readonly number[];
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
}

/**
 * One observation a UTC day: the last of each, or the one nearest to a time of day, so that a panel with four snapshots on some days
 * gives changes of about equal length.
 *
 * @param timeOfDayMs milliseconds after midnight UTC; default: the last observation of the day
 */
export function dailyValues({ timesMs, values }: Series, timeOfDayMs?: number): DailyValues {
  const days: number[] = [];
  const kept: number[] = [];
  for (const [place, ms] of timesMs.entries()) {
    const day = Math.floor(ms / msPerDay);
    const before = kept.at(-1);
    if (days.at(-1) !== day || before === undefined) {
      days.push(day);
      kept.push(place);
      continue;
    }
    const wanted = day * msPerDay + (timeOfDayMs ?? msPerDay);
    const distance = (at: number) => Math.abs((timesMs[at] ?? 0) - wanted);
    if (distance(place) < distance(before)) kept[kept.length - 1] = place;
  }
  return {
    days,
    timesMs: kept.map((place) => timesMs[place] ?? Number.NaN),
    values: kept.map((place) => values[place] ?? Number.NaN),
  };
}
