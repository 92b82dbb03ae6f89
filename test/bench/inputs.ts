import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkBook, type OptionBook } from "../../core/revaluation/engine/index.ts";

/** Little-endian float64 files of a folder, by name without ending. */
export interface Inputs {
  readonly array: (name: string) => Float64Array;
  readonly book: (name: string) => OptionBook;
}

/**
 * The inputs of a folder, checked before anything is timed.
 *
 * @throws InputError naming the file and what is wrong with it
 */
export function checkedInputs(folder: string): Inputs {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new InputError(`--inputs ${folder}: there is no such folder; shared/bench/inputs.mjs writes one`);
  const inputs = inputsFrom(folder);
  const lengthOf = (name: string): number => {
    const values = inputs.array(name);
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (values.length === 0) throw new InputError(`${name}.bin is empty`);
    if (at >= 0) throw new InputError(`${name}.bin: number ${at} is ${values[at]}; expected a finite one`);
    return values.length;
  };
  const demand = (name: string, expected: number): void => {
    const found = lengthOf(name);
    if (found !== expected) throw new InputError(`${name}.bin holds ${found} numbers; expected ${expected}`);
  };
  for (const [name, count] of portfolios) {
    demand(name, 8 * count);
    try {
      checkBook(inputs.book(name));
    } catch (error) {
      throw new InputError(`${name}.bin: ${error instanceof Error ? error.message : error}`);
    }
  }
  for (const name of ["w1_ds", "w1_dv"]) lengthOf(name);
  const days = lengthOf("w2_ds") / 8;
  if (!Number.isInteger(days))
    throw new InputError(`w2_ds.bin holds ${8 * days} numbers; expected those of 8 underlyings`);
  demand("w2_dv", 8 * days);
  const [factors, paths] = [lengthOf("w3_vol"), lengthOf("w3_scale")];
  demand("w3_L", factors * factors);
  demand("w3_z", factors * paths);
  const held = lengthOf("w4_idx");
  if (held % 50 !== 0) throw new InputError(`w4_idx.bin holds ${held} numbers; expected 50 an account`);
  demand("w4_q", held);
  demand("w4_dv", lengthOf("w4_ds"));
  return inputs;
}

const portfolios = [
  ...([
    ["w1_1000", 1_000],
    ["w1_10000", 10_000],
    ["w1_100000", 100_000],
  ] as const),
  ...([
    ["w2_2000", 2_000],
    ["w3_2000", 2_000],
  ] as const),
] as const;

/** An input that cannot be used: said in a sentence, without a trace. */
export class InputError extends Error {}

export function inputsFrom(folder: string): Inputs {
  const array = (name: string): Float64Array => {
    const path = join(folder, `${name}.bin`);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
      throw new InputError(`${path}: there is no such file`);
    const bytes = readFileSync(path);
    if (bytes.byteLength % 8 !== 0)
      throw new InputError(
        `${path} has ${bytes.byteLength} bytes; expected numbers of 8 bytes (the file is cut short)`,
      );
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
