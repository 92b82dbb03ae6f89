import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The cases of a file of `test/golden/pricing/`. */
export function goldenCases<Case>(file: string): readonly Case[] {
  const path = resolve(import.meta.dirname, "../../golden/pricing", file);
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly cases: readonly Case[] }).cases;
}

/** Distance of a result from what a case expects, relative to it. */
export function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
}
