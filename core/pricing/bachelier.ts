import { demandFinite, demandNotNegative, millsRatio, normalCdf, normalPdf } from "../base/index.ts";

/** Value of an option under normally distributed prices, and its derivatives. Unit of F and K. */
export interface BachelierGreeks {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
  /** Per unit of normal volatility. */
  readonly vega: number;
}

/**
 * Value of a European option on a forward that may be negative (Bachelier).
 *
 *     value = D·(w·(F − K)·N(w·d) + s·n(d)),   d = (F − K)/s,   s = σ·√τ,   D = e^{−r·τ}
 *
 * @param forward F, quote currency; any finite number
 * @param strike  K, same unit; any finite number
 * @param years   τ; ≥ 0
 * @param sigma   σ, normal volatility, unit of F per √year; ≥ 0
 * @param isCall  w = +1 if true, −1 if false
 * @param rate    r, continuously compounded fraction per year
 * @returns unit of F; ≥ 0; D·max(0, w·(F − K)) when s = 0
 * @throws DomainError if an argument is outside its bound (NaN always is)
 * @source L. Bachelier, Théorie de la spéculation (1900)
 */
export function bachelierValue(
  forward: number,
  strike: number,
  years: number,
  sigma: number,
  isCall: boolean,
  rate = 0,
): number {
  refuseOutside(forward, strike, years, sigma, rate);
  const gain = isCall ? forward - strike : strike - forward;
  const deviation = sigma * Math.sqrt(years);
  return Math.exp(-rate * years) * (Math.max(gain, 0) + normalTimeValue(Math.abs(gain), deviation));
}

/**
 * Value and greeks under normally distributed prices; arguments as in `bachelierValue`.
 * When s = 0: delta is D·w where in the money and half of it at the money; gamma and vega are 0.
 *
 * @returns units at each member of `BachelierGreeks`; finite
 * @throws DomainError if an argument is outside its bound (NaN always is)
 * @source L. Bachelier, Théorie de la spéculation (1900)
 */
export function bachelierGreeks(
  forward: number,
  strike: number,
  years: number,
  sigma: number,
  isCall: boolean,
  rate = 0,
): BachelierGreeks {
  const value = bachelierValue(forward, strike, years, sigma, isCall, rate);
  const discount = Math.exp(-rate * years);
  const sign = isCall ? 1 : -1;
  const gain = sign * (forward - strike);
  const deviation = sigma * Math.sqrt(years);
  if (deviation === 0) {
    const exercised = gain > 0 ? 1 : gain === 0 ? 0.5 : 0;
    return { value, delta: exercised === 0 ? 0 : sign * discount * exercised, gamma: 0, vega: 0 };
  }
  const d = gain / deviation;
  const density = discount * normalPdf(d);
  return {
    value,
    delta: sign * discount * normalCdf(d),
    gamma: density / deviation,
    vega: density * Math.sqrt(years),
  };
}

/** s·n(d)·(1 − d·R(d)): what the option is worth above its intrinsic value, at distance |F − K| = d·s. */
function normalTimeValue(distance: number, deviation: number): number {
  if (deviation === 0) return 0;
  const d = distance / deviation;
  return deviation * normalPdf(d) * Math.max(1 - d * millsRatio(d), 0);
}

function refuseOutside(forward: number, strike: number, years: number, sigma: number, rate: number): void {
  demandFinite("forward", forward);
  demandFinite("strike", strike);
  demandNotNegative("years", years);
  demandNotNegative("sigma", sigma);
  demandFinite("rate", rate);
}
