import { demandFinite, demandNotNegative, demandPositive, normalCdf, normalPdf } from "../base/index.ts";
import { blackDeltaKernel, blackKernel, leastTotalVolatility, logMoneyness } from "./black-kernel.ts";

/** Value of an option on a forward and its derivatives. Unit of F and K: quote currency. */
export interface BlackGreeks {
  readonly value: number;
  /** ∂V/∂F. */
  readonly delta: number;
  /** ∂²V/∂F². */
  readonly gamma: number;
  /** ∂V/∂σ, per 1.00 of volatility. */
  readonly vega: number;
  /** −∂V/∂τ with F constant, discounting included; per year. */
  readonly theta: number;
  /** ∂V/∂r with F constant. */
  readonly rho: number;
  /** ∂²V/∂F∂σ. */
  readonly vanna: number;
  /** ∂²V/∂σ². */
  readonly volga: number;
  /** ∂V/∂K. */
  readonly dualDelta: number;
}

/**
 * Value of a European option on a forward, per unit of underlying.
 *
 *     value = D·w·(F·N(w·d1) − K·N(w·d2)),   d1,2 = ln(F/K)/s ± s/2,   s = σ·√τ,   D = e^{−r·τ}
 *
 * @param forward F, quote currency per unit of underlying; > 0
 * @param strike  K, same unit as F; > 0
 * @param years   τ, by the market snapshot's day count; ≥ 0
 * @param sigma   σ, fraction per √year (0.65 is 65 %); ≥ 0
 * @param isCall  w = +1 if true, −1 if false
 * @param rate    r, continuously compounded fraction per year; 0 when not discounted
 * @returns unit of F; ≥ 0; exactly D·max(0, w·(F − K)) when s < 1e-13
 * @throws DomainError if an argument is outside its bound (NaN always is)
 * @source F. Black, The pricing of commodity contracts, J. Financial Economics 3 (1976) 167–179
 */
export function blackValue(
  forward: number,
  strike: number,
  years: number,
  sigma: number,
  isCall: boolean,
  rate = 0,
): number {
  refuseOutside(forward, strike, years, sigma, rate);
  const totalVolatility = sigma * Math.sqrt(years);
  const value = blackKernel(forward, strike, logMoneyness(forward, strike), totalVolatility, isCall);
  return rate === 0 ? value : Math.exp(-rate * years) * value;
}

/**
 * Value and greeks of a European option on a forward; formulas as in `blackValue`, derivatives with F held constant.
 * When s < 1e-13: delta is D·w where in the money and half of it at the money; gamma, vega, vanna, volga are 0.
 *
 * @param forward F, quote currency per unit of underlying; > 0
 * @param strike  K, same unit as F; > 0
 * @param years   τ; ≥ 0
 * @param sigma   σ, fraction per √year; ≥ 0
 * @param isCall  true for a call
 * @param rate    r, continuously compounded fraction per year
 * @returns units at each member of `BlackGreeks`; finite
 * @throws DomainError if an argument is outside its bound (NaN always is)
 * @source F. Black, J. Financial Economics 3 (1976) 167–179; E. Haug, The Complete Guide to Option Pricing Formulas
 */
export function blackGreeks(
  forward: number,
  strike: number,
  years: number,
  sigma: number,
  isCall: boolean,
  rate = 0,
): BlackGreeks {
  const value = blackValue(forward, strike, years, sigma, isCall, rate);
  const discount = Math.exp(-rate * years);
  const sign = isCall ? 1 : -1;
  const root = Math.sqrt(years);
  const total = sigma * root;
  if (total < leastTotalVolatility) {
    const flat = { gamma: 0, vega: 0, vanna: 0, volga: 0 };
    const delta = positive(discount * blackDeltaKernel(logMoneyness(forward, strike), total, isCall));
    return {
      value,
      delta,
      ...flat,
      theta: positive(rate * value),
      rho: positive(-years * value),
      dualDelta: positive(-delta),
    };
  }
  const distance = logMoneyness(forward, strike);
  const d1 = distance / total + 0.5 * total;
  const d2 = d1 - total;
  const density = discount * normalPdf(d1);
  const vega = forward * density * root;
  return {
    value,
    delta: discount * blackDeltaKernel(distance, total, isCall),
    gamma: density / (forward * total),
    vega,
    theta: positive((-forward * density * sigma) / (2 * root) + rate * value),
    rho: positive(-years * value),
    vanna: positive((-density * d2) / sigma),
    volga: positive((vega * d1 * d2) / sigma),
    dualDelta: -sign * discount * normalCdf(sign * d2),
  };
}

/** The same number, with −0 made 0. */
function positive(value: number): number {
  return value === 0 ? 0 : value;
}

function refuseOutside(forward: number, strike: number, years: number, sigma: number, rate: number): void {
  demandPositive("forward", forward);
  demandPositive("strike", strike);
  demandNotNegative("years", years);
  demandNotNegative("sigma", sigma);
  demandFinite("rate", rate);
}
