import { failed, type Result, success } from "../../../base/index.ts";
import { scaledToCurrent } from "../../../measure/index.ts";
import type { Changes } from "./changes.ts";
import { forecastVariances } from "./forecast-variances.ts";
import type { FilterRules } from "./simulation-rules.ts";

/**
 * Daily changes brought to today's volatility, each factor by its own filter and all of the same days.
 *
 * @returns changes and what to say of the filter; a failure of the filter with the factor named
 */
export function scaledChanges(
  changes: Changes,
  filter: FilterRules,
): Result<{ readonly changes: Changes; readonly notes: readonly string[] }> {
  if (filter.kind === "none" || filter.level === "book") return success({ changes, notes: [] });
  const byFactor = new Map<string, Float64Array>();
  const notes: string[] = [];
  for (const [factor, values] of changes.byFactor) {
    const scaled = scaledSeries(values, filter);
    if (!scaled.ok) return failed(scaled.failure.reason, `${factor}: ${scaled.failure.message}`, factor);
    byFactor.set(factor, scaled.value.values);
    notes.push(...scaled.value.notes.map((note) => `${factor}: ${note}`));
  }
  return success({ changes: { ...changes, byFactor }, notes });
}

/** A series of changes, or of profits of today's book, brought to today's volatility. */
export function scaledSeries(
  values: Float64Array,
  filter: FilterRules,
): Result<{ readonly values: Float64Array; readonly multipliers: Float64Array; readonly notes: readonly string[] }> {
  const forecast = forecastVariances(values, filter);
  if (!forecast.ok) return forecast;
  const { share, least, most } = filter;
  const scaled = scaledToCurrent(values, forecast.value.variances, { theta: share, least, most });
  if (!scaled.ok) return scaled;
  return success({ values: scaled.value.values, multipliers: scaled.value.multipliers, notes: forecast.value.notes });
}
