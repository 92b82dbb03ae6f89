import { millsRatio, normalCdf, normalPdf } from "../base/index.ts";

/** Total volatility σ·√τ below which an option counts as worth its intrinsic value: wrong by at most 4e-14 of the forward. */
export const leastTotalVolatility = 1e-13;

/**
 * ln(F/K), without the rounding of the quotient when F and K are close.
 *
 * @param forward F > 0
 * @param strike  K > 0
 */
export function logMoneyness(forward: number, strike: number): number {
  const ratio = forward / strike;
  return ratio > 0.5 && ratio < 2 ? Math.log1p((forward - strike) / strike) : Math.log(ratio);
}

/**
 * The formula of Black without checks and with its logarithm given: for loops that have validated their inputs.
 * The out-of-the-money side is computed, the other follows from parity; the two normal terms share one exponential
 * because F·n(d1) = K·n(d2):
 *
 *     far side   a·n(d1)·(R(−d1) − R(−d2)),   near side   a·(1 − n(d1)·(R(d1) + R(−d2))),   R = Mills ratio, a = min(F, K)
 *
 * @param forward F > 0
 * @param strike  K > 0
 * @param logMoneyness ln(F/K)
 * @param totalVolatility v = σ·√τ ≥ 0
 * @param isCall true for a call
 * @returns undiscounted value in the unit of F; ≥ 0
 * @source F. Black, J. Financial Economics 3 (1976) 167–179
 */
export function blackKernel(
  forward: number,
  strike: number,
  logMoneyness: number,
  totalVolatility: number,
  isCall: boolean,
): number {
  const intrinsic = Math.max(isCall ? forward - strike : strike - forward, 0);
  if (totalVolatility < leastTotalVolatility) return intrinsic;
  const distance = Math.abs(logMoneyness) / totalVolatility;
  const d1 = 0.5 * totalVolatility - distance;
  const density = normalPdf(d1);
  const farther = millsRatio(0.5 * totalVolatility + distance);
  const fraction =
    d1 < 0 ? density * Math.max(millsRatio(-d1) - farther, 0) : Math.max(1 - density * (millsRatio(d1) + farther), 0);
  return intrinsic + Math.min(forward, strike) * fraction;
}

/**
 * Black delta ∂V/∂F without checks and without discounting, for loops that have validated their inputs.
 *
 *     w·N(w·d1),   d1 = ln(F/K)/v + v/2;   where v is below `leastTotalVolatility`: w in the money, w/2 at the money, else 0
 *
 * @param logMoneyness ln(F/K)
 * @param totalVolatility v = σ·√τ ≥ 0
 * @param isCall true for a call, w = 1; else w = −1
 * @returns in [0, 1] for a call, [−1, 0] for a put
 * @source F. Black, J. Financial Economics 3 (1976) 167–179
 */
export function blackDeltaKernel(logMoneyness: number, totalVolatility: number, isCall: boolean): number {
  const sign = isCall ? 1 : -1;
  if (totalVolatility < leastTotalVolatility)
    return sign * logMoneyness > 0 ? sign : logMoneyness === 0 ? 0.5 * sign : 0;
  return sign * normalCdf(sign * (logMoneyness / totalVolatility + 0.5 * totalVolatility));
}
