import { DomainError, failed, type Result, success, sum } from "../base/index.ts";

/**
 * Forecast the filter starts from. window: mean square of all returns; burn-in: of the first ones, or their sample variance, those being then
 * discarded from the scenarios (`VolatilityScaling.discard`); first-squared: square of the first return; given: a known variance.
 */
export type InitialVariance =
  | { readonly kind: "window" }
  | { readonly kind: "burn-in"; readonly observations: number; readonly statistic?: "mean-square" | "variance" }
  | { readonly kind: "first-squared" }
  | { readonly kind: "given"; readonly variance: number };

export interface EwmaFilter {
  /** λ, typically 0.94 to 0.99 a day; in (0, 1). */
  readonly lambda: number;
  /** `window` when absent. */
  readonly initial?: InitialVariance;
}

/**
 * Variance forecasts of a return series of zero mean, exponentially weighted.
 *
 *     s²₁ = initial,   s²_{i+1} = λ·s²_i + (1−λ)·r_i²
 *
 * @param returns r, oldest first; fractions, or P&L in a currency; finite, at least one
 * @param filter  λ and the start
 * @returns n + 1 forecasts: entry i is made before return i (from 0), the last is for tomorrow; square of the unit of r; ≥ 0;
 *   or a Failure: no returns, one that is not finite (by its number), a burn-in longer than the series
 * @throws DomainError if λ or a given variance is outside its bound
 * @source J. P. Morgan, RiskMetrics Technical Document (1996), chapter 5
 */
export function ewmaVariance(returns: Float64Array, { lambda, initial }: EwmaFilter): Result<Float64Array> {
  if (!(lambda > 0 && lambda < 1)) throw new DomainError("λ must be above 0 and below 1", lambda);
  const bad = returns.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return failed("invalid-input", `return ${bad + 1} is ${returns[bad]}; expected a finite number`);
  const start = initialVariance(returns, initial ?? { kind: "window" });
  if (!start.ok) return start;
  const forecasts = new Float64Array(returns.length + 1);
  let variance = start.value;
  forecasts[0] = variance;
  for (let i = 0; i < returns.length; i += 1) {
    const value = returns[i] ?? 0;
    variance = lambda * variance + (1 - lambda) * value * value;
    forecasts[i + 1] = variance;
  }
  return success(forecasts);
}

function initialVariance(returns: Float64Array, initial: InitialVariance): Result<number> {
  const needed = initial.kind === "burn-in" ? initial.observations : 1;
  if (returns.length < needed) {
    return failed("missing-data", `the volatility filter needs at least ${needed} returns; found ${returns.length}`);
  }
  switch (initial.kind) {
    case "window":
      return success(meanSquare(returns));
    case "first-squared":
      return success((returns[0] ?? 0) ** 2);
    case "given":
      if (!(initial.variance >= 0)) throw new DomainError("initial variance must be ≥ 0", initial.variance);
      return success(initial.variance);
    case "burn-in": {
      if (!(initial.observations >= 2)) throw new DomainError("a burn-in has at least 2 returns", initial.observations);
      const block = returns.subarray(0, initial.observations);
      if (initial.statistic !== "variance") return success(meanSquare(block));
      const mean = sum(block) / block.length;
      return success(sum(block.map((value) => (value - mean) ** 2)) / (block.length - 1));
    }
  }
}

/**
 * Mean of squares, the long-run variance of returns of zero mean.
 *
 * @param values at least one
 * @returns square of the unit of the values; ≥ 0
 */
export function meanSquare(values: Float64Array): number {
  return sum(values.map((value) => value * value)) / values.length;
}

/**
 * Observations that hold all but a fraction of the weight of an exponential filter.
 *
 *     K = ln τ / ln λ
 *
 * @param lambda    λ; in (0, 1)
 * @param tolerance τ, weight left out; in (0, 1)
 * @returns observations; 74.4 for 0.94 at 1 %
 * @throws DomainError if an argument is outside its bound
 * @source J. P. Morgan, RiskMetrics Technical Document (1996), table 5.7
 */
export function ewmaObservations(lambda: number, tolerance: number): number {
  if (!(lambda > 0 && lambda < 1)) throw new DomainError("λ must be above 0 and below 1", lambda);
  if (!(tolerance > 0 && tolerance < 1)) throw new DomainError("tolerance must be above 0 and below 1", tolerance);
  return Math.log(tolerance) / Math.log(lambda);
}
