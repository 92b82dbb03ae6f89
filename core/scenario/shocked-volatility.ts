import { DomainError } from "../base/index.ts";
import type { VolatilityShock } from "./scenario.ts";

const daysPerYear = 365;

/**
 * Volatility after a shock, by the formula of `VolatilityShock`.
 * An option without time left and a tenor without `minimumDays` has no finite h: its volatility is only floored.
 *
 * @param volatility σ, fraction per √year; ≥ 0
 * @param years      τ; ≥ 0
 * @param shock      what changes; `undefined` leaves σ as it is
 * @returns σ′, fraction per √year; ≥ 0 and at least the floor of the shock
 * @throws DomainError if σ or τ is negative or not finite, or the shock is not finite
 * @source Deribit, Portfolio Margin (volatility shock by days to expiry); the floor holds after the shock
 */
export function shockedVolatility(volatility: number, years: number, shock: VolatilityShock | undefined): number {
  if (!(volatility >= 0 && volatility < Number.POSITIVE_INFINITY))
    throw new DomainError("volatility must be 0 or more", volatility);
  if (!(years >= 0 && years < Number.POSITIVE_INFINITY)) throw new DomainError("years must be 0 or more", years);
  if (shock === undefined) return volatility;
  const floor = Math.max(shock.floor ?? 0, 0);
  const start = Math.max(volatility, shock.startFloor ?? 0);
  const damping = tenorFactor(years, shock.tenor);
  if (damping === undefined) return Math.max(start, floor);
  const change = shock.change * damping;
  const shocked = shock.mode === "relative" ? start * (1 + change) : start + change;
  if (!Number.isFinite(shocked)) throw new DomainError("the volatility shock must be finite", shock.change);
  return Math.max(shocked, floor);
}

/**
 * Factor h of a volatility shock by time to expiry: (referenceDays / days)^power.
 *
 * @param years τ; ≥ 0
 * @param tenor powers below and from `referenceDays`; days count at least `minimumDays`
 * @returns > 0; 1 without a tenor; `undefined` when days and `minimumDays` are both 0
 */
export function tenorFactor(years: number, tenor: VolatilityShock["tenor"]): number | undefined {
  if (tenor === undefined) return 1;
  const days = Math.max(years * daysPerYear, tenor.minimumDays);
  if (days <= 0) return undefined;
  return (tenor.referenceDays / days) ** (days < tenor.referenceDays ? tenor.shortPower : tenor.longPower);
}
