import type { Book } from "../../methodology/index.ts";
import { shockedBalance } from "../shocked-book.ts";

/**
 * A book whose balances are derived: margin balances the venue stated hold for the unmoved market only and are left out, there as well, so that
 * nothing jumps where a scenario begins. The same object for the same book.
 */
export function derivedBook(book: Book): Book {
  const known = derived.get(book);
  if (known !== undefined) return known;
  const made: Book = { ...book, balances: book.balances.map((balance) => shockedBalance(balance, 0, 0)) };
  derived.set(book, made);
  return made;
}

const derived = new WeakMap<Book, Book>();
