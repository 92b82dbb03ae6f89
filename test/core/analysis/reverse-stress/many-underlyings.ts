import type { FactorModelChoice } from "../../../../core/analysis/index.ts";
import { type Instrument, instrumentId, type Option } from "../../../../core/instrument/index.ts";
import type { MarketSnapshot } from "../../../../core/market/index.ts";
import type { Portfolio, PositionId } from "../../../../core/portfolio/index.ts";
import { blackValue } from "../../../../core/pricing/index.ts";

const asOfMs = Date.UTC(2026, 0, 4, 9);
const expiryMs = Date.UTC(2026, 2, 27, 8);
const years = (expiryMs - asOfMs) / (365 * 86_400_000);

/** A market and a book of dollar-settled perpetuals and options on several underlyings; 12 units of each option. */
export function manyUnderlyings(names: readonly string[], sign = 1): { market: MarketSnapshot; portfolio: Portfolio } {
  const priced = names.map((underlying, at) => ({ underlying, price: 100 * (at + 1), volatility: 0.5 + 0.02 * at }));
  const rows = priced.flatMap(({ underlying, price, volatility }, at) => {
    const base = { venue: "deribit", underlying, quote: "USDC", payoff: "linear", settlement: "USDC" } as const;
    const perpetual: Instrument = {
      ...base,
      ...{
        id: instrumentId("deribit", `${underlying}_USDC-PERPETUAL`),
        symbol: `${underlying}_USDC-PERPETUAL`,
        kind: "perpetual",
      },
    };
    const option = (strike: number, optionType: Option["optionType"]): Option => {
      const symbol = `${underlying}_USDC-27MAR26-${strike}-${optionType === "call" ? "C" : "P"}`;
      return { ...base, id: instrumentId("deribit", symbol), symbol, kind: "option", expiryMs, strike, optionType };
    };
    const options = [option(price * 1.1, "call"), option(price * 0.9, "put")];
    return [
      { instrument: perpetual, mark: price, quantity: sign * (at % 2 === 0 ? 20 : -15) },
      ...options.map((instrument, i) => ({
        instrument,
        mark: blackValue(price, instrument.strike, years, volatility, instrument.optionType === "call"),
        markVolatility: volatility,
        quantity: sign * (i === 0 ? -12 : at % 3 === 0 ? 8 : -9),
      })),
    ];
  });
  const market: MarketSnapshot = {
    ...{ name: "many", venue: "deribit", asOfMs, warnings: [], sources: [] },
    indices: priced.map(({ underlying, price }) => ({ underlying, price, source: "quoted" })),
    quotes: rows.map(({ quantity: _, ...quote }) => quote),
    forwards: priced.map(({ underlying, price }) => ({
      ...{ underlying, quote: "USDC", expiryMs, value: price, method: "parity", pairs: 2 },
    })),
    smiles: priced.map(({ underlying, price, volatility }) => ({
      ...{ underlying, quote: "USDC", expiryMs },
      points: [
        { strike: price * 0.9, volatility },
        { strike: price * 1.1, volatility },
      ],
    })),
  };
  const portfolio: Portfolio = {
    ...{ name: "many", venue: "deribit", components: [], sources: [] },
    positions: rows.map(({ instrument, quantity }) => ({ id: instrument.symbol as PositionId, instrument, quantity })),
    balances: [{ currency: "USDC", equity: 30_000, basis: "imported" }],
  };
  return { market, portfolio };
}

/** Deviations of 8 % of prices and 15 % of volatilities; prices correlate 0.7, volatilities 0.8, price and volatility −0.3. */
export function statedCovariance(names: readonly string[]): FactorModelChoice {
  const factors = names.flatMap((name) => [
    { factor: `price:${name}`, deviation: 0.08 },
    { factor: `volatility:${name}`, deviation: 0.15 },
  ]);
  const correlation = factors.map((_, i) =>
    factors.map((__, j) => (i === j ? 1 : i % 2 !== j % 2 ? -0.3 : i % 2 === 0 ? 0.7 : 0.8)),
  );
  return { from: "stated", horizonDays: 2, factors, correlation };
}
