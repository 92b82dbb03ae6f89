import type { Position } from "../../portfolio/index.ts";
import type { BookPosition } from "../contract.ts";

/**
 * A number of each entry of a book that remembers the last list: a what-if changes a few entries of many, and only theirs is computed anew. An
 * entry is the same when its position and its terms are the same objects.
 *
 * @param make the number of one entry from nothing but the entry and `context`; a pure function
 * @returns by entry, in their order; the caller must not write into it. That of the last list which began with the same position is taken up
 *   where context is the same object and entries stand in the same places
 */
export function rememberedAmounts<Context extends object>(
  make: (entry: BookPosition, context: Context) => number,
): (list: readonly BookPosition[], context: Context) => Float64Array {
  const answers = new WeakMap<
    Position,
    { readonly of: readonly BookPosition[]; readonly context: Context; readonly amounts: Float64Array }
  >();
  return (list, context) => {
    const first = list[0];
    if (first === undefined) return new Float64Array();
    const last = answers.get(first.position);
    const known = last?.context === context ? last : undefined;
    const amounts = new Float64Array(list.length);
    for (let at = 0; at < list.length; at++) {
      const entry = list[at] as BookPosition;
      const before = known?.of[at];
      amounts[at] =
        known !== undefined && before !== undefined && isSame(before, entry)
          ? (known.amounts[at] as number)
          : make(entry, context);
    }
    answers.set(first.position, { of: list, context, amounts });
    return amounts;
  };
}

function isSame(one: BookPosition, other: BookPosition): boolean {
  return (
    one === other ||
    (one.position === other.position &&
      one.terms === other.terms &&
      one.delta === other.delta &&
      one.modelValue === other.modelValue)
  );
}
