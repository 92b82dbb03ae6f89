import { DomainError } from "../../base/index.ts";
import { logMoneyness } from "../../pricing/index.ts";
import { recordLength, writeRecord } from "./arena.ts";
import { isAmount, isPrice, isQuantity } from "./domain.ts";

/** Options as columns of numbers, one entry an option: the form in which the engine takes large books. */
export interface OptionBook {
  /** F, quote currency; > 0. */
  readonly forward: Float64Array;
  /** K, same unit; > 0. */
  readonly strike: Float64Array;
  /** τ; ≥ 0. */
  readonly years: Float64Array;
  /** σ, fraction per √year; ≥ 0. */
  readonly volatility: Float64Array;
  /** D; > 0. */
  readonly discount: Float64Array;
  /** Signed, contracts × contract size. */
  readonly quantity: Float64Array;
  /** +1 call, −1 put. */
  readonly weight: Float64Array;
  /** Group of options that share their shocks, a whole number from 0. */
  readonly underlying: Float64Array;
  /** Settlement price S of coin-settled options, 0 for options settled in the quote currency; all linear when absent. */
  readonly settlementPrice?: Float64Array;
}

/** Number of options of a book. @throws DomainError when its columns differ in length */
export function optionCount(book: OptionBook): number {
  const count = book.forward.length;
  for (const column of Object.values(book) as readonly Float64Array[]) {
    if (column.length !== count) throw new DomainError("columns of a book must be of one length", column.length);
  }
  return count;
}

/**
 * Checks every field once, before any kernel runs: prices 1e-50 to 1e50, times and volatilities 0 to 1e50, quantities to 1e100.
 *
 * @throws DomainError naming the field and its value
 */
export function checkBook(book: OptionBook): void {
  const count = optionCount(book);
  for (let i = 0; i < count; i++) {
    demand(isPrice(book.forward[i]), "a forward must be above 0", book.forward[i]);
    demand(isPrice(book.strike[i]), "a strike must be above 0", book.strike[i]);
    demand(isAmount(book.years[i]), "years must be 0 or more", book.years[i]);
    demand(isAmount(book.volatility[i]), "a volatility must be 0 or more", book.volatility[i]);
    demand(isPrice(book.discount[i]), "a discount factor must be above 0", book.discount[i]);
    demand(isQuantity(book.quantity[i]), "a quantity must be finite, at most 1e100", book.quantity[i]);
    demand(Math.abs(book.weight[i] ?? 0) === 1, "a weight must be +1 or -1", book.weight[i]);
    const settlement = book.settlementPrice?.[i] ?? 0;
    demand(settlement === 0 || isPrice(settlement), "a settlement price must be 0 or more", settlement);
    demand(
      Number.isInteger(book.underlying[i]) && (book.underlying[i] ?? -1) >= 0,
      "an underlying must be a whole number from 0",
      book.underlying[i],
    );
  }
}

function demand(holds: boolean, rule: string, value: unknown): void {
  if (!holds) throw new DomainError(rule, value);
}

/** @throws DomainError unless lists of `length` each, `entries` long together, have one for every underlying of a book */
export function checkLists({ underlying }: OptionBook, entries: number, length: number): void {
  for (const list of underlying)
    demand((list + 1) * length <= entries, "every underlying of a book needs a list of scenarios", list);
}

/**
 * Writes records of options into an arena, quantities folded in.
 *
 * @param rows     indices into the book, in the order of the records
 * @param quantity replaces the book's quantities, e.g. 1 for unit values
 */
export function writeRecords(
  arena: Float64Array,
  book: OptionBook,
  rows: Uint32Array,
  at: number,
  quantity?: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const forward = book.forward[row] ?? 0;
    const strike = book.strike[row] ?? 0;
    const weight = book.weight[row] ?? 0;
    const settlement = book.settlementPrice?.[row] ?? 0;
    const held = (weight * (quantity ?? book.quantity[row] ?? 0) * (book.discount[row] ?? 0)) / (settlement || 1);
    const total = (book.volatility[row] ?? 0) * Math.sqrt(book.years[row] ?? 0);
    writeRecord(
      arena,
      at + i * recordLength,
      logMoneyness(forward, strike),
      total,
      weight,
      held * forward,
      held * strike,
      settlement > 0,
    );
  }
}
