import { DomainError, failed, type Result, success } from "../../base/index.ts";

/** ES over the base horizon of the factors that take at least some days to close. */
export interface HorizonShortfall {
  /** LH_j, days; 10, 20, 40, 60, 120 in the rule. */
  readonly days: number;
  /** ES_T(P, j), shocking only factors of horizon ≥ LH_j; currency; ≥ 0. */
  readonly expectedShortfall: number;
}

/**
 * Expected shortfall over liquidity horizons that differ by factor.
 *
 *     ES = √( ES_T(P)² + Σ_{j≥2} ( ES_T(P,j)·√((LH_j − LH_{j−1})/T) )² ),   T = LH₁
 *
 * @param shortfalls one a horizon, days strictly rising; the first shocks every factor over the base horizon T
 * @returns currency; at least the first ES; or a Failure without any
 * @throws DomainError if days do not rise or an ES is outside its bound
 * @source Basel Committee on Banking Supervision, MAR33.5
 */
export function horizonExpectedShortfall(shortfalls: readonly HorizonShortfall[]): Result<number> {
  const base = shortfalls[0]?.days;
  if (base === undefined)
    return failed("missing-data", "liquidity horizons need at least 1 expected shortfall; found 0");
  if (!(base > 0)) throw new DomainError("base horizon must be above 0", base);
  let [squares, before] = [0, 0];
  for (const { days, expectedShortfall } of shortfalls) {
    if (!(days > before)) throw new DomainError("days of liquidity horizons rise", days);
    if (!(expectedShortfall >= 0 && Number.isFinite(expectedShortfall))) {
      throw new DomainError("expected shortfall must be finite and ≥ 0", expectedShortfall);
    }
    squares += expectedShortfall * expectedShortfall * ((days - before) / base);
    before = days;
  }
  return success(Math.sqrt(squares));
}
