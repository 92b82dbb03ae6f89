import { DomainError } from "../../base/index.ts";

/** Prices, discount factors, volatilities, times and shocks reach to 1e50, quantities to 1e100: no product of the formula leaves the range of numbers. */
export const mostOfAny = 1e50;
const mostQuantity = 1e100;
const leastPrice = 1e-50;
/** ln of `mostOfAny`. */
export const mostLogMove = 115;

/** Whether a number is a price the engine takes: 1e-50 to 1e50. NaN is none. */
export function isPrice(value: number | undefined): boolean {
  return value !== undefined && value >= leastPrice && value <= mostOfAny;
}

/** Whether a number is a volatility or a time the engine takes: 0 to 1e50. */
export function isAmount(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value <= mostOfAny;
}

/** Whether a number is a quantity the engine takes: at most 1e100 either way. */
export function isQuantity(value: number | undefined): boolean {
  return value !== undefined && Math.abs(value) <= mostQuantity;
}

/** A relative move of a price or a volatility. @throws DomainError unless it is above −1 and at most 1e50 */
export function checkedMove(move: number | undefined, what = "a price move"): number {
  if (move === undefined || !(move > -1 && move <= mostOfAny))
    throw new DomainError(`${what} must be above -1, at most ${mostOfAny}`, move);
  return move;
}

/** @throws DomainError unless the price of a symbol is above 0: from 1e-50 to 1e50 */
export function checkPrice(what: string, symbol: string, price: number): void {
  if (!isPrice(price))
    throw new DomainError(`the ${what} of ${symbol} must be above 0, from ${leastPrice} to ${mostOfAny}`, price);
}
