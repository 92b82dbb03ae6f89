import { msPerDay } from "../base/index.ts";
import type { Book } from "../methodology/index.ts";
import { shockedBalance } from "./shocked-book.ts";

/**
 * A book after days have passed: contracts without time left are settled at the prices of the moved market. They leave the book, and the value
 * of the options among them is cash.
 *
 * @param before the book the move began from; positions as in `after`
 * @param after  at the moved terms
 * @param days   ≥ 0
 */
export function settledBook(before: Book, after: Book, days: number): Book {
  const isSettled = after.positions.map(
    ({ terms }, at) => terms.years === 0 && (before.positions[at]?.terms.years ?? 0) > 0,
  );
  const settled = optionValues(after.positions.filter((_, at) => isSettled[at]));
  return {
    ...after,
    asOfMs: after.asOfMs + days * msPerDay,
    positions: after.positions.filter((_, at) => !isSettled[at]),
    balances: after.balances.map((balance) => shockedBalance(balance, 0, -(settled.get(balance.currency) ?? 0))),
  };
}

/** Value of the options by settlement currency. */
export function optionValues(positions: Book["positions"]): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const { position, terms } of positions) {
    const { instrument, quantity } = position;
    if (instrument.kind !== "option") continue;
    values.set(instrument.settlement, (values.get(instrument.settlement) ?? 0) + quantity * terms.mark);
  }
  return values;
}
