import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** One reference case of test/golden/hedging, as read. */
export interface GoldenCase<Input, Expected> {
  readonly id: string;
  readonly input: Input;
  readonly expected: Expected;
  readonly tolerance: Readonly<Record<string, number | string>>;
}

const file = resolve(import.meta.dirname, "../../../golden/hedging/cases.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly GoldenCase<unknown, unknown>[] };

/** The case with this id. */
export function goldenCase<Input, Expected>(id: string): GoldenCase<Input, Expected> {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id} in ${file}`);
  return found as GoldenCase<Input, Expected>;
}

/** Tolerance of a case by name. */
export function toleranceOf({ tolerance }: Pick<GoldenCase<unknown, unknown>, "tolerance">, name: string): number {
  return Number(tolerance[name]);
}
