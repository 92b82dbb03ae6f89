import { blackGreeks, blackValue } from "./black.ts";

/** Value of a coin-settled option and its derivatives, per coin of notional. */
export interface InverseGreeks {
  /** Coin. */
  readonly value: number;
  /** ∂Black/∂F, coin per coin. */
  readonly blackDelta: number;
  /** F·∂value/∂F, coin per coin: Black delta less the premium. */
  readonly netDelta: number;
  /** ∂value/∂F, coin per quote currency unit. */
  readonly slope: number;
  /** ∂²value/∂F². */
  readonly curvature: number;
  /** Coin per 1.00 of volatility. */
  readonly vega: number;
  /** Coin per year. */
  readonly theta: number;
  /** Inverse perpetual, quote currency, long > 0, that makes the coin profit of one long option locally flat: −F·netDelta. */
  readonly hedge: number;
}

/**
 * Value of a coin-settled option: the Black value at zero rate over the forward of the same expiry.
 *
 * @param forward F, quote currency per coin; > 0
 * @param strike  K, same unit; > 0
 * @param years   τ; ≥ 0
 * @param sigma   σ, fraction per √year; ≥ 0
 * @param isCall  true for a call
 * @returns coin per coin of notional; ≥ 0, below 1 for a call
 * @throws DomainError if an argument is outside its bound (NaN always is)
 * @source Deribit, Inverse Options
 */
export function inverseValue(forward: number, strike: number, years: number, sigma: number, isCall: boolean): number {
  return blackValue(forward, strike, years, sigma, isCall) / forward;
}

/**
 * Value and greeks of a coin-settled option.
 *
 *     netDelta = w·(K/F)·N(w·d2),   ∂value/∂F = netDelta/F,   ∂²value/∂F² = (Γ − 2·netDelta/F)/F
 *
 * @param forward F, quote currency per coin; > 0
 * @param strike  K, same unit; > 0
 * @param years   τ; ≥ 0
 * @param sigma   σ, fraction per √year; ≥ 0
 * @param isCall  w = +1 if true, −1 if false
 * @returns units at each member of `InverseGreeks`; finite
 * @throws DomainError if an argument is outside its bound (NaN always is)
 * @source Deribit, Inverse Options; C. Alexander, D. Chen, A. Imeraj, Crypto quanto and inverse options, Math. Finance (2023)
 */
export function inverseGreeks(
  forward: number,
  strike: number,
  years: number,
  sigma: number,
  isCall: boolean,
): InverseGreeks {
  const black = blackGreeks(forward, strike, years, sigma, isCall);
  // −K·∂Black/∂K over F is the net delta without subtracting the premium from the Black delta.
  const netDelta = (-black.dualDelta * strike) / forward;
  return {
    value: black.value / forward,
    blackDelta: black.delta,
    netDelta,
    slope: netDelta / forward,
    curvature: (black.gamma - (2 * netDelta) / forward) / forward,
    vega: black.vega / forward,
    theta: black.theta / forward,
    hedge: netDelta === 0 ? 0 : -forward * netDelta,
  };
}
