import { demandNotNegative, demandPositive, failed, type Result, success } from "../base/index.ts";
import { logMoneyness } from "./black-kernel.ts";
import { timeValue } from "./time-value.ts";

/**
 * How much a price says about volatility: `ok`; `intrinsic`, the price is exactly the intrinsic value and the volatility 0;
 * `time-value-lost`, the time value is below the rounding of the price and the volatility only its best reading.
 */
export type ImpliedVolatilityStatus = "ok" | "intrinsic" | "time-value-lost";

export interface ImpliedVolatility {
  /** Fraction per √year; ≥ 0. */
  readonly volatility: number;
  readonly status: ImpliedVolatilityStatus;
}

/**
 * Volatility at which the undiscounted Black formula gives a price, to the accuracy the price allows.
 * A coin price is multiplied by F first (by the forward, not by the index).
 *
 * @param price   premium, undiscounted, unit of F; ≥ 0
 * @param forward F, quote currency per unit of underlying; > 0
 * @param strike  K, same unit; > 0
 * @param years   τ; ≥ 0
 * @param isCall  true for a call
 * @returns volatility with its status; a failure `invalid-input` that says "below its intrinsic value" or "above its
 *          maximum" (F for a call, K for a put) where no volatility gives the price, `not-applicable` for time value at τ = 0
 * @throws DomainError if an argument is outside its bound (NaN always is)
 * @source P. Jäckel, Let's Be Rational (2013–2024), for the two objectives; solved by safeguarded Newton steps in ln σ
 */
export function impliedVolatility(
  price: number,
  forward: number,
  strike: number,
  years: number,
  isCall: boolean,
): Result<ImpliedVolatility> {
  refuseOutside(price, forward, strike, years);
  const most = isCall ? forward : strike;
  if (price >= most)
    return failed(
      "invalid-input",
      `the price ${price} is above its maximum: it must be below ${most} at any volatility`,
    );
  const inside = isCall ? forward - strike : strike - forward;
  const value = inside > 0 ? price - inside - (isCall ? 1 : -1) * differenceError(forward, strike) : price;
  if (value < 0) return failed("invalid-input", `the price ${price} is below its intrinsic value ${inside}`);
  if (value === 0) return success({ volatility: 0, status: "intrinsic" });
  if (years === 0) return failed("not-applicable", "an option without time left has no volatility");
  const scale = Math.min(forward, strike);
  const total = solve(Math.abs(logMoneyness(forward, strike)), value / scale, (scale - value) / scale);
  const status = value < 4 * Number.EPSILON * price ? "time-value-lost" : "ok";
  return success({ volatility: total / Math.sqrt(years), status });
}

/**
 * Total volatility s at which the time value is c. Newton's method in ln s on ln c, or on ln(1 − c) above one half,
 * kept inside a bracket that halves (in ln s) when a step would leave it.
 */
function solve(distance: number, target: number, complement: number): number {
  const high = target > 0.5;
  let total = high
    ? Math.max(Math.sqrt(-8 * Math.log(complement)), Math.sqrt(2 * distance))
    : lowGuess(distance, target);
  let below = 0;
  let above = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 100; turn++) {
    const at = timeValue(distance, total);
    const miss = high ? logRatio(complement, at.complement, 0) : logRatio(at.value, target, at.log - Math.log(target));
    if (miss === 0) return total;
    if (miss < 0) below = total;
    else above = total;
    const rate = high ? (total * at.slope) / at.complement : at.elasticity;
    const step = Math.min(Math.max(-miss / rate, -2), 2);
    const next = total * Math.exp(step);
    if (next > below && next < above) total = next;
    else if (Math.abs(step) < 1e-8) return next;
    else total = bisected(below, above);
    if (Math.abs(step) < 1e-9) return total;
  }
  return total;
}

/** ln(a/b), accurate for close arguments; `otherwise` where a has underflowed. */
function logRatio(a: number, b: number, otherwise: number): number {
  if (a < 1e-290 && otherwise !== 0) return otherwise;
  const excess = (a - b) / b;
  return Math.abs(excess) < 0.5 ? Math.log1p(excess) : Math.log(a) - Math.log(b);
}

/** A start near or below the root for c ≤ 1/2: at the money c ≈ s/√(2π), far from it ln c ≈ −x²/(2s²). */
function lowGuess(distance: number, target: number): number {
  return Math.max(target * Math.sqrt(2 * Math.PI), distance / Math.sqrt(-2 * Math.log(target)));
}

function bisected(below: number, above: number): number {
  if (below === 0) return above / 8;
  return above === Number.POSITIVE_INFINITY ? below * 8 : Math.sqrt(below) * Math.sqrt(above);
}

/** What the rounding of a − b lost: (a − b) exactly is the rounded difference plus this. */
function differenceError(a: number, b: number): number {
  const difference = a - b;
  const back = a - difference;
  return a - (difference + back) + (back - b);
}

function refuseOutside(price: number, forward: number, strike: number, years: number): void {
  demandNotNegative("price", price);
  demandPositive("forward", forward);
  demandPositive("strike", strike);
  demandNotNegative("years", years);
}
