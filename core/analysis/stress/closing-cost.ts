import { numbersOf } from "../../base/index.ts";
import type { MarketSnapshot, PricingTerms } from "../../market/index.ts";
import { type Book, hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import { holdingsOf } from "../holdings.ts";

/** Half spreads by row of `holdingsOf(book)`: a share of the mark, of options an amount in their price unit; NaN where the market has none. */
export type HalfSpreads = Float64Array;

/** Half spreads of the contracts of a book, as the market quotes them. */
export function halfSpreads(book: Book, market: MarketSnapshot): HalfSpreads {
  const quotes = new Map(market.quotes.map((quote) => [quote.instrument.id, quote]));
  return numbersOf(holdingsOf(book).instruments, ({ instrument, terms }) => {
    const { bid, ask } = quotes.get(instrument.id) ?? {};
    if (bid === undefined || ask === undefined || !(bid > 0) || !(ask >= bid)) return Number.NaN;
    return (ask - bid) / 2 / (instrument.kind === "option" ? 1 : terms.mark);
  });
}

export interface ClosingCost {
  /** ≥ 0. */
  readonly costUsd: number;
  /** Contracts it counts, of those held. */
  readonly counted: number;
  readonly held: number;
}

/**
 * Cost of closing a book at a widened spread: half of it for every contract, no depth or impact.
 *
 *     linear q·F′·h·k,   inverse q/F′·h·k,   options q·h·k
 *
 * @param book   before the scenario: what is held
 * @param terms  after it, by row of `holdingsOf(book)`
 * @param rates  indices after it
 * @param times  k; > 0
 */
export function closingCost(
  book: Book,
  terms: readonly PricingTerms[],
  rates: ReadonlyMap<string, number>,
  spreads: HalfSpreads,
  times: number,
): ClosingCost {
  const { instruments, quantities } = holdingsOf(book);
  let costUsd = 0;
  let counted = 0;
  let held = 0;
  instruments.forEach(({ instrument }, row) => {
    const quantity = Math.abs(quantities[row] ?? 0);
    const spread = spreads[row] ?? Number.NaN;
    const { settlement, kind, payoff } = instrument;
    const price = Math.abs(terms[row]?.forward ?? Number.NaN);
    if (quantity === 0) return;
    held += 1;
    if (Number.isNaN(spread) || !hasUsdRate(rates, settlement)) return;
    counted += 1;
    const size =
      kind === "option" ? quantity : payoff === "inverse" && kind !== "spot" ? quantity / price : quantity * price;
    costUsd += size * spread * times * usdPerUnit(rates, settlement);
  });
  return { costUsd, counted, held };
}
