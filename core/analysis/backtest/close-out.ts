import { sum } from "../../base/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import type { MarketSnapshot, PricingTerms } from "../../market/index.ts";
import { hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import type { Position } from "../../portfolio/index.ts";
import { deliveryProfit, unitProfit } from "../../pricing/index.ts";
import { resolveTerms } from "../../revaluation/index.ts";
import type { Driver } from "./backtest.ts";
import type { DeliveryPrices } from "./delivery-prices.ts";

/** A position with its terms when the period began. */
export interface Held {
  readonly position: Position;
  readonly terms: PricingTerms;
}

export interface CloseOut {
  /** Gain > 0, USD. */
  readonly profitUsd: number;
  /** The three positions that lost most, worst first; losses > 0, USD. */
  readonly drivers: readonly Driver[];
  /** Symbols without a value at the end. */
  readonly unvalued: readonly string[];
}

/** Positions of a book that have terms at a market; the rest have none and cannot be followed. */
export function heldAt(positions: readonly Position[], market: MarketSnapshot): readonly Held[] {
  return positions.flatMap((position) => {
    const terms = resolveTerms(market, position.instrument, position.stated);
    return terms.ok ? [{ position, terms: terms.value }] : [];
  });
}

/**
 * Profit of unchanged positions from an earlier instant to a market: marks against marks, what expired at its delivery price.
 * Coin profit is converted at the index of the end.
 *
 * @param held       positions with their terms at the beginning
 * @param market     the end of the period
 * @param deliveries delivery prices of expiries up to the market
 * @returns USD, gain > 0; positions that cannot be valued at the end are left out and named
 * @source resources/docs/backtest.md, section 3
 */
export function closeOut(held: readonly Held[], market: MarketSnapshot, deliveries: DeliveryPrices): CloseOut {
  const indices = new Map(market.indices.map(({ underlying, price }) => [underlying, price]));
  const unvalued: string[] = [];
  const profits = held.flatMap(({ position, terms }) => {
    const { instrument, quantity } = position;
    const unit = profitOfOne({ position, terms }, market, deliveries);
    if (unit !== undefined && hasUsdRate(indices, instrument.settlement))
      return [{ symbol: instrument.symbol, usd: quantity * unit * usdPerUnit(indices, instrument.settlement) }];
    unvalued.push(instrument.symbol);
    return [];
  });
  const losers = profits.filter(({ usd }) => usd < 0).sort((a, b) => a.usd - b.usd || (a.symbol < b.symbol ? -1 : 1));
  return {
    profitUsd: sum(profits.map(({ usd }) => usd)),
    drivers: losers.slice(0, 3).map(({ symbol, usd }) => ({ symbol, lossUsd: -usd })),
    unvalued,
  };
}

function profitOfOne({ position, terms }: Held, market: MarketSnapshot, deliveries: DeliveryPrices) {
  const { instrument } = position;
  const expiryMs = expiryOf(instrument);
  if (expiryMs !== undefined && expiryMs <= market.asOfMs) {
    const price = deliveries.of(instrument);
    return price === undefined ? undefined : deliveryProfit(instrument, terms, price);
  }
  const after = resolveTerms(market, instrument);
  return after.ok ? unitProfit(instrument, terms, after.value) : undefined;
}
