import type { Book } from "../../contract.ts";

/**
 * A book without its positions of quantity 0: what is not held chooses no factor, so that it changes no random draw.
 *
 * @returns the same book where every position is held
 */
export function heldBook(book: Book): Book {
  const positions = book.positions.filter(({ position }) => position.quantity !== 0);
  return positions.length === book.positions.length ? book : { ...book, positions };
}
