import { leavesOf } from "./pointer.ts";

/** One parameter that differs; a side without it leaves its member out. */
export interface RuleDifference {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/**
 * What differs between two parameter sets, leaf by leaf, ordered by pointer.
 *
 * @param from parameters of one version (plain JSON data)
 * @param to   parameters of the other
 * @returns one entry per leaf that changed, appeared or vanished; empty for equal sets
 */
export function differenceOf(from: unknown, to: unknown): readonly RuleDifference[] {
  const [before, after] = [from, to].map(
    (data) => new Map([...leavesOf(data)].map(({ path, value }) => [path, value])),
  );
  if (before === undefined || after === undefined) return [];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter(
      (path) =>
        before.has(path) !== after.has(path) || JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)),
    )
    .map((path) => ({
      path,
      ...(before.has(path) ? { from: before.get(path) } : {}),
      ...(after.has(path) ? { to: after.get(path) } : {}),
    }));
}
