import type { PricingTerms } from "../market/index.ts";
import type { Book } from "../methodology/index.ts";
import { type Holdings, profitInUsd, type ShockedBook, type StatedUnits, shockedBalance } from "./shocked-book.ts";

/** Where the instruments of a book have come to, and what was made on the way. Rows as in the holdings. */
export interface MovedRows {
  /** Terms after the move, one a row. */
  readonly terms: readonly PricingTerms[];
  /** Profit of what is held of each row, settlement currency; gain > 0. */
  readonly amounts: Float64Array;
  /** Change of the value of the options held of each row, settlement currency. */
  readonly optionChanges: Float64Array;
  /** Indices after the move. */
  readonly indices: ReadonlyMap<string, number>;
  /** Marks and deltas of instruments that stand for several; NaN for the others. */
  readonly stated?: StatedUnits | undefined;
}

/**
 * A book at new terms: the profit goes into the equity of its settlement currency, or of the whole account in USD at the new indices, and a
 * stated option value moves with the marks. Other parts of equity and the margin balance the venue stated no longer hold and are left out, so
 * that the methodology derives them.
 *
 * @param book     before the move
 * @param holdings `holdingsOf(book)`
 */
export function bookAtTerms(book: Book, holdings: Holdings, moved: MovedRows): ShockedBook {
  const { terms, indices, stated } = moved;
  const profits = bySettlement(holdings, moved.amounts);
  const changes = bySettlement(holdings, moved.optionChanges);
  return {
    book: {
      ...book,
      indices,
      positions: positionsAt(book, holdings, terms, stated),
      balances: book.balances.map((balance) => {
        const change = (amounts: ReadonlyMap<string, number>) =>
          balance.wholeAccount ? profitInUsd(amounts, indices) : (amounts.get(balance.currency) ?? 0);
        return shockedBalance(balance, change(profits), change(changes));
      }),
    },
    terms,
    profits,
  };
}

/** Positions of a book at the terms of their instruments. */
export function positionsAt(
  book: Book,
  { instrumentOf }: Holdings,
  terms: readonly PricingTerms[],
  stated: StatedUnits | undefined,
): Book["positions"] {
  return book.positions.map(({ position, terms: before }, index) => {
    const row = instrumentOf[index] ?? 0;
    const delta = stated?.deltas[row] ?? Number.NaN;
    const at = { position, terms: terms[row] ?? before };
    return Number.isNaN(delta) ? at : { ...at, delta, modelValue: stated?.models[row] ?? 0 };
  });
}

/** Amounts of the instruments added up by settlement currency; the compensated sum, bit-equal to `sum`. */
export function bySettlement({ currencies, currencyOf }: Holdings, amounts: Float64Array): ReadonlyMap<string, number> {
  const totals = new Float64Array(currencies.length);
  const corrections = new Float64Array(currencies.length);
  for (let row = 0; row < amounts.length; row++) {
    const at = currencyOf[row] as number;
    const amount = amounts[row] as number;
    const total = totals[at] as number;
    const next = total + amount;
    const lost = Math.abs(total) >= Math.abs(amount) ? total - next + amount : amount - next + total;
    corrections[at] = (corrections[at] as number) + lost;
    totals[at] = next;
  }
  return new Map(currencies.map((currency, at) => [currency, (totals[at] ?? 0) + (corrections[at] ?? 0)]));
}
