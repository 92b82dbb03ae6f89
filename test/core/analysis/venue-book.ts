import { mappedBook } from "../../../core/explain/index.ts";
import type { Instrument } from "../../../core/instrument/index.ts";
import type { Methodology } from "../../../core/methodology/index.ts";
import { type ProductBook, productBook } from "../../bench/product-book.ts";

/** A synthetic book as contracts of the methodology's venue: mapped where the program maps, else linear ones of the same terms. */
export function venueBook(legs: number, { venue }: Methodology): ProductBook {
  const { portfolio, market } = productBook(legs);
  if (venue !== "thalex") return mappedBook(portfolio, market, venue);
  const linear = <T extends { readonly instrument: Instrument }>(held: T): T => ({
    ...held,
    instrument: { ...held.instrument, venue, payoff: "linear", settlement: "USD" },
  });
  return {
    portfolio: { ...portfolio, positions: portfolio.positions.map(linear) },
    market: { ...market, quotes: market.quotes.map(linear) },
  };
}
