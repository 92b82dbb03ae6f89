import { type Instrument, instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { MarketSnapshot, Quote } from "../../../core/market/index.ts";
import type { Portfolio, PositionId } from "../../../core/portfolio/index.ts";
import { inverseValue } from "../../../core/pricing/index.ts";

const asOfMs = Date.UTC(2026, 0, 4, 9);
const expiryMs = Date.UTC(2026, 2, 27, 8);
const years = (expiryMs - asOfMs) / (365 * 86_400_000);
export const forward = 92000;

const btc = { venue: "deribit", underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" } as const;

function option(strike: number, optionType: Option["optionType"]): Option {
  const symbol = `BTC-27MAR26-${strike}-${optionType === "call" ? "C" : "P"}`;
  return { ...btc, id: instrumentId("deribit", symbol), symbol, kind: "option", expiryMs, strike, optionType };
}

export const perpetual: Instrument = {
  ...btc,
  id: instrumentId("deribit", "BTC-PERPETUAL"),
  symbol: "BTC-PERPETUAL",
  kind: "perpetual",
};
export const linearPerpetual: Instrument = {
  ...{ venue: "deribit", underlying: "SOL", quote: "USDC", payoff: "linear", settlement: "USDC" },
  ...{ id: instrumentId("deribit", "SOL_USDC-PERPETUAL"), symbol: "SOL_USDC-PERPETUAL", kind: "perpetual" },
};
export const call = option(100000, "call");
export const put = option(80000, "put");

/** Marks rounded to four decimals, as a venue prints them. */
function optionQuote(instrument: Option, volatility: number): Quote {
  const value = inverseValue(forward, instrument.strike, years, volatility, instrument.optionType === "call");
  return { instrument, mark: Number(value.toFixed(4)), markVolatility: volatility };
}

export const market: MarketSnapshot = {
  name: "sample",
  venue: "deribit",
  asOfMs,
  indices: [
    { underlying: "BTC", price: 91000, source: "quoted" },
    { underlying: "SOL", price: 140, source: "quoted" },
  ],
  quotes: [
    { instrument: perpetual, mark: 91020 },
    { instrument: linearPerpetual, mark: 140.2 },
    optionQuote(call, 0.43),
    optionQuote(put, 0.48),
  ],
  forwards: [{ underlying: "BTC", quote: "USD", expiryMs, value: forward, method: "parity", pairs: 2 }],
  smiles: [
    {
      ...{ underlying: "BTC", quote: "USD", expiryMs },
      points: [
        { strike: 80000, volatility: 0.48 },
        { strike: 100000, volatility: 0.43 },
      ],
    },
  ],
  warnings: [],
  sources: [],
};

const held = (instrument: Instrument, quantity: number, index = 0) => ({
  id: `${instrument.symbol}#${index}` as PositionId,
  instrument,
  quantity,
});

export const portfolio: Portfolio = {
  name: "sample",
  venue: "deribit",
  positions: [held(perpetual, 100000), held(call, -10), held(put, 5), held(put, -12, 1), held(linearPerpetual, -300)],
  balances: [
    { currency: "BTC", equity: 4.2, marginBalance: 4.1, basis: "imported" },
    { currency: "USDC", equity: 9000, basis: "imported" },
  ],
  components: [],
  sources: [],
};
