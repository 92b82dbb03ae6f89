import { DomainError, failed, isoDate, msPerDay, type Result, success } from "../base/index.ts";
import { isWeekend } from "./carried-days.ts";
import { type DailyValues, dailyValues } from "./daily.ts";
import type { Calendar, ChangeType, Series } from "./history.ts";
import { type DroppedWindow, windowsOf } from "./windows.ts";

export interface ChangeRequest {
  /** Default: what the series states. */
  readonly change?: ChangeType;
  /** Windows begin at or after this instant, UTC milliseconds. */
  readonly fromMs?: number;
  /** Windows end at or before this instant. */
  readonly toMs?: number;
  /** Days of a window, counted by the calendar; whole, ≥ 1; default 1. */
  readonly horizonDays?: number;
  /** Default: overlapping. */
  readonly windows?: "overlapping" | "nonoverlapping";
  /** Which observation of a day counts: the one nearest to this time after midnight UTC; default: the last. */
  readonly timeOfDayMs?: number;
}

/** A day that some series observed and others did not; left out of all. */
export interface DroppedDay {
  readonly dayMs: number;
  /** Factors without an observation on it. */
  readonly missing: readonly string[];
}

/** Changes of several factors over the same windows. */
export interface JointChanges {
  readonly factors: readonly string[];
  readonly changes: readonly ChangeType[];
  readonly calendar: Calendar;
  /** Days on which the windows begin and end, UTC midnight. */
  readonly fromMs: readonly number[];
  readonly toMs: readonly number[];
  /** Factor-major: the change of factor f in window i is `values[f * fromMs.length + i]`. */
  readonly values: Float64Array;
  readonly droppedDays: readonly DroppedDay[];
  readonly droppedWindows: readonly DroppedWindow[];
}

/** Changes of one factor. */
export interface Changes extends Omit<JointChanges, "factors" | "changes" | "droppedDays"> {
  readonly factor: string;
  readonly change: ChangeType;
}

/**
 * The change over a window: relative P₁/P₀ − 1, log ln(P₁/P₀), absolute P₁ − P₀.
 *
 * @param before P₀; > 0 unless absolute
 * @param after  P₁; > 0 unless absolute
 */
export function changeBetween(change: ChangeType, before: number, after: number): number {
  if (change === "absolute") return after - before;
  return change === "log" ? Math.log(after / before) : after / before - 1;
}

/**
 * Changes of a series over windows of a horizon: what a historical simulation replays.
 *
 * @returns the changes with every window that was dropped and why; `invalid-input` with the date for a value that is not above 0 under
 *          relative or log changes
 * @throws DomainError for a horizon that is no whole number of days above 0
 * @source resources/docs/history.md, "Changes"
 */
export function changesOf(series: Series, request: ChangeRequest = {}): Result<Changes> {
  const joint = jointChangesOf([series], request);
  if (!joint.ok) return joint;
  const { factors: _factors, changes: _changes, droppedDays: _droppedDays, ...rest } = joint.value;
  return success({ ...rest, factor: series.factor, change: request.change ?? series.change });
}

/**
 * Changes of several factors over the same windows. Days that one of them lacks are left out of all (listwise) and listed; nothing is
 * filled in. The windows follow the sparsest calendar: with a weekday series the others' changes run from Friday to Monday too.
 *
 * @param all     at least one series
 * @param request as for `changesOf`; `changes` sets the change of single factors
 * @returns as `changesOf`
 * @throws DomainError as `changesOf`, and without a series
 */
export function jointChangesOf(
  all: readonly Series[],
  request: ChangeRequest & { readonly changes?: Readonly<Record<string, ChangeType>> } = {},
): Result<JointChanges> {
  const { horizonDays = 1, windows = "overlapping", timeOfDayMs } = request;
  if (!Number.isInteger(horizonDays) || horizonDays < 1)
    throw new DomainError("a horizon is a whole number of days above 0", horizonDays);
  const calendar = jointCalendar(all);
  const daily = all.map((series) => dailyWithin(dailyValues(series, timeOfDayMs), request));
  const { days, droppedDays } = commonDays(all, daily);
  const breakDays = all.flatMap(({ breaksMs = [] }) => breaksMs.map((ms) => Math.floor(ms / msPerDay)));
  const { places, dropped } = windowsOf(days, { calendar, horizonDays, windows, breakDays });

  const count = places.length;
  const values = new Float64Array(all.length * count);
  const changes = all.map(({ factor, change }) => request.changes?.[factor] ?? request.change ?? change);
  for (const [row, series] of all.entries()) {
    const change = changes[row] ?? series.change;
    const own = daily[row];
    if (own === undefined) continue;
    const byDay = new Map(own.days.map((day, place) => [day, own.values[place] ?? Number.NaN]));
    const levels = Float64Array.from(days, (day) => byDay.get(day) ?? Number.NaN);
    for (const [column, [from, to]] of places.entries()) {
      const [before, after] = [levels[from] ?? Number.NaN, levels[to] ?? Number.NaN];
      if (change !== "absolute" && !(before > 0 && after > 0))
        return notPositive(series, change, before > 0 ? [days[to], after] : [days[from], before]);
      values[row * count + column] = changeBetween(change, before, after);
    }
  }
  const dayMs = (place: number): number => (days[place] ?? Number.NaN) * msPerDay;
  return success({
    factors: all.map(({ factor }) => factor),
    changes,
    calendar,
    fromMs: places.map(([from]) => dayMs(from)),
    toMs: places.map(([, to]) => dayMs(to)),
    values,
    droppedDays,
    droppedWindows: dropped,
  });
}

function notPositive(series: Series, change: ChangeType, [day = 0, value]: readonly [number | undefined, number]) {
  const date = isoDate(day * msPerDay);
  return failed(
    "invalid-input",
    `${series.factor} is ${value} on ${date}: ${change} changes need values above 0; choose absolute changes for it`,
    `${series.factor} ${date}`,
  );
}

/** The sparsest of several calendars. */
function jointCalendar(all: readonly Series[]): Calendar {
  const order: readonly Calendar[] = ["as-observed", "weekdays", "every-day"];
  const found = order.find((calendar) => all.some((series) => series.calendar === calendar));
  if (found === undefined) throw new DomainError("changes are taken of at least one series", all.length);
  return found;
}

function dailyWithin(daily: DailyValues, { fromMs, toMs }: ChangeRequest): DailyValues {
  const kept = daily.days.flatMap((_, place) => {
    const ms = daily.timesMs[place] ?? Number.NaN;
    return ms >= (fromMs ?? Number.NEGATIVE_INFINITY) && ms <= (toMs ?? Number.POSITIVE_INFINITY) ? [place] : [];
  });
  const of = (list: readonly number[]) => kept.map((place) => list[place] ?? Number.NaN);
  return { days: of(daily.days), timesMs: of(daily.timesMs), values: of(daily.values) };
}

/** Days that every series observed; days between the latest beginning and the earliest end that only some did. */
function commonDays(
  all: readonly Series[],
  daily: readonly DailyValues[],
): { readonly days: readonly number[]; readonly droppedDays: readonly DroppedDay[] } {
  const first = Math.max(...daily.map(({ days }) => days[0] ?? Number.POSITIVE_INFINITY));
  const last = Math.min(...daily.map(({ days }) => days.at(-1) ?? Number.NEGATIVE_INFINITY));
  const observed = daily.map(({ days }) => new Set(days));
  const union = [...new Set(daily.flatMap(({ days }) => days))].sort((a, b) => a - b);
  const weekdaysOnly = (place: number) => all[place]?.calendar === "weekdays";
  const days: number[] = [];
  const droppedDays: DroppedDay[] = [];
  for (const day of union) {
    if (day < first || day > last) continue;
    const lacking = observed.flatMap((of, place) => (of.has(day) ? [] : [place]));
    if (lacking.length === 0) days.push(day);
    // A weekend that a weekday series does not have is nobody's gap.
    else if (!(isWeekend(day * msPerDay) && lacking.every(weekdaysOnly)))
      droppedDays.push({ dayMs: day * msPerDay, missing: lacking.map((place) => all[place]?.factor ?? "") });
  }
  return { days, droppedDays };
}
