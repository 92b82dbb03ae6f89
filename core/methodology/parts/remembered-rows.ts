import type { Position } from "../../portfolio/index.ts";
import type { BookPosition } from "../contract.ts";
import { slotsOf } from "./answers.ts";

/**
 * Some numbers of each entry of a book, made together, that remember the last list: a what-if changes a few entries of many, and only theirs
 * are computed anew. An entry is the same when its position and its terms are the same objects.
 *
 * @param width numbers of an entry
 * @param fill  writes those of one entry from `at` on, where zeros stand, from nothing but the entry and `context`
 * @returns by entry, in their order, `width` numbers each; the caller must not write into it. That of the last list under this
 *   context which began with the same position and terms is taken up where entries stand in the same places
 */
export function rememberedRows<Context extends object>(
  width: number,
  fill: (entry: BookPosition, context: Context, into: Float64Array, at: number) => void,
): (list: readonly BookPosition[], context: Context) => Float64Array {
  const slots = slotsOf<Context, Position, { readonly of: readonly BookPosition[]; readonly rows: Float64Array }>();
  return (list, context) => {
    const first = list[0];
    if (first === undefined) return new Float64Array();
    const slot = slots(context, first.position, list.length);
    const last = slot.answer;
    // Other terms of the first entry are another market: nothing is the same, and nothing need be compared.
    const known = last?.of[0]?.terms === first.terms ? last : undefined;
    const rows = new Float64Array(width * list.length);
    if (known !== undefined) rows.set(known.rows.subarray(0, rows.length));
    const compared = known === undefined ? 0 : Math.min(known.of.length, list.length);
    for (let at = 0; at < list.length; at++) {
      const entry = list[at] as BookPosition;
      if (at < compared) {
        if (isSame(known?.of[at] as BookPosition, entry)) continue;
        rows.fill(0, width * at, width * (at + 1));
      }
      fill(entry, context, rows, width * at);
    }
    slot.answer = { of: list, rows };
    return rows;
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
