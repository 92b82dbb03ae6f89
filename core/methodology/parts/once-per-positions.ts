import type { Position } from "../../portfolio/index.ts";
import type { BookPosition } from "../contract.ts";
import { slotsOf } from "./answers.ts";

/**
 * As `oncePerContracts`, for what depends on positions too (quantities): a book at many markets holds the same positions again and again, and
 * what does not depend on the market is made once.
 *
 * @param make    computes the answer from nothing but the positions, in their order, and `context`; a pure function
 * @returns the answer; that of the last list under this context which began with the same position, where the lists are the same
 */
export function oncePerPositions<Context extends object, Value>(
  make: (list: readonly Position[], context: Context) => Value,
): (list: readonly Pick<BookPosition, "position">[], context: Context) => Value {
  const slots = slotsOf<Context, Position, Answer<Value>>();
  return (list, context) => {
    const first = list[0]?.position;
    if (first === undefined) return make([], context);
    const slot = slots(context, first, list.length);
    const known = slot.answer;
    if (known !== undefined && (known.list === list || isSameList(known.of, list))) {
      known.list = list;
      return known.value;
    }
    const of = list.map(({ position }) => position);
    const value = make(of, context);
    slot.answer = { list, of, value };
    return value;
  };
}

interface Answer<Value> {
  /** The list that was asked for last, which never changes: parts of a charge ask for the same one. */
  list: readonly Pick<BookPosition, "position">[];
  readonly of: readonly Position[];
  readonly value: Value;
}

function isSameList(known: readonly Position[], list: readonly Pick<BookPosition, "position">[]): boolean {
  if (known.length !== list.length) return false;
  for (let at = 0; at < list.length; at++) if (known[at] !== list[at]?.position) return false;
  return true;
}
