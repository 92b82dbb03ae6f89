import { DomainError } from "../../base/index.ts";

/**
 * Sums by column while rows arrive one after the other: each is the compensated sum of `base`, bit for bit, without an array
 * of terms for every column.
 */
export interface ColumnSums {
  readonly add: (column: number, value: number) => void;
  /** Adds `weight · values[start + column] · factors[column]` to every column. @throws DomainError unless the row is within `values` */
  readonly addRow: (weight: number, values: Float64Array, start: number, factors: Float64Array) => void;
  /** Adds `weight · (factors[column] · values[start + column] + shift · moves[column])` to every column. */
  readonly addShiftedRow: (
    weight: number,
    values: Float64Array,
    start: number,
    factors: Float64Array,
    shift: number,
    moves: Float64Array,
  ) => void;
  readonly total: (column: number) => number;
}

/** @param width number of columns, each 0 so far */
export function columnSums(width: number): ColumnSums {
  const totals = new Float64Array(width);
  const corrections = new Float64Array(width);
  return {
    add(column, value) {
      const total = totals[column] as number;
      const next = total + value;
      const added = next - total;
      // The exact rounding error without a branch: the same bits as with one.
      corrections[column] = (corrections[column] as number) + (total - (next - added) + (value - added));
      totals[column] = next;
    },
    addRow(weight, values, start, factors) {
      const from = rowWithin(values, start, width);
      for (let column = 0; column < width; column++) {
        const value = weight * (values[from + column] as number) * (factors[column] as number);
        const total = totals[column] as number;
        const next = total + value;
        const added = next - total;
        corrections[column] = (corrections[column] as number) + (total - (next - added) + (value - added));
        totals[column] = next;
      }
    },
    addShiftedRow(weight, values, start, factors, shift, moves) {
      const from = rowWithin(values, start, width);
      for (let column = 0; column < width; column++) {
        const unit = values[from + column] as number;
        const value = weight * ((factors[column] as number) * unit + shift * (moves[column] as number));
        const total = totals[column] as number;
        const next = total + value;
        const added = next - total;
        corrections[column] = (corrections[column] as number) + (total - (next - added) + (value - added));
        totals[column] = next;
      }
    },
    total: (column) => (totals[column] as number) + (corrections[column] as number),
  };
}

/**
 * The start of a row as an integer, which the machine adds to faster.
 *
 * @throws DomainError unless the row is within `values`
 */
export function rowWithin(values: Float64Array, start: number, width: number): number {
  if (!(start >= 0 && start + width <= values.length))
    throw new DomainError("a row to add must stand within the values", start);
  return start | 0;
}
