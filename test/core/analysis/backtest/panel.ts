import type { MarketPanel } from "../../../../core/analysis/index.ts";
import { type Result, success } from "../../../../core/base/index.ts";
import { instrumentId, type Option } from "../../../../core/instrument/index.ts";
import type { MarketSnapshot } from "../../../../core/market/index.ts";
import { inverseValue } from "../../../../core/pricing/index.ts";

const dayMs = 86_400_000;
export const firstMs = Date.UTC(2026, 0, 5, 9);

/** Index of the days of the panel: a calm start, a fall, a rebound. */
export const path = [90000, 90500, 91000, 88000, 80000, 70000, 72000, 75000, 74000, 76000] as const;
const expiries = [Date.UTC(2026, 0, 9, 8), Date.UTC(2026, 0, 30, 8), Date.UTC(2026, 2, 27, 8)];
const strikes = [60000, 70000, 80000, 85000, 90000, 95000, 100000, 110000];

export function option(expiryMs: number, strike: number, optionType: Option["optionType"]): Option {
  const symbol = `BTC-${expiryMs}-${strike}-${optionType === "call" ? "C" : "P"}`;
  return {
    ...{ id: instrumentId("deribit", symbol), venue: "deribit", symbol, underlying: "BTC", quote: "USD" },
    ...{ kind: "option", payoff: "inverse", settlement: "BTC", expiryMs, strike, optionType },
  };
}

/** A made-up market: flat volatility 0.5, forwards at the index. */
export function marketOn(day: number): MarketSnapshot {
  const asOfMs = firstMs + day * dayMs;
  const index = path[day] ?? Number.NaN;
  const live = expiries.filter((expiryMs) => expiryMs > asOfMs);
  return {
    ...{ name: `day ${day}`, venue: "deribit", asOfMs, warnings: [], sources: [], synthetic: true },
    indices: [{ underlying: "BTC", price: index, source: "quoted" }],
    quotes: live.flatMap((expiryMs) =>
      strikes.flatMap((strike) =>
        (["call", "put"] as const).map((type) => {
          const years = (expiryMs - asOfMs) / (365 * dayMs);
          const mark = inverseValue(index, strike, years, 0.5, type === "call");
          return { instrument: option(expiryMs, strike, type), mark, markVolatility: 0.5 };
        }),
      ),
    ),
    forwards: live.map((expiryMs) => ({
      ...{ underlying: "BTC", quote: "USD", expiryMs, value: index, method: "parity", pairs: strikes.length },
    })),
    smiles: live.map((expiryMs) => ({
      ...{ underlying: "BTC", quote: "USD", expiryMs },
      points: strikes.map((strike) => ({ strike, volatility: 0.5 })),
    })),
  };
}

/** The panel; markets of `broken` cannot be read, and reads are noted in `read`. */
export function panel(options: { readonly broken?: readonly number[]; readonly read?: number[] } = {}): MarketPanel {
  return {
    name: "made-up fall",
    entries: path.map((_, day) => ({ asOfMs: firstMs + day * dayMs, marketId: `market-${day}` })),
    market: async (index): Promise<Result<MarketSnapshot>> => {
      options.read?.push(index);
      if (options.broken?.includes(index) === true)
        return { ok: false, failure: { reason: "not-found", message: "the market was deleted" } };
      return success(marketOn(index));
    },
  };
}
