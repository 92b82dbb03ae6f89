import type { Input } from "../../client/types.ts";

/**
 * Parts of a merge in the order chosen.
 *
 * @param factors of each part where factors of several parts are joined: those that an earlier part has are appended to it; empty: not joined
 */
export function mergeParts(
  chosen: readonly string[],
  factors: readonly (readonly string[])[],
): Input<"history.merge">["parts"] {
  const earlier = new Set<string>();
  return chosen.map((id, place) => {
    const own = factors[place] ?? [];
    const append = own.filter((factor) => earlier.has(factor));
    for (const factor of own) earlier.add(factor);
    return { id, append };
  });
}
