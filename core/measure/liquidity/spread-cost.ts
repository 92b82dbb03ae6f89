import { DomainError, demandFinite } from "../../base/index.ts";

/** What liquidity-adjusted VaR needs to know of a price and its spread. */
export interface SpreadTerms {
  /** P, mid price; > 0. */
  readonly price: number;
  /** σ, volatility over the horizon; fraction; ≥ 0. */
  readonly volatility: number;
  /** z, normal quantile of the confidence; 2.326 at 99 %. */
  readonly quantile: number;
  /** S̄, mean relative spread, (ask − bid)/mid; ≥ 0. */
  readonly meanSpread: number;
  /** s_S, standard deviation of the relative spread; ≥ 0. */
  readonly spreadDeviation: number;
  /** a, deviations from the mean to the 99th percentile of the spread; 2 to 4.5 found in markets, 2.33 if normal; ≥ 0. */
  readonly spreadMultiple: number;
  /** θ, correction for fat tails, 1 + φ·ln(kurtosis/3); 1 when absent: no φ is published that fits every market. */
  readonly tailCorrection?: number;
}

/** Liquidity-adjusted VaR of one unit and its two parts; currency a unit. */
export interface LiquidityAdjustedRisk {
  readonly price: number;
  readonly spread: number;
  readonly total: number;
}

/**
 * Liquidity-adjusted VaR of one unit held long: fall of the price, and half a bad spread on top.
 *
 *     P·(1 − e^(−z·θ·σ)) + ½·P·(S̄ + a·s_S)
 *
 * @param terms as declared
 * @returns currency a unit; each ≥ 0
 * @throws DomainError if a term is outside its bound
 * @source A. Bangia, F. Diebold, T. Schuermann, J. Stroughair, Modeling liquidity risk, Wharton 99-06 (1999)
 */
export function liquidityAdjustedRisk(terms: SpreadTerms): LiquidityAdjustedRisk {
  const { price, volatility, quantile, meanSpread, spreadDeviation, spreadMultiple, tailCorrection = 1 } = terms;
  if (!(price > 0 && Number.isFinite(price))) throw new DomainError("price must be above 0", price);
  for (const value of [volatility, quantile, meanSpread, spreadDeviation, spreadMultiple, tailCorrection]) {
    if (!(value >= 0 && Number.isFinite(value))) throw new DomainError("terms of a spread must be ≥ 0", value);
  }
  const fall = -price * Math.expm1(-quantile * tailCorrection * volatility);
  const spread = 0.5 * price * (meanSpread + spreadMultiple * spreadDeviation);
  return { price: fall, spread, total: fall + spread };
}

/**
 * Cost of crossing the spread, one that grows with the size of the order.
 *
 *     cost = ½·|Q|·P·S₀·(1 + η·|Q|/depth)
 *
 * @param quantity Q, units; any sign
 * @param price    P, mid, currency a unit; > 0
 * @param spread   S₀, relative spread of a small order; ≥ 0
 * @param growth   η; ≥ 0, 0 for the present spread at any size
 * @param depth    units quoted; > 0
 * @returns currency; ≥ 0
 * @throws DomainError if an argument is outside its bound
 */
export function spreadCost(quantity: number, price: number, spread: number, growth: number, depth: number): number {
  demandFinite("quantity", quantity);
  if (!(price > 0)) throw new DomainError("price must be above 0", price);
  if (!(spread >= 0 && growth >= 0))
    throw new DomainError("spread and its growth must be ≥ 0", Math.min(spread, growth));
  if (!(depth > 0)) throw new DomainError("depth must be above 0", depth);
  const size = Math.abs(quantity);
  return 0.5 * size * price * spread * (1 + (growth * size) / depth);
}

/** A price and what can be traded at it. */
export interface BookLevel {
  readonly price: number;
  /** Units; ≥ 0. */
  readonly quantity: number;
}

/** Cost of an order walked through a book. */
export interface BookWalk {
  /** Against mid; currency; ≥ 0. */
  readonly cost: number;
  readonly filled: number;
  /** Units beyond the visible book: their cost is that of impact. */
  readonly unfilled: number;
}

/**
 * Cost of selling to the bids, or buying from the asks, level by level.
 *
 *     Σ |price_l − mid|·filled_l
 *
 * @param size   units; ≥ 0
 * @param mid    currency a unit
 * @param levels best first
 * @returns cost of what the book fills, and what it does not
 * @throws DomainError if the size or a level is outside its bound
 */
export function bookWalk(size: number, mid: number, levels: readonly BookLevel[]): BookWalk {
  if (!(size >= 0 && Number.isFinite(size))) throw new DomainError("size must be finite and ≥ 0", size);
  let [cost, filled] = [0, 0];
  for (const { price, quantity } of levels) {
    if (!(quantity >= 0)) throw new DomainError("quantity of a level must be ≥ 0", quantity);
    const taken = Math.min(quantity, size - filled);
    cost += Math.abs(price - mid) * taken;
    filled += taken;
  }
  return { cost, filled, unfilled: size - filled };
}
