import type { Instrument } from "../../instrument/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";

/**
 * Delivery prices as a panel shows them: the index at the first market at or after the expiry. The venue averages its index
 * over the half hour before; the distance to it is the panel's, and the documents say so.
 */
export interface DeliveryPrices {
  /** Notes the expiries of what is held before they pass. */
  readonly expect: (instruments: readonly Instrument[]) => void;
  /** Takes the next market, ascending in time. */
  readonly see: (market: MarketSnapshot) => void;
  /** Quote currency, > 0; `undefined` before the expiry has passed or when the market had no index. */
  readonly of: (instrument: Instrument) => number | undefined;
}

/** Delivery prices of one walk along a panel; it remembers what it was told. */
export function deliveryPrices(): DeliveryPrices {
  const prices = new Map<string, number | undefined>();
  const expected = new Map<string, { readonly underlying: string; readonly expiryMs: number }>();
  return {
    expect: (instruments) => {
      for (const instrument of instruments) {
        const expiryMs = expiryOf(instrument);
        if (expiryMs === undefined) continue;
        const key = keyOf(instrument.underlying, expiryMs);
        if (!prices.has(key)) expected.set(key, { underlying: instrument.underlying, expiryMs });
      }
    },
    see: (market) => {
      for (const [key, { underlying, expiryMs }] of expected) {
        if (expiryMs > market.asOfMs) continue;
        expected.delete(key);
        prices.set(key, market.indices.find((index) => index.underlying === underlying)?.price);
      }
    },
    of: (instrument) => {
      const expiryMs = expiryOf(instrument);
      return expiryMs === undefined ? undefined : prices.get(keyOf(instrument.underlying, expiryMs));
    },
  };
}

function keyOf(underlying: string, expiryMs: number): string {
  return `${underlying}@${expiryMs}`;
}
