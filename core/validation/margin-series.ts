/** Requirement of one fixed portfolio through time. */
export interface MarginSeries {
  readonly label: string;
  /** Currency of the margins, or `fraction of notional`. */
  readonly unit: string;
  /** UTC ms, strictly ascending; a row is a business day of the market. */
  readonly timesMs: readonly number[];
  /** ≥ 0. */
  readonly margins: readonly number[];
  readonly synthetic?: boolean;
}

/** First and last row of a stretch of a series, from 0; `last` belongs to it. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
  /** Whether the series reaches back to the beginning of the stretch. */
  readonly complete: boolean;
}

/**
 * Rows of the last months of a series.
 *
 * @param timesMs UTC ms, ascending, at least one
 * @param months calendar months before the last row, ≥ 1; absent: the whole series
 * @returns the rows after the same day that many months earlier (the end of a shorter month stands for its missing days)
 */
export function lastMonths(timesMs: readonly number[], months?: number): RowRange {
  const last = timesMs.length - 1;
  if (months === undefined) return { first: 0, last, complete: true };
  const from = monthsBefore(timesMs[last] ?? 0, months);
  const first = timesMs.findIndex((time) => time > from);
  return { first, last, complete: (timesMs[0] ?? 0) <= from };
}

/** The instant that many calendar months earlier, UTC. */
export function monthsBefore(ms: number, months: number): number {
  const date = new Date(ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months];
  const daysOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), daysOfMonth)) + (ms % 86_400_000);
}
