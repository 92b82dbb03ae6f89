import { DomainError } from "../../base/index.ts";
import type { LinearProgram } from "./linear-program.ts";

/** A linear form of columns plus a constant. */
export interface LinearForm {
  readonly constant: number;
  /** Column -> coefficient. */
  readonly terms: ReadonlyMap<number, number>;
}

export interface Column {
  readonly cost: number;
  readonly lower: number;
  readonly upper: number;
  readonly integer?: boolean;
}

/** A linear programme while it is written, column by column and row by row; the order of writing is the order of solving. */
export interface ProgramBuilder {
  readonly column: (column: Column) => number;
  /** lower ≤ Σ terms ≤ upper; a form's constant is moved to the bounds. */
  readonly row: (form: LinearForm, lower: number, upper: number) => number;
  readonly build: () => LinearProgram;
}

/** @throws DomainError for a cost, coefficient or bound that is NaN, or an infinite cost or coefficient */
export function programBuilder(): ProgramBuilder {
  const columns: Column[] = [];
  const entries: [row: number, value: number][][] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  return {
    column(column) {
      const { cost, lower, upper } = column;
      if (!Number.isFinite(cost) || Number.isNaN(lower) || Number.isNaN(upper))
        throw new DomainError("a column needs a finite cost and bounds that are numbers", `${cost} ${lower} ${upper}`);
      entries.push([]);
      return columns.push(column) - 1;
    },
    row({ constant, terms }, lower, upper) {
      if (!Number.isFinite(constant) || Number.isNaN(lower) || Number.isNaN(upper))
        throw new DomainError("a row needs a finite constant and bounds", constant);
      const row = rowLower.push(lower - constant) - 1;
      rowUpper.push(upper - constant);
      for (const [column, value] of terms) {
        if (!Number.isFinite(value)) throw new DomainError("a coefficient must be finite", value);
        if (value !== 0) entries[column]?.push([row, value]);
      }
      return row;
    },
    build() {
      const count = entries.reduce((total, one) => total + one.length, 0);
      const starts = new Int32Array(columns.length + 1);
      const indices = new Int32Array(count);
      const values = new Float64Array(count);
      let at = 0;
      entries.forEach((one, column) => {
        for (const [row, value] of one) {
          indices[at] = row;
          values[at++] = value;
        }
        starts[column + 1] = at;
      });
      const whole = columns.some(({ integer }) => integer === true);
      return {
        columns: columns.length,
        rows: rowLower.length,
        cost: Float64Array.from(columns, ({ cost }) => cost),
        lower: Float64Array.from(columns, ({ lower }) => lower),
        upper: Float64Array.from(columns, ({ upper }) => upper),
        ...(whole ? { integer: Uint8Array.from(columns, ({ integer }) => (integer === true ? 1 : 0)) } : {}),
        rowLower: Float64Array.from(rowLower),
        rowUpper: Float64Array.from(rowUpper),
        ...{ starts, indices, values },
      };
    },
  };
}

/** a + factor × b. */
export function added(a: LinearForm, b: LinearForm, factor = 1): LinearForm {
  const terms = new Map(a.terms);
  for (const [column, value] of b.terms) terms.set(column, (terms.get(column) ?? 0) + factor * value);
  return { constant: a.constant + factor * b.constant, terms };
}

export const nothing: LinearForm = { constant: 0, terms: new Map() };

/** One column times a factor. */
export function termOf(column: number, factor = 1): LinearForm {
  return { constant: 0, terms: new Map([[column, factor]]) };
}
