import type { Instrument } from "../../instrument/index.ts";
import { slotsOf } from "./answers.ts";

/** Anything about one contract. */
export interface AboutContract {
  readonly instrument: Instrument;
}

/**
 * A function of a list of contracts that remembers its last answer for each list: a book at many markets holds the same
 * contracts again and again, and what does not depend on the market is made once.
 *
 * @param make    computes the answer from nothing but the contracts, in their order, and `context`; a pure function
 * @returns the answer; that of the last list under this context which began with the same contract, where the lists are the same
 */
export function oncePerContracts<Context extends object, Value>(
  make: (list: readonly AboutContract[], context: Context) => Value,
): (list: readonly AboutContract[], context: Context) => Value {
  const slots = slotsOf<Context, Instrument, { readonly of: readonly Instrument[]; readonly value: Value }>();
  return (list, context) => {
    const first = list[0]?.instrument;
    if (first === undefined) return make(list, context);
    const slot = slots(context, first, list.length);
    const known = slot.answer;
    if (known !== undefined && isSameList(known.of, list)) return known.value;
    const value = make(list, context);
    slot.answer = { of: list.map(({ instrument }) => instrument), value };
    return value;
  };
}

/** The context of what depends on the list alone. */
export const nothingElse = {};

function isSameList(known: readonly Instrument[], list: readonly AboutContract[]): boolean {
  if (known.length !== list.length) return false;
  for (let at = 0; at < list.length; at++) if (known[at] !== list[at]?.instrument) return false;
  return true;
}
