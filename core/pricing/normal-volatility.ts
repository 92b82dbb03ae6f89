import { demandNotNegative, millsRatio, normalPdf } from "../base/index.ts";
import { blackValue } from "./black.ts";
import { logMoneyness } from "./black-kernel.ts";

/** Below this share of the smaller of forward and strike a time value says nothing; the limit for short times is taken then. */
const leastTimeValue = 1e-14;
const mostSteps = 200;

/**
 * Normal volatility at which an option has the value that Black gives it: the change of model alone makes no profit.
 *
 *     Bachelier(F, K, τ, σₙ) = Black(F, K, τ, σ);   for short times and where no time value is left σₙ = σ·(F − K)/ln(F/K), σ·F at the money
 *
 * @param forward F, quote currency; > 0
 * @param strike  K, same unit; > 0
 * @param years   τ; ≥ 0
 * @param sigma   σ of Black, fraction per √year; ≥ 0
 * @returns unit of F per √year; ≥ 0
 * @throws DomainError if an argument is outside its bound
 * @source C. Grunspan, A note on the equivalence between the normal and the lognormal implied volatility (2011), for the limit
 */
export function normalVolatility(forward: number, strike: number, years: number, sigma: number): number {
  demandNotNegative("years", years);
  const timeValue = blackValue(forward, strike, years, sigma, strike >= forward);
  const log = logMoneyness(forward, strike);
  const limit = Math.abs(log) < 1e-9 ? sigma * forward : (sigma * (forward - strike)) / log;
  if (years === 0 || timeValue < leastTimeValue * Math.min(forward, strike)) return limit;
  const distance = Math.abs(forward - strike);
  const root = Math.sqrt(years);
  let [below, above] = [0, 2 * limit * root];
  while (normalTimeValue(distance, above) < timeValue) above *= 2;
  let at = limit * root;
  for (let step = 0; step < mostSteps; step++) {
    const miss = normalTimeValue(distance, at) - timeValue;
    if (miss === 0) break;
    if (miss < 0) below = at;
    else above = at;
    const guess = at - miss / normalPdf(distance / at);
    const next = guess > below && guess < above ? guess : 0.5 * (below + above);
    if (Math.abs(next - at) <= 1e-15 * at) break;
    at = next;
  }
  return at / root;
}

function normalTimeValue(distance: number, deviation: number): number {
  const d = distance / deviation;
  return deviation * normalPdf(d) * Math.max(1 - d * millsRatio(d), 0);
}
