import type { BookPosition } from "../contract.ts";
import { rememberedRows } from "./remembered-rows.ts";

/**
 * As `rememberedRows`, one number of each entry.
 *
 * @param make the number of one entry from nothing but the entry and `context`; a pure function
 */
export function rememberedAmounts<Context extends object>(
  make: (entry: BookPosition, context: Context) => number,
): (list: readonly BookPosition[], context: Context) => Float64Array {
  return rememberedRows(1, (entry, context: Context, into, at) => {
    into[at] = make(entry, context);
  });
}
