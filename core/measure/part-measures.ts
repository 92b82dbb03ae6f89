import { type Result, success, sum } from "../base/index.ts";
import { bookLosses, type PartLosses } from "./part-losses.ts";

/** A measure of a loss vector: VaR or ES at some confidence, with all its settings. */
export type LossMeasure = (losses: Float64Array) => Result<number>;

/** Stand-alone and incremental measures of the parts of a book. Neither set sums to the measure of the book. */
export interface PartMeasures {
  readonly parts: readonly string[];
  /** R(book). */
  readonly book: number;
  /** R(part alone), one a part. */
  readonly standalone: Float64Array;
  /** R(book) − R(book without the part), one a part: what taking the part out would free. */
  readonly incremental: Float64Array;
  readonly standaloneSum: number;
  readonly incrementalSum: number;
  /** 1 − R(book)/Σ R(alone); absent when the parts alone have no risk. */
  readonly diversification?: number;
}

/**
 * Stand-alone and incremental measures: each a full recomputation with its own sort.
 *
 * @param losses  of each part, in every scenario
 * @param measure R; asked 2 × parts + 1 times
 * @returns currency; or the first failure of the measure
 * @throws DomainError if the values do not fill the parts
 */
export function partMeasures(losses: PartLosses, measure: LossMeasure): Result<PartMeasures> {
  const { parts, values, width } = losses;
  const total = bookLosses(losses);
  const book = measure(total);
  if (!book.ok) return book;
  const standalone = new Float64Array(parts.length);
  const incremental = new Float64Array(parts.length);
  for (let part = 0; part < parts.length; part += 1) {
    const row = values.subarray(part * width, (part + 1) * width);
    const alone = measure(row);
    if (!alone.ok) return alone;
    const without = measure(total.map((loss, scenario) => loss - (row[scenario] ?? 0)));
    if (!without.ok) return without;
    standalone[part] = alone.value;
    incremental[part] = book.value - without.value;
  }
  const standaloneSum = sum(standalone);
  return success({
    ...{ parts, book: book.value, standalone, incremental, standaloneSum },
    incrementalSum: sum(incremental),
    ...(standaloneSum > 0 ? { diversification: 1 - book.value / standaloneSum } : {}),
  });
}

/**
 * Marginal measure: change of the measure of the book for one more unit of a part.
 *
 *     ∂R/∂q_i = C_i / q_i
 *
 * @param components C, Euler components, one a part; currency
 * @param quantities q, signed units of each part
 * @returns currency a unit; `undefined` for a part of no units
 */
export function marginalMeasures(components: Float64Array, quantities: ArrayLike<number>): (number | undefined)[] {
  return Array.from(components, (component, part) => {
    const quantity = quantities[part] ?? 0;
    return quantity === 0 ? undefined : component / quantity;
  });
}
