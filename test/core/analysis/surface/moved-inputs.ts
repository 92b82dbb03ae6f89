import type { Instrument, Option } from "../../../../core/instrument/index.ts";
import type { MarketSnapshot, Quote } from "../../../../core/market/index.ts";
import type { Portfolio } from "../../../../core/portfolio/index.ts";
import { blackGreeks, inverseValue } from "../../../../core/pricing/index.ts";
import { forward, market, portfolio } from "../sample-market.ts";

/** A market move written down on its own, for checks of surfaces against margin runs at the moved market. */
export interface Move {
  /** Relative price moves by underlying. */
  readonly prices: Readonly<Record<string, number>>;
  /** Volatility after the move. */
  readonly volatility: (option: Option, before: number, years: number) => number;
  readonly days: number;
}

const msPerYear = 365 * 86_400_000;
const yearsOf = ({ expiryMs }: Option): number => (expiryMs - market.asOfMs) / msPerYear;

/** Call delta of an option of the sample market before a move. */
export function callDelta({ strike }: Option, volatility: number, years: number): number {
  return blackGreeks(forward, strike, years, volatility, true).delta;
}

/** The sample portfolio at the sample market after a move: marks by the change of the model, equity by the profit, what expired as cash. */
export function movedInputs(
  { prices, volatility, days }: Move,
  held: Portfolio = portfolio,
): {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  /** Settlement currency -> profit. */
  readonly profits: ReadonlyMap<string, number>;
} {
  const moveOf = ({ underlying }: { readonly underlying: string }): number => prices[underlying] ?? 0;
  const left = (option: Option): number => Math.max(0, yearsOf(option) - days / 365);
  const valueAfter = (option: Option, sigma: number): number =>
    inverseValue(forward * (1 + moveOf(option)), option.strike, left(option), sigma, option.optionType === "call");
  const quoteAfter = (quote: Quote): Quote => {
    const { instrument, mark = Number.NaN, markVolatility = 0 } = quote;
    if (instrument.kind !== "option") return { ...quote, mark: mark * (1 + moveOf(instrument)) };
    const years = yearsOf(instrument);
    const sigma = volatility(instrument, markVolatility, years);
    const before = inverseValue(forward, instrument.strike, years, markVolatility, instrument.optionType === "call");
    const profit = valueAfter(instrument, sigma) - before;
    optionProfits.set(instrument.id, profit);
    return { ...quote, mark: Math.max(0, mark + profit), markVolatility: sigma };
  };
  const optionProfits = new Map<string, number>();
  const quotes = market.quotes.map(quoteAfter);
  const profits = new Map<string, number>();
  for (const { instrument, quantity } of held.positions) {
    const { settlement, id } = instrument;
    const profit = optionProfits.get(id) ?? futureProfit(instrument, moveOf(instrument));
    profits.set(settlement, (profits.get(settlement) ?? 0) + quantity * profit);
  }
  const isLeft = ({ instrument }: { readonly instrument: Instrument }): boolean =>
    instrument.kind !== "option" || left(instrument) > 0;
  return {
    profits,
    portfolio: {
      ...held,
      positions: held.positions.filter(isLeft),
      balances: held.balances.map(({ currency, equity }) => ({
        ...{ currency, equity: equity + (profits.get(currency) ?? 0), basis: "imported" },
      })),
    },
    market: {
      ...market,
      asOfMs: market.asOfMs + days * 86_400_000,
      indices: market.indices.map((one) => ({ ...one, price: one.price * (1 + moveOf(one)) })),
      quotes: quotes.filter(isLeft),
      forwards: market.forwards.map((one) => ({ ...one, value: one.value * (1 + moveOf(one)) })),
      smiles: [],
    },
  };
}

function futureProfit({ id, payoff }: Instrument, move: number): number {
  const before = market.quotes.find((quote) => quote.instrument.id === id)?.mark ?? Number.NaN;
  const after = before * (1 + move);
  return payoff === "inverse" ? 1 / before - 1 / after : after - before;
}
