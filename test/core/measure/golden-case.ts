import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A file of test/golden/measures, taken as the type the test states. */
export function goldenMeasures<T>(file: string): T {
  return JSON.parse(readFileSync(resolve(import.meta.dirname, "../../golden/measures", file), "utf8")) as T;
}

/** |found/expected − 1|, or |found| where 0 is expected. */
export function relativeError(found: number, expected: number): number {
  return expected === 0 ? Math.abs(found) : Math.abs(found / expected - 1);
}

/** The case of a file by its id; a missing one is an error of the test. */
export function caseById<Case extends { readonly id: string }>(cases: readonly Case[], id: string): Case {
  const found = cases.find((c) => c.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}
