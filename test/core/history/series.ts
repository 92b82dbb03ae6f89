import { msPerDay } from "../../../core/base/index.ts";
import type { Series } from "../../../core/history/index.ts";

/** Instant of a day, or of `2026-01-01T09:00Z`. */
export const at = (text: string): number => Date.parse(text);

/** A daily series that begins on a day; `undefined` values are days without an observation. */
export function daily(
  factor: string,
  from: string,
  values: readonly (number | undefined)[],
  changes: Partial<Series> = {},
): Series {
  const kept = values.flatMap((value, place) =>
    value === undefined ? [] : [{ ms: at(from) + place * msPerDay, value }],
  );
  return {
    ...{ factor, kind: "price", underlying: factor.split(":")[1] ?? "", unit: "USD", change: "relative" },
    ...{
      calendar: "every-day",
      source: "test",
      timesMs: kept.map(({ ms }) => ms),
      values: kept.map(({ value }) => value),
    },
    ...changes,
  };
}
