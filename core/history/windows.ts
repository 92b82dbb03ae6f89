import { msPerDay } from "../base/index.ts";
import { longestClosure, missingDays } from "./gaps.ts";
import type { Calendar } from "./history.ts";

export interface WindowRequest {
  readonly calendar: Calendar;
  /** Days from the beginning of a window to its end, counted by the calendar; whole, ≥ 1. */
  readonly horizonDays: number;
  readonly windows: "overlapping" | "nonoverlapping";
  /** Days from which values have another origin: no window contains the step to one. Ascending. */
  readonly breakDays?: readonly number[];
}

/** A window that gives no change, and why. */
export interface DroppedWindow {
  readonly fromMs: number;
  /** Day on which it would have ended. */
  readonly toMs: number;
  readonly reason: "no observation" | "hole" | "break";
}

export interface Windows {
  /** Places of beginning and end in `days`. */
  readonly places: readonly (readonly [number, number])[];
  readonly dropped: readonly DroppedWindow[];
}

/**
 * Windows of a horizon over observed days. Every-day: the end is `horizonDays` later, and a missing day drops the window. Weekdays: the
 * end is that many observed days later, up to four missing weekdays in a row count as holidays, a longer hole drops the window.
 * As observed: that many observations later. Windows that would end after the last day are none.
 *
 * @param days day numbers (UTC milliseconds over a day), strictly ascending
 */
export function windowsOf(days: readonly number[], request: WindowRequest): Windows {
  const { calendar, horizonDays, windows, breakDays = [] } = request;
  const placeOfDay = new Map(days.map((day, place) => [day, place]));
  const last = days.at(-1) ?? Number.NEGATIVE_INFINITY;
  const places: [number, number][] = [];
  const dropped: DroppedWindow[] = [];
  let from = 0;
  while (from < days.length) {
    const day = days[from] ?? Number.NaN;
    const endDay =
      calendar === "every-day" ? day + horizonDays : (days[from + horizonDays] ?? Number.POSITIVE_INFINITY);
    if (endDay > last) break;
    const to = placeOfDay.get(endDay);
    const reason = to === undefined ? "no observation" : obstacle(days, from, to, calendar, breakDays);
    if (to !== undefined && reason === undefined) places.push([from, to]);
    else dropped.push({ fromMs: day * msPerDay, toMs: endDay * msPerDay, reason: reason ?? "no observation" });
    from = windows === "nonoverlapping" && to !== undefined ? to : from + 1;
  }
  return { places, dropped };
}

function obstacle(
  days: readonly number[],
  from: number,
  to: number,
  calendar: Calendar,
  breakDays: readonly number[],
): "hole" | "break" | undefined {
  const [first, last] = [days[from] ?? 0, days[to] ?? 0];
  if (breakDays.some((day) => day > first && day <= last)) return "break";
  if (calendar !== "weekdays") return undefined;
  for (let place = from + 1; place <= to; place += 1)
    if (missingDays(days[place - 1] ?? 0, days[place] ?? 0, "weekdays") > longestClosure) return "hole";
  return undefined;
}
