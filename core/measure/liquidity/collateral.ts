import { DomainError } from "../../base/index.ts";

/**
 * Haircut of collateral from its volatility and the days it takes to sell.
 *
 *     H = 1 − e^(−z·σ·√h) + half spread,   at most 1
 *
 * @param quantile   z of the confidence; ≥ 0
 * @param volatility σ, daily, fraction; ≥ 0
 * @param days       h, days to sell; ≥ 0
 * @param halfSpread relative; ≥ 0
 * @returns fraction of value not counted; in [0, 1]
 * @throws DomainError if an argument is outside its bound
 */
export function statisticalHaircut(quantile: number, volatility: number, days: number, halfSpread: number): number {
  for (const value of [quantile, volatility, days, halfSpread]) {
    if (!(value >= 0 && Number.isFinite(value))) throw new DomainError("terms of a haircut must be ≥ 0", value);
  }
  return Math.min(1, -Math.expm1(-quantile * volatility * Math.sqrt(days)) + halfSpread);
}

/** Collateral held: its value now, the haircut that remains in joint scenarios, and the most of it that counts. */
export interface CollateralAsset {
  readonly asset: string;
  /** c_j·P_j, currency; any sign for a loan. */
  readonly value: number;
  /** H_j: cost of selling only, when the scenarios move the price; in [0, 1]. */
  readonly haircut: number;
  /** Most that counts, currency; ≥ 0; no limit when absent. 0 for what the venue or the counterparty issued itself. */
  readonly limit?: number;
}

/**
 * Most of a collateral that counts: its own limit, and what can be sold in the days of the haircut.
 *
 *     min(limit, ρ·ADV·h·P)
 *
 * @param limit         currency; ≥ 0, or infinite
 * @param participation ρ; in (0, 1]
 * @param dailyVolume   ADV, units a day; ≥ 0
 * @param days          h; ≥ 0
 * @param price         P, currency a unit; ≥ 0
 * @returns currency; ≥ 0
 * @throws DomainError if an argument is outside its bound
 */
export function collateralLimit(
  limit: number,
  participation: number,
  dailyVolume: number,
  days: number,
  price: number,
): number {
  if (!(limit >= 0)) throw new DomainError("limit must be ≥ 0", limit);
  if (!(participation > 0 && participation <= 1)) throw new DomainError("participation is in (0, 1]", participation);
  for (const value of [dailyVolume, days, price]) {
    if (!(value >= 0 && Number.isFinite(value))) throw new DomainError("volume, days and price must be ≥ 0", value);
  }
  return Math.min(limit, participation * dailyVolume * days * price);
}

/**
 * Value of collateral by scenario, moved together with the book.
 *
 *     Σ_j min(c_j·P_j·(1+r_j(s)), limit_j)·(1 − H_j)
 *
 * A loan (value below 0) is not cut and has no limit: it is owed in full.
 *
 * @param assets  held
 * @param returns r, asset-major, assets × scenarios; relative moves, > −1 or −1 for a total loss
 * @param scenarios number of scenarios
 * @returns currency, one a scenario
 * @throws DomainError if the moves do not fill the assets or a haircut is outside its bound
 */
export function collateralByScenario(
  assets: readonly CollateralAsset[],
  returns: Float64Array,
  scenarios: number,
): Float64Array {
  if (returns.length !== assets.length * scenarios) {
    throw new DomainError("assets × scenarios moves are expected", returns.length);
  }
  const values = new Float64Array(scenarios);
  for (const [index, { value, haircut, limit = Number.POSITIVE_INFINITY }] of assets.entries()) {
    if (!(haircut >= 0 && haircut <= 1)) throw new DomainError("haircut must be from 0 to 1", haircut);
    for (let scenario = 0; scenario < scenarios; scenario += 1) {
      const moved = value * (1 + (returns[index * scenarios + scenario] ?? 0));
      const counted = value < 0 ? moved : Math.min(moved, limit) * (1 - haircut);
      values[scenario] = (values[scenario] ?? 0) + counted;
    }
  }
  return values;
}

/**
 * Addition for collateral that falls when the book loses.
 *
 *     max( 0, ES(book and collateral together) − ES(book) − ES(haircut of the collateral) )
 *
 * @param joint      ES of the losses of book and collateral in the same scenarios, currency
 * @param book       ES of the book alone
 * @param collateral loss on the collateral that its haircuts already provide for; ≥ 0
 * @returns currency; ≥ 0
 * @throws DomainError if an argument is not finite
 */
export function wrongWayAddOn(joint: number, book: number, collateral: number): number {
  const addOn = joint - book - collateral;
  if (!Number.isFinite(addOn)) throw new DomainError("measures must be finite", addOn);
  return Math.max(0, addOn);
}
