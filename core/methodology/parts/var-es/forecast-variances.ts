import { type Result, success } from "../../../base/index.ts";
import { ewmaVariance } from "../../../measure/index.ts";
import type { FilterRules } from "./simulation-rules.ts";

/** Variance before each change and for tomorrow, with what to say of the filter. */
export interface ForecastVariances {
  /** One more than there are changes. */
  readonly variances: Float64Array;
  readonly notes: readonly string[];
}

/** Forecasts of the filter of the rules; a series that never moves keeps its variance of 0. */
export function forecastVariances(values: Float64Array, { decay }: FilterRules): Result<ForecastVariances> {
  const ewma = ewmaVariance(values, { lambda: decay });
  return ewma.ok ? success({ variances: ewma.value, notes: [] }) : ewma;
}
