import { DomainError, demandPositive } from "../base/index.ts";
import type { Payoff } from "../instrument/index.ts";

/**
 * Profit of a futures or perpetual position between two prices.
 *
 *     linear   q·(F1 − F0), quote currency, q in underlying units
 *     inverse  Q·(1/F0 − 1/F1), coin, Q in quote currency
 *
 * @param payoff   how profit is paid
 * @param quantity q or Q, long > 0
 * @param from     F0, quote currency; > 0
 * @param to       F1, quote currency; > 0
 * @returns settlement currency; gain > 0
 * @throws DomainError if an argument is outside its bound
 * @source Deribit, Inverse Perpetual and Linear Perpetual
 */
export function futureProfit(payoff: Payoff, quantity: number, from: number, to: number): number {
  demandPositive("a price", from);
  demandPositive("a price", to);
  return payoff === "linear" ? quantity * (to - from) : (quantity * (to - from)) / (from * to);
}

/**
 * Funding of one period, paid by longs when the rate is above 0.
 *
 * @param payoff   how profit is paid
 * @param quantity underlying units when linear, quote currency when inverse; long > 0
 * @param mark     mark price, quote currency; > 0
 * @param rate     funding rate of the period, fraction
 * @returns profit of the position in settlement currency: below 0 when it pays
 * @throws DomainError if the mark is outside its bound
 * @source Deribit, Inverse Perpetual and Linear Perpetual, funding
 */
export function fundingProfit(payoff: Payoff, quantity: number, mark: number, rate: number): number {
  demandPositive("a price", mark);
  const notional = payoff === "linear" ? quantity * mark : quantity / mark;
  const profit = -notional * rate;
  return profit === 0 ? 0 : profit;
}

/**
 * Market price of a future by the rule of about 2017: the last trade, limited to the best quotes.
 *
 * @param last last traded price
 * @param bid  best bid
 * @param ask  best ask; ≥ bid
 * @returns a price between bid and ask
 * @throws DomainError if the quotes cross
 * @source Deribit, Mark Price (old page, about 2017)
 */
export function limitedMarketPrice(last: number, bid: number, ask: number): number {
  if (!(bid <= ask)) throw new DomainError("the best bid must not be above the best ask", bid);
  return Math.min(Math.max(last, bid), ask);
}
