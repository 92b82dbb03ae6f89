import type { Book } from "../contract.ts";

/**
 * A function of book and rules that remembers its last answer for each book: scenarios and charge ask for the same things
 * of the same book, one after the other. Books are immutable, and the answer goes with them.
 *
 * @param make computes the answer; a pure function
 */
export function oncePerBook<Rules extends object, Value>(
  make: (book: Book, rules: Rules) => Value,
): (book: Book, rules: Rules) => Value {
  const answers = new WeakMap<Book, { readonly rules: Rules; readonly value: Value }>();
  return (book, rules) => {
    const known = answers.get(book);
    if (known !== undefined && known.rules === rules) return known.value;
    const value = make(book, rules);
    answers.set(book, { rules, value });
    return value;
  };
}
