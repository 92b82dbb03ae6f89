import { DomainError } from "../../base/index.ts";
import { recordLength, writeRecord } from "./arena.ts";

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

/** Checks every field once, before any kernel runs. @throws DomainError naming the field and its value */
export function checkBook(book: OptionBook): void {
  const count = optionCount(book);
  for (let i = 0; i < count; i++) {
    demand(positive(book.forward[i]), "a forward must be above 0", book.forward[i]);
    demand(positive(book.strike[i]), "a strike must be above 0", book.strike[i]);
    demand(notNegative(book.years[i]), "years must be 0 or more", book.years[i]);
    demand(notNegative(book.volatility[i]), "a volatility must be 0 or more", book.volatility[i]);
    demand(positive(book.discount[i]), "a discount factor must be above 0", book.discount[i]);
    demand(Number.isFinite(book.quantity[i]), "a quantity must be finite", book.quantity[i]);
    demand(Math.abs(book.weight[i] ?? 0) === 1, "a weight must be +1 or -1", book.weight[i]);
    const settlement = book.settlementPrice?.[i] ?? 0;
    demand(notNegative(settlement), "a settlement price must be 0 or more", settlement);
  }
}

function demand(holds: boolean, rule: string, value: unknown): void {
  if (!holds) throw new DomainError(rule, value);
}

function positive(value: number | undefined): boolean {
  return value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY;
}

function notNegative(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value < Number.POSITIVE_INFINITY;
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
    const logMoneyness = logRatio(forward, strike);
    writeRecord(
      arena,
      at + i * recordLength,
      logMoneyness,
      total,
      weight,
      held * forward,
      held * strike,
      settlement > 0,
    );
  }
}

/** ln(F/K) without losing digits near the money. */
function logRatio(forward: number, strike: number): number {
  const ratio = (forward - strike) / strike;
  return Math.abs(ratio) < 0.1 ? Math.log1p(ratio) : Math.log(forward / strike);
}
