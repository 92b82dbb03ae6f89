import { DomainError } from "../base/index.ts";

/** Losses of the parts of a book, whatever a part is: a position, a group, a risk factor. They add up to the losses of the book. */
export interface PartLosses {
  /** Names of the parts, in order. */
  readonly parts: readonly string[];
  /** Part-major: `values[part · width + column]`; loss > 0, currency. */
  readonly values: Float64Array;
  /** Columns a part. */
  readonly width: number;
  /** Scenario of each column when only some are held (those of the tail); every scenario in order when absent. */
  readonly scenarios?: Int32Array;
}

/**
 * Losses of the book: the parts added in order.
 *
 * @param losses parts × width
 * @returns one a column
 * @throws DomainError if the values do not fill the parts
 */
export function bookLosses({ parts, values, width }: PartLosses): Float64Array {
  if (values.length !== parts.length * width) throw new DomainError("parts × width losses are expected", values.length);
  const total = new Float64Array(width);
  for (let part = 0; part < parts.length; part += 1) {
    const row = values.subarray(part * width, (part + 1) * width);
    for (let column = 0; column < width; column += 1) total[column] = (total[column] ?? 0) + (row[column] ?? 0);
  }
  return total;
}

/**
 * Column of each scenario asked for.
 *
 * @param losses    parts × width
 * @param scenarios indices of scenarios
 * @returns one column a scenario
 * @throws DomainError if a scenario is not among those held
 */
export function columnsOf({ scenarios: held, width }: PartLosses, scenarios: Int32Array): Int32Array {
  const columnOf = held === undefined ? undefined : new Map(Array.from(held, (scenario, column) => [scenario, column]));
  return scenarios.map((scenario) => {
    const column = columnOf === undefined ? scenario : columnOf.get(scenario);
    if (column === undefined || column >= width)
      throw new DomainError("losses of this scenario are not given", scenario);
    return column;
  });
}
