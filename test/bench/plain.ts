import { normalCdf } from "../../core/base/index.ts";
import type { OptionBook } from "../../core/revaluation/engine/index.ts";

/** The yardstick: an ordinary scalar loop with an accurate normal distribution function, nothing shared between cells. */
export function plainValue(book: OptionBook, row: number, growth: number, factor: number): number {
  const forward = at(book.forward, row) * growth;
  const strike = at(book.strike, row);
  const weight = at(book.weight, row);
  const total = at(book.volatility, row) * factor * Math.sqrt(at(book.years, row));
  const d1 = Math.log(forward / strike) / total + total / 2;
  const value = forward * normalCdf(weight * d1) - strike * normalCdf(weight * (d1 - total));
  return at(book.quantity, row) * at(book.discount, row) * weight * value;
}

export function at(values: Float64Array, index: number): number {
  return values[index] as number;
}

/** Σ |quantity| × forward: the scale of errors. */
export function grossOf(book: OptionBook): number {
  return book.forward.reduce((total, forward, row) => total + Math.abs(at(book.quantity, row)) * forward, 0);
}
