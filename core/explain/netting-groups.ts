/** A margin of part of a book: USD, or `undefined` where it cannot be computed. */
export type PartMargin = (underlyings: readonly string[]) => number | undefined;

/** Underlyings beyond these are not tried in pairs. */
const mostTried = 16;

/**
 * Groups of underlyings that some method nets with one another: two stand together when a method charges them less together than apart,
 * and groups join where they share an underlying.
 *
 * @param underlyings of the book, any order
 * @param margins     one a method
 * @returns groups in alphabetical order of their first underlying; one an underlying where there are more than 16
 */
export function nettingGroups(
  underlyings: readonly string[],
  margins: readonly PartMargin[],
): readonly (readonly string[])[] {
  const sorted = [...new Set(underlyings)].sort();
  if (sorted.length > mostTried) return sorted.map((one) => [one]);
  const groupOf = new Map(sorted.map((one) => [one, one]));
  const alone = margins.map((margin) => new Map(sorted.map((one) => [one, margin([one])])));
  sorted.forEach((a, i) => {
    for (const b of sorted.slice(i + 1)) {
      if (groupOf.get(a) === groupOf.get(b)) continue;
      const nets = margins.some((margin, k) => {
        const [first, second, both] = [alone[k]?.get(a), alone[k]?.get(b), margin([a, b])];
        if (first === undefined || second === undefined || both === undefined) return false;
        return both < (first + second) * (1 - 1e-9) - 1e-6;
      });
      if (!nets) continue;
      const [kept = a, joined = b] = [groupOf.get(a), groupOf.get(b)].sort();
      for (const [one, group] of groupOf) if (group === joined) groupOf.set(one, kept);
    }
  });
  return [...new Set(groupOf.values())].map((group) => sorted.filter((one) => groupOf.get(one) === group));
}
