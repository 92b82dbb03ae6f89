import { type Failure, failure, isoDate, isoInstant, msPerDay } from "../base/index.ts";
import { withoutCarried } from "./carried-days.ts";
import { gapsOf, observedCalendar, wordedGaps } from "./gaps.ts";
import type { Calendar, Series } from "./history.ts";

/** One observation as a file states it. */
export interface StatedObservation {
  readonly timeMs: number;
  readonly value: number;
  /** `btc.csv:17`. */
  readonly at: string;
}

/** What a series is, before its observations; the calendar is found from them when absent. */
export type SeriesHead = Omit<Series, "timesMs" | "values" | "calendar" | "breaksMs"> & {
  readonly calendar?: Calendar;
  readonly breaksMs?: readonly number[];
};

export interface BuiltSeries {
  readonly series: Series;
  /** Repeated and contradicting rows, carried days that were dropped, gaps, values that limit the changes. */
  readonly warnings: readonly Failure[];
}

/**
 * A series from observations in any order. Times end up strictly ascending: a repeated row counts once, of two values at one time the
 * later row stands. Prices that are carried over weekends and holidays are dropped. Nothing is filled in.
 *
 * @param head         what is observed
 * @param observations at least one
 */
export function buildSeries(head: SeriesHead, observations: readonly StatedObservation[]): BuiltSeries {
  const { factor } = head;
  const warnings: Failure[] = [];
  const warn = (message: string, at?: string) => warnings.push(failure("invalid-input", `${factor}: ${message}`, at));

  const sorted = [...observations].sort((a, b) => a.timeMs - b.timeMs);
  const { kept, repeated, contradicted } = withoutDuplicates(sorted);
  const [firstRepeated] = repeated;
  if (firstRepeated !== undefined)
    warn(`${countOf(repeated.length, "repeated observation")} counted once, first ${placed(firstRepeated)}`);
  for (const { earlier, later } of contradicted.slice(0, listed))
    warn(
      `two values at ${isoInstant(later.timeMs)}: ${earlier.value} and ${later.value}; the later row stands`,
      later.at,
    );
  if (contradicted.length > listed) warn(`${contradicted.length - listed} more times have two values`);

  const { observed, carried } = head.kind === "price" ? withoutCarried(kept) : { observed: kept, carried: [] };
  const [firstCarried, lastCarried] = [carried[0], carried.at(-1)];
  if (firstCarried !== undefined && lastCarried !== undefined) {
    const span = `${isoDate(firstCarried.timeMs)} to ${isoDate(lastCarried.timeMs)}`;
    warn(`${countOf(carried.length, "value")} carried over weekends and holidays left out, ${span}: not observations`);
  }

  const nonPositive = observed.filter(({ value }) => value <= 0);
  const [firstNonPositive] = nonPositive;
  if (firstNonPositive !== undefined && head.change !== "absolute") {
    const count = countOf(nonPositive.length, "value");
    const rule = `${head.change} changes need values above 0, absolute ones do not`;
    warn(`${count} not above 0, first ${firstNonPositive.value} ${placed(firstNonPositive)}; ${rule}`);
  }

  const timesMs = observed.map(({ timeMs }) => timeMs);
  const calendar = head.calendar ?? observedCalendar(timesMs);
  const gaps = gapsOf(timesMs, calendar);
  if (gaps.length > 0) warnings.push(failure("missing-data", `${factor}: ${wordedGaps(gaps)}`, factor));
  return { series: { ...head, calendar, timesMs, values: observed.map(({ value }) => value) }, warnings };
}

/** Contradictions named one by one; beyond these they are counted. */
const listed = 10;

interface Contradiction {
  readonly earlier: StatedObservation;
  readonly later: StatedObservation;
}

function withoutDuplicates(sorted: readonly StatedObservation[]) {
  const kept: StatedObservation[] = [];
  const repeated: StatedObservation[] = [];
  const contradicted: Contradiction[] = [];
  for (const observation of sorted) {
    const earlier = kept.at(-1);
    if (earlier?.timeMs !== observation.timeMs) {
      kept.push(observation);
    } else if (earlier.value === observation.value) {
      repeated.push(observation);
    } else {
      contradicted.push({ earlier, later: observation });
      kept[kept.length - 1] = observation;
    }
  }
  return { kept, repeated, contradicted };
}

function countOf(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} is` : `${count} ${noun}s are`;
}

function placed({ timeMs, at }: StatedObservation): string {
  return timeMs % msPerDay === msPerDay - 1 ? `on ${isoDate(timeMs)} (${at})` : `at ${isoInstant(timeMs)} (${at})`;
}
