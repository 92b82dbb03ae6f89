import { DomainError } from "../../base/index.ts";
import { checkAmount, checkMargins } from "./margin-series.ts";

/**
 * Margin never below that of a long look-back: option (c) of article 28 of EU 153/2013.
 *
 *     A_t = max(m_t, m_10y)
 *
 * @param margins m, unmitigated, oldest first; ≥ 0
 * @param floor   m_10y, with the volatility of ten years, equally weighted; one amount, or one a day; ≥ 0
 * @returns A, one a day
 * @throws DomainError if a margin or the floor is outside its bound, or a floor series is of another length
 * @source Commission Delegated Regulation (EU) 153/2013, article 28(1)(c)
 */
export function flooredMargins(margins: Float64Array, floor: number | Float64Array): Float64Array {
  checkMargins(margins);
  if (typeof floor === "number") checkAmount(floor, "floor");
  else {
    checkMargins(floor);
    if (floor.length !== margins.length) throw new DomainError("one floor a day is expected", floor.length);
  }
  return margins.map((margin, t) => Math.max(margin, typeof floor === "number" ? floor : (floor[t] ?? 0)));
}

/**
 * Margin held between two bounds.
 *
 *     A_t = clamp(m_t, low, high)
 *
 * @param margins m, unmitigated; ≥ 0
 * @param low     ≥ 0
 * @param high    ≥ low; a cap leaves breaches uncovered
 * @returns A, one a day
 * @throws DomainError if a margin or a bound is outside its bound
 */
export function boundedMargins(margins: Float64Array, low: number, high: number): Float64Array {
  checkMargins(margins);
  checkAmount(low, "floor");
  if (!(high >= low)) throw new DomainError(`cap must be at least the floor of ${low}`, high);
  return margins.map((margin) => Math.min(high, Math.max(low, margin)));
}

/** Greatest change of applied margin in a day. */
export interface SpeedLimit {
  /** 0.05: at most 5 % up. */
  readonly rise: number;
  /** 0.02: at most 2 % down. */
  readonly fall: number;
}

/**
 * Margin that moves by at most a share of itself a day.
 *
 *     A_t = clamp(m_t, (1−fall)·A_{t−1}, (1+rise)·A_{t−1}),   A₀ = m₀
 *
 * A limit holds margin below what the model asks for; days on which coverage failed override it.
 *
 * @param margins  m, unmitigated, oldest first; ≥ 0
 * @param limit    greatest rise and fall a day
 * @param override 1 on days that take the unmitigated margin if it is higher (coverage failed); none when absent
 * @returns A, one a day
 * @throws DomainError if a margin or a limit is outside its bound
 */
export function speedLimitedMargins(
  margins: Float64Array,
  limit: SpeedLimit = { rise: 0.05, fall: 0.02 },
  override?: ArrayLike<number>,
): Float64Array {
  checkMargins(margins);
  checkAmount(limit.rise, "greatest rise");
  if (!(limit.fall >= 0 && limit.fall <= 1)) throw new DomainError("greatest fall must be from 0 to 1", limit.fall);
  const applied = new Float64Array(margins.length);
  let before = margins[0] ?? 0;
  for (let t = 0; t < margins.length; t += 1) {
    const margin = margins[t] ?? 0;
    const limited = Math.min((1 + limit.rise) * before, Math.max((1 - limit.fall) * before, margin));
    // From zero no share of it leads anywhere: the first margin above zero is taken whole.
    before = before === 0 || (override?.[t] ?? 0) > 0 ? Math.max(margin, limited) : limited;
    applied[t] = before;
  }
  return applied;
}
