import { DomainError, failed, type Result, success } from "../base/index.ts";
import { type EwmaFilter, ewmaVariance } from "./filter.ts";
import { scaledToCurrent, type VolatilityScaling } from "./scaling.ts";

/** Changes of several risk factors on the same days. */
export interface FactorRows {
  readonly factors: readonly string[];
  /** Factor-major: `values[factor · days + day]`, oldest first. */
  readonly values: Float64Array;
  readonly days: number;
}

/** Changes brought to today's volatility, each factor by its own filter, days kept together. */
export interface FilteredFactors extends FactorRows {
  /** As `values`. */
  readonly multipliers: Float64Array;
  /** Today's forecast of each factor, unit of its changes. */
  readonly currentVolatility: Float64Array;
  /** First day kept, of those given. */
  readonly from: number;
}

/**
 * Hull and White's scaling of several factors. The same days are kept of all, so dependence between factors is that of each day.
 *
 * @param changes one row a factor; finite
 * @param filter  λ and start, the same for all
 * @param scaling θ, bounds, burn-in; its volatility floor is one number for all, so give it only to factors of one kind
 * @returns scaled changes; or the failure of a filter, at the factor it concerns
 * @throws DomainError if the values do not fill the factors
 * @source J. Hull, A. White, Incorporating volatility updating into the historical simulation method for VaR, J. Risk 1 (1998) 5–19
 */
export function filteredFactors(
  { factors, values, days }: FactorRows,
  filter: EwmaFilter,
  scaling: VolatilityScaling = {},
): Result<FilteredFactors> {
  if (values.length !== factors.length * days)
    throw new DomainError("factors × days changes are expected", values.length);
  const from = scaling.discard ?? 0;
  const kept = Math.max(0, days - from);
  const scaled = new Float64Array(factors.length * kept);
  const multipliers = new Float64Array(factors.length * kept);
  const currentVolatility = new Float64Array(factors.length);
  for (const [index, factor] of factors.entries()) {
    const row = values.subarray(index * days, (index + 1) * days);
    const variances = ewmaVariance(row, filter);
    const own = variances.ok ? scaledToCurrent(row, variances.value, scaling) : variances;
    if (!own.ok) return failed(own.failure.reason, `${factor}: ${own.failure.message}`, factor);
    scaled.set(own.value.values, index * kept);
    multipliers.set(own.value.multipliers, index * kept);
    currentVolatility[index] = own.value.currentVolatility;
  }
  return success({ factors, values: scaled, days: kept, multipliers, currentVolatility, from });
}
