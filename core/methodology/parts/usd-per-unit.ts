import { DomainError } from "../../base/index.ts";

/** Currencies taken at one US dollar unless the market has an index for them. */
const dollarCurrencies: ReadonlySet<string> = new Set(["USD", "USDC", "USDT", "USDE", "BUIDL"]);

/** True when amounts of a currency can be expressed in USD: the market has an index for it, or it counts as a dollar. */
export function hasUsdRate(indices: ReadonlyMap<string, number>, currency: string): boolean {
  return indices.has(currency) || dollarCurrencies.has(currency);
}

/**
 * USD per unit of a currency: its index, or 1 for dollar currencies without one.
 *
 * @param indices underlying -> index price
 * @returns > 0
 * @throws DomainError for a coin without an index; `hasUsdRate` tells before
 */
export function usdPerUnit(indices: ReadonlyMap<string, number>, currency: string): number {
  const index = indices.get(currency) ?? (dollarCurrencies.has(currency) ? 1 : undefined);
  if (index === undefined) throw new DomainError("a currency needs an index", currency);
  return index;
}

/** `usdPerUnit` at many markets, one number each. */
export function usdColumn(indices: ReadonlyMap<string, Float64Array>, currency: string, count: number): Float64Array {
  return indices.get(currency) ?? new Float64Array(count).fill(usdPerUnit(noIndices, currency));
}

const noIndices: ReadonlyMap<string, number> = new Map();
