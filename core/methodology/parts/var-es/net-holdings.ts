import { positionGreeks } from "../../../pricing/index.ts";
import type { Book, BookPosition } from "../../contract.ts";

/** Positions of a book netted by instrument, with their greeks. */
export interface NetHolding {
  readonly held: BookPosition;
  /** Signed, in the instrument's unit. */
  readonly quantity: number;
  /** Units of the underlying. */
  readonly delta: number;
  /** USD per volatility point. */
  readonly vega: number;
}

/** What is held of each instrument, in the order of first appearance; terms are those of its first position. */
export function netHoldings({ positions }: Pick<Book, "positions">): readonly NetHolding[] {
  const byInstrument = new Map<string, { readonly held: BookPosition; quantity: number }>();
  for (const held of positions) {
    const { id } = held.position.instrument;
    const entry = byInstrument.get(id) ?? { held, quantity: 0 };
    entry.quantity += held.position.quantity;
    byInstrument.set(id, entry);
  }
  return [...byInstrument.values()].map(({ held, quantity }) => {
    const { delta, vega } = positionGreeks(held.position.instrument, held.terms, quantity);
    return { held, quantity, delta, vega };
  });
}
