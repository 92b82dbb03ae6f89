import type { SquareMatrix } from "../../measure/index.ts";

/**
 * Groups of a correlation matrix by average linkage: the two groups with the largest mean correlation between their members join, while it is at
 * least the threshold. Of equal ones those that come first join first.
 *
 * @param correlation n × n
 * @param least       mean correlation down to which groups join; −1 to 1
 * @returns members of each group by their places, ascending; groups in the order of their first members
 * @source R. Sokal, C. Michener, A statistical method for evaluating systematic relationships, Univ. Kansas Sci. Bull. 38 (1958) 1409–1438
 */
export function correlationClusters({ size, values }: SquareMatrix, least: number): readonly (readonly number[])[] {
  let groups: readonly (readonly number[])[] = Array.from({ length: size }, (_, i) => [i]);
  for (;;) {
    let best: { readonly one: number; readonly other: number; readonly mean: number } | undefined;
    for (let one = 0; one < groups.length; one++) {
      for (let other = one + 1; other < groups.length; other++) {
        const mean = meanBetween(groups[one] ?? [], groups[other] ?? []);
        if (mean >= least && mean > (best?.mean ?? Number.NEGATIVE_INFINITY)) best = { one, other, mean };
      }
    }
    if (best === undefined) return groups;
    const { one, other } = best;
    const joined = [...(groups[one] ?? []), ...(groups[other] ?? [])].sort((a, b) => a - b);
    groups = groups.flatMap((group, at) => (at === one ? [joined] : at === other ? [] : [group]));
  }

  function meanBetween(left: readonly number[], right: readonly number[]): number {
    let total = 0;
    for (const i of left) for (const j of right) total += values[i * size + j] ?? 0;
    return total / (left.length * right.length);
  }
}
