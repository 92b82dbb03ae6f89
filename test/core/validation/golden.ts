import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "..", "..", "golden");

export interface ReferenceCase {
  readonly id: string;
  readonly tag?: string;
  readonly source: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance: Readonly<Record<string, number>>;
}

/** Cases of `test/golden/validation/<file>`, those of one tag, or one id. */
export function referenceCases(file: string, name: string): readonly ReferenceCase[] {
  const { cases } = JSON.parse(readFileSync(join(folder, "validation", file), "utf8")) as {
    readonly cases: readonly ReferenceCase[];
  };
  const found = cases.filter(({ id, tag }) => tag === name || id === name);
  if (found.length === 0) throw new Error(`${file} has no case ${name}`);
  return found;
}

export function referenceCase(file: string, id: string): ReferenceCase {
  const [first] = referenceCases(file, id);
  if (first === undefined) throw new Error(`${file} has no case ${id}`);
  return first;
}

/** A number of a case; a case that lacks it is a mistake of the test. */
export function numberOf(members: Readonly<Record<string, unknown>>, name: string): number {
  const value = members[name];
  if (typeof value !== "number") throw new Error(`the case has no number ${name}`);
  return value;
}

export function numbersOf(members: Readonly<Record<string, unknown>>, name: string): readonly number[] {
  const value = members[name];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "number"))
    throw new Error(`the case has no numbers ${name}`);
  return value;
}

/** Daily closes of Bitcoin that the reference back-test was computed on. */
export function bitcoinCloses(): readonly number[] {
  const { series } = JSON.parse(readFileSync(join(folder, "measures", "measures-crypto-historical.json"), "utf8")) as {
    readonly series: { readonly btc_close: readonly number[] };
  };
  return series.btc_close;
}
