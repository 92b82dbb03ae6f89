import { DomainError, failed, type Result, success } from "../../base/index.ts";
import type { VarianceRecursion } from "../draw/model.ts";
import { ewmaVariance, type InitialVariance } from "../filter.ts";
import { fitGarch, type GarchFit } from "./garch-fit.ts";
import type { GarchParameters } from "./garch-likelihood.ts";

/** λ of the filter that stands in for a GARCH fit that cannot be used. */
export const fallbackLambda = 0.94;

/** Which filter is asked for. */
export type VolatilityFilterRequest =
  | { readonly kind: "ewma"; readonly lambda: number; readonly initial?: InitialVariance }
  /** Estimated on the returns given; EWMA 0.94 when the fit cannot be used. */
  | { readonly kind: "garch" }
  /** Parameters known; starts at the unconditional variance. */
  | { readonly kind: "garch-given"; readonly parameters: GarchParameters };

/** A return series taken apart into volatility and residuals, by the filter asked or by its fallback. */
export interface FilteredSeries {
  /** What was used; says so in `fallback` when it is not what was asked. */
  readonly used: "ewma" | "garch" | "garch-given";
  /** Why the filter asked for was not used, and which was; absent when it was. */
  readonly fallback?: string;
  readonly fit?: GarchFit;
  /** n + 1 variance forecasts: entry i is made before return i (from 0), the last is for tomorrow. */
  readonly variances: Float64Array;
  /** z_i = (r_i − m)/s_i, one a return. */
  readonly residuals: Float64Array;
  /** How the variance goes on from tomorrow: for simulated paths. */
  readonly recursion: VarianceRecursion;
}

/**
 * Volatility filter of a return series, with the fallback named when a GARCH fit cannot be used.
 *
 * @param returns r, oldest first; finite
 * @param request EWMA, GARCH estimated, or GARCH given
 * @returns variances, residuals and recursion; or a Failure: no returns, one that is not finite, a variance forecast of 0
 * @throws DomainError if λ or a given parameter is outside its bound
 * @source G. Barone-Adesi, K. Giannopoulos, L. Vosper (1999), as `pathSampler`
 */
export function filteredSeries(returns: Float64Array, request: VolatilityFilterRequest): Result<FilteredSeries> {
  switch (request.kind) {
    case "ewma":
      return ewmaSeries(returns, request.lambda, request.initial);
    case "garch-given": {
      const { parameters } = request;
      const variances = garchVariance(returns, parameters);
      return variances.ok ? series(returns, variances.value, parameters, "garch-given") : variances;
    }
    case "garch": {
      const fit = fitGarch(returns);
      if (fit.ok) {
        const made = series(returns, fit.value.variances, fit.value.parameters, "garch");
        return made.ok ? success({ ...made.value, fit: fit.value }) : made;
      }
      if (fit.failure.reason !== "not-applicable") return fit;
      const made = ewmaSeries(returns, fallbackLambda);
      const fallback = `${fit.failure.message}; EWMA with λ = ${fallbackLambda} is used instead`;
      return made.ok ? success({ ...made.value, fallback }) : made;
    }
  }
}

/**
 * Variance forecasts of GARCH(1,1) with known parameters, from the unconditional variance.
 *
 *     s²₁ = ω/(1−α−β),   s²_{i+1} = ω + α·(r_i−μ)² + β·s²_i
 *
 * @param returns    r, oldest first; finite, at least one
 * @param parameters ω > 0, α and β ≥ 0, α + β < 1
 * @returns n + 1 forecasts, squared unit of the returns; or a Failure for a return that is not finite (by its number), or none
 * @throws DomainError if a parameter is outside its bound
 */
export function garchVariance(returns: Float64Array, parameters: GarchParameters): Result<Float64Array> {
  const { mean, omega, alpha, beta } = parameters;
  if (!(omega > 0 && Number.isFinite(omega))) throw new DomainError("ω must be above 0", omega);
  if (!(alpha >= 0 && beta >= 0)) throw new DomainError("α and β must be at least 0", Math.min(alpha, beta));
  if (!(alpha + beta < 1)) throw new DomainError("α + β must be below 1", alpha + beta);
  if (returns.length === 0) return failed("missing-data", "the volatility filter needs at least 1 return; found 0");
  const bad = returns.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return failed("invalid-input", `return ${bad + 1} is ${returns[bad]}; expected a finite number`);
  const variances = new Float64Array(returns.length + 1);
  let variance = omega / (1 - alpha - beta);
  variances[0] = variance;
  for (let i = 0; i < returns.length; i++) {
    const error = (returns[i] as number) - mean;
    variance = omega + alpha * error * error + beta * variance;
    variances[i + 1] = variance;
  }
  return success(variances);
}

function ewmaSeries(returns: Float64Array, lambda: number, initial?: InitialVariance): Result<FilteredSeries> {
  const variances = ewmaVariance(returns, initial === undefined ? { lambda } : { lambda, initial });
  if (!variances.ok) return variances;
  return series(returns, variances.value, { mean: 0, omega: 0, alpha: 1 - lambda, beta: lambda }, "ewma");
}

function series(
  returns: Float64Array,
  variances: Float64Array,
  { mean, omega, alpha, beta }: GarchParameters,
  used: FilteredSeries["used"],
): Result<FilteredSeries> {
  const still = variances.findIndex((variance) => !(variance > 0));
  if (still >= 0 && still < returns.length) {
    return failed(
      "invalid-input",
      `the volatility forecast of return ${still + 1} is 0: it has no standardised residual`,
    );
  }
  const residuals = returns.map((value, i) => (value - mean) / Math.sqrt(variances[i] as number));
  const nextVariance = variances[returns.length] as number;
  return success({ used, variances, residuals, recursion: { mean, omega, alpha, beta, nextVariance } });
}
