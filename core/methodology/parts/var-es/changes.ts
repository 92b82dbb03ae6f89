import { isoDate, msPerDay, type Result, success } from "../../../base/index.ts";
import {
  type ChangeType,
  countUpTo,
  type History,
  jointChangesOf,
  type Series,
  seriesOf,
} from "../../../history/index.ts";
import type { VarEsRules } from "./rules.ts";

/** Changes of factors, all over the same windows, oldest first. */
export interface Changes {
  /** ISO days on which each change begins and ends. */
  readonly from: readonly string[];
  readonly days: readonly string[];
  /** Factor -> change of each window. */
  readonly byFactor: ReadonlyMap<string, Float64Array>;
  readonly kindOf: ReadonlyMap<string, ChangeType>;
  /** ISO days left out because some factor was not observed. */
  readonly dropped: readonly string[];
}

/** The kind of change of a factor under the rules. */
function changeKind(factor: string, { shocks }: VarEsRules): ChangeType {
  return factor.startsWith("price:") ? shocks.price : shocks.volatilityChange;
}

/**
 * Daily changes of factors over all days on which every one of them was observed.
 *
 * @param factors names in the history; each must be in it
 * @param newest  how many of the newest are asked for; default: all. More may come, never fewer than there are
 * @returns a failure naming the day of a price that has no such change
 */
export function dailyChanges(
  history: History,
  factors: readonly string[],
  rules: VarEsRules,
  newest = Number.POSITIVE_INFINITY,
): Result<Changes> {
  const series = factors.flatMap((factor) => seriesOf(history, factor) ?? []);
  const lastMs = Math.min(...series.map(({ timesMs }) => timesMs.at(-1) ?? Number.POSITIVE_INFINITY));
  const recent = changesSince(series, lastMs - (calendarDays * newest + spareDays) * msPerDay, rules);
  const enough = !recent.ok || recent.value.days.length >= newest;
  return enough ? recent : changesSince(series, Number.NEGATIVE_INFINITY, rules);
}

/** Calendar days that hold a change, more than a week of five needs, and spare ones for gaps. */
const calendarDays = 1.5;
const spareDays = 60;

function changesSince(series: readonly Series[], fromMs: number, rules: VarEsRules): Result<Changes> {
  const kinds = Object.fromEntries(series.map(({ factor }) => [factor, changeKind(factor, rules)]));
  const joint = jointChangesOf(
    series.map((whole) => since(whole, fromMs)),
    { changes: kinds },
  );
  if (!joint.ok) return joint;
  const { toMs, values, droppedDays } = joint.value;
  return success({
    from: joint.value.fromMs.map(isoDate),
    days: toMs.map(isoDate),
    byFactor: new Map(
      joint.value.factors.map((factor, at) => [factor, values.slice(at * toMs.length, (at + 1) * toMs.length)]),
    ),
    kindOf: new Map(Object.entries(kinds)),
    dropped: droppedDays.map(({ dayMs }) => isoDate(dayMs)),
  });
}

/** The end of a series: observations from the day of an instant on. */
function since(series: Series, fromMs: number): Series {
  const first = countUpTo(series.timesMs, Math.floor(fromMs / msPerDay) * msPerDay - 1);
  if (first === 0) return series;
  return { ...series, timesMs: series.timesMs.slice(first), values: series.values.slice(first) };
}

/** Some of the changes, by place. */
export function chosenChanges(changes: Changes, places: readonly number[]): Changes {
  const of = (days: readonly string[]): string[] => places.map((place) => days[place] ?? "");
  return {
    ...changes,
    from: of(changes.from),
    days: of(changes.days),
    byFactor: new Map(
      [...changes.byFactor].map(([factor, values]) => [
        factor,
        Float64Array.from(places, (place) => values[place] ?? Number.NaN),
      ]),
    ),
  };
}

/**
 * Changes over several days from daily ones: windows that end every `step` changes, the last with the newest; windows
 * across days that are missing are left out.
 *
 *     relative ∏(1 + r) − 1,   log and absolute Σ r
 */
export function overWindows(daily: Changes, length: number, step: number): Changes {
  const { from, days, byFactor, kindOf } = daily;
  const count = Math.max(0, Math.floor((days.length - length) / step) + 1);
  const starts = Array.from({ length: count }, (_, i) => days.length - length - (count - 1 - i) * step).filter(
    (start) => {
      for (let i = start + 1; i < start + length; i++) if (from[i] !== days[i - 1]) return false;
      return true;
    },
  );
  const added = (values: Float64Array, start: number, kind: ChangeType | undefined): number => {
    let total = kind === "relative" ? 1 : 0;
    for (let i = start; i < start + length; i++) {
      const change = values[i] ?? Number.NaN;
      total = kind === "relative" ? total * (1 + change) : total + change;
    }
    return kind === "relative" ? total - 1 : total;
  };
  return {
    ...daily,
    from: starts.map((start) => from[start] ?? ""),
    days: starts.map((start) => days[start + length - 1] ?? ""),
    byFactor: new Map(
      [...byFactor].map(([factor, values]) => [
        factor,
        Float64Array.from(starts, (start) => added(values, start, kindOf.get(factor))),
      ]),
    ),
  };
}
