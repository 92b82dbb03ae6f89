import { DomainError, demandNotNegative, power } from "../base/index.ts";
import type { VolatilityShock } from "./scenario.ts";

const daysPerYear = 365;

/**
 * Volatility after a shock, by the formula of `VolatilityShock`.
 * An option without time left and a tenor without `minimumDays` has no finite h: its volatility is only floored.
 *
 * @param volatility σ, fraction per √year; ≥ 0
 * @param years      τ; ≥ 0
 * @param shock      what changes; `undefined` leaves σ as it is
 * @param delta      N(d1) before the shock, for shocks by delta; at the money when absent
 * @returns σ′, fraction per √year; ≥ 0 and at least the floor of the shock
 * @throws DomainError if σ or τ is negative or not finite, or the shock is not finite
 * @source Deribit, Portfolio Margin (volatility shock by days to expiry); the floor holds after the shock
 */
export function shockedVolatility(
  volatility: number,
  years: number,
  shock: VolatilityShock | undefined,
  delta?: number,
): number {
  demandNotNegative("volatility", volatility);
  demandNotNegative("years", years);
  if (shock === undefined) return volatility;
  const floor = Math.max(shock.floor ?? 0, 0);
  const start = Math.max(volatility, shock.startFloor ?? 0);
  const change = dampedChange(shock, years, delta);
  if (change === undefined) return Math.max(start, floor);
  const shocked = shock.mode === "relative" ? start * (1 + change) : start + change;
  if (!Number.isFinite(shocked)) throw new DomainError("the volatility shock must be finite", shock.change);
  return Math.max(shocked, floor);
}

/**
 * Time to expiry when days have passed: max(0, τ − days/365); τ itself when none pass.
 *
 * @param years τ; ≥ 0
 * @param days  `decayDays` of a scenario; ≥ 0
 */
export function yearsAfter(years: number, days: number): number {
  return days === 0 ? years : Math.max(0, years - days / daysPerYear);
}

/**
 * Change of a volatility shock at a time to expiry: change·h, at least `leastChange`.
 *
 * @param years τ; ≥ 0
 * @param delta N(d1) before the shock, for shocks by delta; at the money when absent
 * @returns in the mode of the shock; `undefined` where h is not finite
 */
export function dampedChange(shock: VolatilityShock, years: number, delta: number = 0.5): number | undefined {
  if (shock.byDelta !== undefined) return shock.change * factorByDelta(years, delta, shock.byDelta, shock.rootDays);
  const factor =
    shock.byDays === undefined ? tenorFactor(years, shock.tenor) : factorByDays(years, shock.byDays, shock.rootDays);
  if (factor === undefined) return undefined;
  return Math.max(shock.change * factor, shock.leastChange ?? Number.NEGATIVE_INFINITY);
}

/**
 * Factor h of a volatility shock by time to expiry: (referenceDays / days)^power.
 *
 * @param years τ; ≥ 0
 * @param tenor powers below and from `referenceDays`; days count at least `minimumDays`, rounded up when `wholeDays`
 * @returns > 0; 1 without a tenor; `undefined` when days and `minimumDays` are both 0
 */
export function tenorFactor(years: number, tenor: VolatilityShock["tenor"]): number | undefined {
  if (tenor === undefined) return 1;
  const exact = years * daysPerYear;
  // A day that floating point puts a hair above a whole number is that number.
  const days = Math.max(tenor.wholeDays === true ? Math.ceil(exact - 1e-9) : exact, tenor.minimumDays);
  if (days <= 0) return undefined;
  const isShort = tenor.powerByActualDays === true ? exact <= tenor.referenceDays : days < tenor.referenceDays;
  return power(tenor.referenceDays / days, isShort ? tenor.shortPower : tenor.longPower);
}

/**
 * Factor h of a volatility shock from a table by days to expiry: linear between its days, flat outside them.
 *
 * @param years τ; ≥ 0
 * @param nodes days ascending
 * @param inRoot linear in √days instead
 * @throws DomainError for an empty table
 */
export function factorByDays(
  years: number,
  nodes: NonNullable<VolatilityShock["byDays"]>,
  inRoot: boolean = false,
): number {
  const days = years * daysPerYear;
  const after = nodes.findIndex((node) => node.days >= days);
  const right = after < 0 ? nodes.at(-1) : nodes[after];
  const left = after < 0 ? right : nodes[Math.max(0, after - 1)];
  if (left === undefined || right === undefined) throw new DomainError("a table by days needs an entry", nodes.length);
  if (right.days <= left.days) return right.factor;
  if (inRoot) {
    const from = Math.sqrt(left.days);
    return left.factor + ((right.factor - left.factor) * (Math.sqrt(days) - from)) / (Math.sqrt(right.days) - from);
  }
  return left.factor + ((right.factor - left.factor) * (days - left.days)) / (right.days - left.days);
}

/** Factor of a volatility shock from tables by days for several deltas: linear between deltas, flat outside them. */
function factorByDelta(
  years: number,
  delta: number,
  tables: NonNullable<VolatilityShock["byDelta"]>,
  inRoot: boolean = false,
): number {
  const after = tables.findIndex((table) => table.delta >= delta);
  const right = after < 0 ? tables.at(-1) : tables[after];
  const left = after < 0 ? right : tables[Math.max(0, after - 1)];
  if (left === undefined || right === undefined) throw new DomainError("a shock by delta needs a table", tables.length);
  const above = factorByDays(years, right.byDays, inRoot);
  if (right.delta <= left.delta) return above;
  const below = factorByDays(years, left.byDays, inRoot);
  return below + ((above - below) * (delta - left.delta)) / (right.delta - left.delta);
}
