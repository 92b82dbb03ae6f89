import {
  type ChangeOptions,
  defaultChangeOptions,
  largestChange,
  type MarginChange,
  marginChanges,
} from "./margin-change.ts";
import { lastMonths, type MarginSeries } from "./margin-series.ts";

/** The largest change over some rows within a window of months. */
export interface ResponsivenessFigure {
  /** h, rows. */
  readonly rows: number;
  readonly months: number;
  /** Absent when the window holds no two margins h rows apart. */
  readonly largest?: MarginChange;
  /** Changes compared. */
  readonly changes: number;
  /** Whether the series reaches back over the whole window. */
  readonly complete: boolean;
}

/** How margin of a fixed portfolio responded: largest rises over 1 and 20 rows within 3 and 12 months. */
export interface Responsiveness {
  readonly figures: readonly ResponsivenessFigure[];
  readonly options: ChangeOptions;
  /** Last row of the windows, UTC ms. */
  readonly asOfMs: number;
}

/**
 * The responsiveness report: four numbers, largest change over 1 and 20 rows in the last 3 and 12 months.
 *
 *     L_h(W) = max over t in W of C_h(t)
 *
 * @param series fixed portfolio, at least one row
 * @param options readings the proposal leaves open; by default relative rises, the earlier margin allowed before the window
 * @source CPMI-IOSCO consultation d232 (6 May 2026), proposed disclosure item 6.9; the exact formula was not final
 */
export function responsiveness(series: MarginSeries, options: ChangeOptions = defaultChangeOptions): Responsiveness {
  const figures = [3, 12].flatMap((months) =>
    [1, 20].map((rows) => {
      const changes = marginChanges(series, rows, months, options);
      const largest = largestChange(changes, options);
      const { complete } = lastMonths(series.timesMs, months);
      return { rows, months, changes: changes.length, complete, ...(largest !== undefined && { largest }) };
    }),
  );
  return { figures, options, asOfMs: series.timesMs.at(-1) ?? 0 };
}

/**
 * Response to volatility over the same rows: relative change of margin over relative change of a volatility index.
 *
 * @param volatilities index at the rows of the series, > 0; same length
 * @param rows h ≥ 1
 * @returns one ratio a row whose volatility changed, in time order; margins before must be above 0
 */
export function volatilityResponse(
  series: MarginSeries,
  volatilities: readonly number[],
  rows: number,
): readonly { readonly toMs: number; readonly ratio: number }[] {
  return series.timesMs.slice(rows).flatMap((toMs, at) => {
    const [from = 0, to = 0, calm = 0, now = 0] = [
      ...[series.margins[at], series.margins[at + rows], volatilities[at], volatilities[at + rows]],
    ];
    if (!(from > 0 && calm > 0) || now === calm) return [];
    return [{ toMs, ratio: (to / from - 1) / (now / calm - 1) }];
  });
}
