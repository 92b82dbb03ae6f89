import { DomainError } from "../base/index.ts";
import { lastMonths, type MarginSeries } from "./margin-series.ts";

/** The readings of "largest change of margin" that the texts leave open. */
export interface ChangeOptions {
  /** Relative to the earlier margin, or in its currency. Decides which change is the largest; both are reported. */
  readonly measure: "relative" | "absolute";
  /** Whether falls count as well, by size. */
  readonly falls: boolean;
  /** Whether the earlier margin may lie before the window. */
  readonly fromBefore: boolean;
}

/** Relative rises, the earlier margin allowed before the window. */
export const defaultChangeOptions: ChangeOptions = { measure: "relative", falls: false, fromBefore: true };

/** A change of margin over some rows. */
export interface MarginChange {
  /** h, rows between the two margins. */
  readonly rows: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly from: number;
  readonly to: number;
  /** to/from − 1; absent when the earlier margin is 0. */
  readonly relative?: number;
  /** to − from, unit of the series. */
  readonly absolute: number;
}

/**
 * Changes of margin over h rows whose later row lies in a window.
 *
 *     C_h(t) = IM(t) / IM(t − h) − 1,   defined when IM(t − h) > 0
 *
 * @param series fixed portfolio; times ascending
 * @param rows   h, whole number ≥ 1
 * @param months length of the window before the last row; absent: the whole series
 * @returns in time order; with the measure `relative` only those that are defined
 * @throws DomainError if h is not a whole number ≥ 1
 */
export function marginChanges(
  series: MarginSeries,
  rows: number,
  months?: number,
  options: ChangeOptions = defaultChangeOptions,
): readonly MarginChange[] {
  if (!(Number.isInteger(rows) && rows >= 1)) throw new DomainError("rows must be whole, 1 or more", rows);
  const { timesMs, margins } = series;
  const { first, last } = lastMonths(timesMs, months);
  const changes: MarginChange[] = [];
  for (let row = Math.max(first, options.fromBefore ? rows : first + rows); row <= last; row += 1) {
    const [from, to] = [margins[row - rows] ?? 0, margins[row] ?? 0];
    if (options.measure === "relative" && !(from > 0)) continue;
    changes.push({
      ...{ rows, fromMs: timesMs[row - rows] ?? 0, toMs: timesMs[row] ?? 0, from, to, absolute: to - from },
      ...(from > 0 && { relative: to / from - 1 }),
    });
  }
  return changes;
}

/**
 * The largest of some changes; the earlier one of two equal.
 *
 * @returns undefined when there is none
 */
export function largestChange(
  changes: readonly MarginChange[],
  { measure, falls }: ChangeOptions = defaultChangeOptions,
): MarginChange | undefined {
  const sizeOf = (change: MarginChange) => {
    const size = (measure === "relative" ? change.relative : change.absolute) ?? Number.NEGATIVE_INFINITY;
    return falls ? Math.abs(size) : size;
  };
  return changes.reduce<MarginChange | undefined>(
    (largest, change) => (largest === undefined || sizeOf(change) > sizeOf(largest) ? change : largest),
    undefined,
  );
}
