import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OptionBook } from "../../core/revaluation/engine/index.ts";

/** Little-endian float64 files of a folder, by name without ending. */
export interface Inputs {
  readonly array: (name: string) => Float64Array;
  readonly book: (name: string) => OptionBook;
}

export function inputsFrom(folder: string): Inputs {
  const array = (name: string): Float64Array => {
    const bytes = readFileSync(join(folder, `${name}.bin`));
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  };
  return { array, book: (name) => bookOf(array(name)) };
}

/** A portfolio file: F K T sigma D q theta underlying, each N long. */
export function bookOf(columns: Float64Array): OptionBook {
  const count = columns.length / 8;
  const column = (index: number): Float64Array => columns.subarray(index * count, (index + 1) * count);
  return {
    forward: column(0),
    strike: column(1),
    years: column(2),
    volatility: column(3),
    discount: column(4),
    quantity: column(5),
    weight: column(6),
    underlying: column(7),
  };
}
