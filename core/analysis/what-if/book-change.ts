import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import type { Book } from "../../methodology/index.ts";

/** An amount of one instrument: of a whole book, or of what a what-if changes in it. */
export interface Holding {
  readonly instrument: Instrument;
  readonly terms: PricingTerms;
  /** Signed, in `quantityUnit(instrument)`. */
  readonly quantity: number;
}

/**
 * What one book holds more than another, position by position: the difference of quantities where a position changed, the whole where it is
 * in one book only. Everything that is additive (greeks, profit in a scenario) changes by the sum over these.
 *
 * @param from before
 * @param to   after; positions that stay are the same objects in the same order
 */
export function bookChange(from: Book, to: Book): readonly Holding[] {
  const changes: Holding[] = [];
  const later = new Map<string, Book["positions"][number]>();
  let next = 0;
  for (const entry of from.positions) {
    const other = to.positions[next];
    if (other?.position === entry.position) {
      next += 1;
      continue;
    }
    const { instrument, quantity, id } = entry.position;
    if (other?.position.id === id) {
      changes.push({ instrument, terms: entry.terms, quantity: other.position.quantity - quantity });
      next += 1;
    } else changes.push({ instrument, terms: entry.terms, quantity: -quantity });
  }
  for (const entry of to.positions.slice(next)) later.set(entry.position.id, entry);
  for (const { position, terms } of later.values())
    changes.push({ instrument: position.instrument, terms, quantity: position.quantity });
  return changes.filter(({ quantity }) => quantity !== 0);
}

/** The holdings of a whole book, position by position. */
export function holdingsOfBook({ positions }: Book): readonly Holding[] {
  return positions.map(({ position, terms }) => ({
    instrument: position.instrument,
    terms,
    quantity: position.quantity,
  }));
}
