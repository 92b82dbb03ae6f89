import { type Result, success } from "../../../base/index.ts";
import { ewmaVariance, fitGarch } from "../../../measure/index.ts";
import type { FilterRules } from "./simulation-rules.ts";

/** Variance before each change and for tomorrow, with what to say of the filter. */
export interface ForecastVariances {
  /** One more than there are changes. */
  readonly variances: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Forecasts of the filter of the rules. GARCH(1,1) is fitted to the changes given; where the fit cannot be used the EWMA
 * filter of the rules takes its place, and a note says why.
 */
export function forecastVariances(values: Float64Array, { kind, decay }: FilterRules): Result<ForecastVariances> {
  const ewma = (notes: readonly string[]): Result<ForecastVariances> => {
    const found = ewmaVariance(values, { lambda: decay });
    return found.ok ? success({ variances: found.value, notes }) : found;
  };
  if (kind !== "garch") return ewma([]);
  const fit = fitGarch(values);
  if (fit.ok) return success({ variances: fit.value.variances, notes: [] });
  if (fit.failure.reason !== "not-applicable") return fit;
  return ewma([`${fit.failure.message}; the EWMA filter with λ = ${decay} is used instead`]);
}
