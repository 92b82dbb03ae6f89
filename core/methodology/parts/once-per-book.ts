import type { Book } from "../contract.ts";

/**
 * A function of book and rules that remembers its last answer: scenarios and charge ask for the same things of the same book, one after the other.
 *
 * @param make computes the answer; a pure function
 */
export function oncePerBook<Rules extends object, Value>(
  make: (book: Book, rules: Rules) => Value,
): (book: Book, rules: Rules) => Value {
  let last: { readonly book: Book; readonly rules: Rules; readonly value: Value } | undefined;
  return (book, rules) => {
    if (last?.book === book && last.rules === rules) return last.value;
    const value = make(book, rules);
    last = { book, rules, value };
    return value;
  };
}
