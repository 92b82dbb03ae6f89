import { DomainError, demandFinite, power } from "../../base/index.ts";

/**
 * Relative move of the price made by an order, by the square-root rule.
 *
 *     dP/P = Y·σ·√(|Q|/ADV)·sign(Q)
 *
 * @param quantity    Q, units; buying > 0
 * @param dailyVolume ADV, units a day; > 0
 * @param volatility  σ, daily, fraction; ≥ 0
 * @param coefficient Y; about 1, 0.5 to 1.5 found
 * @returns fraction at the peak; the mean cost of the order is about two thirds of it
 * @throws DomainError if an argument is outside its bound
 * @source R. Almgren, C. Thum, E. Hauptmann, H. Li, Direct estimation of equity market impact (2005), and later studies
 */
export function squareRootImpact(quantity: number, dailyVolume: number, volatility: number, coefficient = 1): number {
  checkMarket(quantity, dailyVolume, volatility);
  if (!(coefficient >= 0)) throw new DomainError("coefficient must be ≥ 0", coefficient);
  return Math.sign(quantity) * coefficient * volatility * Math.sqrt(Math.abs(quantity) / dailyVolume);
}

/**
 * Relative move of the price made by an order, in proportion to its value.
 *
 *     dP/P = Q·P/D
 *
 * @param quantity Q, units; buying > 0
 * @param price    P, currency a unit; > 0
 * @param depth    D, currency that moves the price by 100 %; > 0
 * @returns fraction
 * @throws DomainError if an argument is outside its bound
 * @source A. Kyle, Continuous auctions and insider trading, Econometrica 53 (1985) 1315–1335
 */
export function linearImpact(quantity: number, price: number, depth: number): number {
  demandFinite("quantity", quantity);
  if (!(price > 0)) throw new DomainError("price must be above 0", price);
  if (!(depth > 0)) throw new DomainError("depth must be above 0", depth);
  return (quantity * price) / depth;
}

/** An order worked through the day. */
export interface WorkedOrder {
  /** σ, daily, fraction. */
  readonly volatility: number;
  /** |X|/V, order over average daily volume; ≥ 0. */
  readonly orderOverVolume: number;
  /** Θ/V, shares outstanding over average daily volume; > 0. */
  readonly outstandingOverVolume: number;
  /** T, days; > 0. */
  readonly days: number;
  /** γ, permanent; 0.314 when absent. */
  readonly permanent?: number;
  /** η, temporary; 0.142 when absent. */
  readonly temporary?: number;
}

/** Impact of a worked order; fractions of the price. */
export interface WorkedOrderCost {
  /** I, lasting move. */
  readonly permanent: number;
  /** K, move while trading. */
  readonly temporary: number;
  /** J = I/2 + K, mean cost; times notional it is the addition to margin, outside the multiplier of VaR. */
  readonly cost: number;
}

/**
 * Cost of an order worked evenly over a time.
 *
 *     I = γ·σ·(X/V)·(Θ/V)^(1/4),   K = η·σ·(X/(V·T))^(3/5),   J = I/2 + K
 *
 * @param order as declared
 * @returns fractions of the price; ≥ 0
 * @throws DomainError if a term is outside its bound
 * @source R. Almgren, C. Thum, E. Hauptmann, H. Li, Direct estimation of equity market impact, Risk 18 (2005) 58–62
 */
export function workedOrderCost(order: WorkedOrder): WorkedOrderCost {
  const { volatility, orderOverVolume, outstandingOverVolume, days, permanent = 0.314, temporary = 0.142 } = order;
  checkMarket(orderOverVolume, outstandingOverVolume, volatility);
  if (!(orderOverVolume >= 0)) throw new DomainError("order over volume must be ≥ 0", orderOverVolume);
  if (!(days > 0)) throw new DomainError("days must be above 0", days);
  const lasting = permanent * volatility * orderOverVolume * power(outstandingOverVolume, 0.25);
  const passing = temporary * volatility * power(orderOverVolume / days, 0.6);
  return { permanent: lasting, temporary: passing, cost: lasting / 2 + passing };
}

function checkMarket(quantity: number, volume: number, volatility: number): void {
  demandFinite("quantity", quantity);
  if (!(volume > 0)) throw new DomainError("volume must be above 0", volume);
  if (!(volatility >= 0 && Number.isFinite(volatility))) throw new DomainError("volatility must be ≥ 0", volatility);
}
