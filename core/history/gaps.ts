import { isoDate, msPerDay } from "../base/index.ts";
import { isWeekend } from "./carried-days.ts";
import type { Calendar } from "./history.ts";

/** Days without an expected observation, both ends missing. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  /** Expected days that are missing; > 0. */
  readonly days: number;
}

/** Weekdays in a row that a market may be shut, as after 2001-09-11: a longer hole is a gap. */
export const longestClosure = 4;

/**
 * Gaps of a series between its first and last day, UTC days. Every day is expected, or every weekday (where up to four in a row may be
 * holidays), or none.
 *
 * @param timesMs ascending
 * @returns gaps in order of time; bounds are the starts of days
 */
export function gapsOf(timesMs: readonly number[], calendar: Calendar): readonly Gap[] {
  if (calendar === "as-observed") return [];
  const gaps: Gap[] = [];
  for (let place = 1; place < timesMs.length; place += 1) {
    const before = Math.floor((timesMs[place - 1] ?? 0) / msPerDay);
    const after = Math.floor((timesMs[place] ?? 0) / msPerDay);
    const missing = missingDays(before, after, calendar);
    if (missing > (calendar === "weekdays" ? longestClosure : 0))
      gaps.push({ fromMs: (before + 1) * msPerDay, toMs: (after - 1) * msPerDay, days: missing });
  }
  return gaps;
}

/**
 * Expected days strictly between two days.
 *
 * @param before day number (UTC milliseconds over a day)
 * @param after  day number
 */
export function missingDays(before: number, after: number, calendar: Calendar): number {
  if (after - before <= 1) return 0;
  if (calendar === "every-day") return after - before - 1;
  let count = 0;
  for (let day = before + 1; day < after; day += 1) if (!isWeekend(day * msPerDay)) count += 1;
  return count;
}

/** Share of the days of a span that must be there for a calendar to be recognised. */
const recognisedShare = 0.85;

/** The calendar that the days of a series follow: nearly every day, nearly every weekday and no weekend, or none. */
export function observedCalendar(timesMs: readonly number[]): Calendar {
  const days = [...new Set(timesMs.map((ms) => Math.floor(ms / msPerDay)))];
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length < 5) return "as-observed";
  if (days.length >= recognisedShare * (last - first + 1)) return "every-day";
  const weekends = days.filter((day) => isWeekend(day * msPerDay)).length;
  const weekdays = missingDays(first - 1, last + 1, "weekdays");
  return weekends === 0 && days.length >= recognisedShare * weekdays ? "weekdays" : "as-observed";
}

/** Gaps named one by one; beyond these they are counted. */
const listed = 20;

/** `3 days missing: 2026-01-12, 2026-02-23, 2026-03-16`. */
export function wordedGaps(gaps: readonly Gap[]): string {
  const days = gaps.reduce((sum, gap) => sum + gap.days, 0);
  const named = gaps.slice(0, listed).map(({ fromMs, toMs }) => {
    const from = isoDate(fromMs);
    return toMs > fromMs ? `${from} to ${isoDate(toMs)}` : from;
  });
  const more = gaps.length > listed ? `, and ${gaps.length - listed} more gaps` : "";
  return `${days} ${days === 1 ? "day" : "days"} missing: ${named.join(", ")}${more}`;
}
