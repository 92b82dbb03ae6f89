import { gapsOf } from "./gaps.ts";
import type { Calendar, ChangeType, FactorKind, History } from "./history.ts";

/** What a history knows of one factor. */
export interface SeriesCoverage {
  readonly factor: string;
  readonly kind: FactorKind;
  readonly underlying: string;
  readonly unit: string;
  readonly change: ChangeType;
  readonly calendar: Calendar;
  readonly source: string;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly observations: number;
  /** Expected days without a value, and the runs they form. */
  readonly missingDays: number;
  readonly gaps: number;
  /** Values that are not above 0. */
  readonly notPositive: number;
  readonly least: number;
  readonly largest: number;
  /** Joins of sources. */
  readonly breaks: number;
  /** What the import or a merge said of it: repeated and contradicting rows, days left out. */
  readonly warnings: readonly string[];
}

/** Coverage of each series, in their order. */
export function coverageOf({ series, warnings }: History): readonly SeriesCoverage[] {
  return series.map((of) => {
    const { factor, kind, underlying, unit, change, calendar, source, timesMs, values, breaksMs = [] } = of;
    const gaps = gapsOf(timesMs, calendar);
    return {
      ...{ factor, kind, underlying, unit, change, calendar, source },
      firstMs: timesMs[0] ?? 0,
      lastMs: timesMs.at(-1) ?? 0,
      observations: timesMs.length,
      missingDays: gaps.reduce((sum, { days }) => sum + days, 0),
      gaps: gaps.length,
      notPositive: values.filter((value) => value <= 0).length,
      // `Math.min(...values)` would pass each value as an argument, and there may be too many
      least: values.reduce((least, value) => Math.min(least, value), Number.MAX_VALUE),
      largest: values.reduce((largest, value) => Math.max(largest, value), -Number.MAX_VALUE),
      breaks: breaksMs.length,
      warnings: warnings.flatMap(({ message }) => (message.startsWith(`${factor}: `) ? [message] : [])),
    };
  });
}
