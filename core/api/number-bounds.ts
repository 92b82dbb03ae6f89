import { type Failure, failure } from "../base/index.ts";

/** Above any figure of a market, as in files: products and sums of such numbers stay finite. */
const largestNumber = 1e30;
/** Farthest instant of a calendar, UTC milliseconds. */
const farthestMs = 8.64e15;

/**
 * The first number of an input that no price, size, amount or time can be. Schemas bound what a member means; this bounds what arithmetic can bear.
 *
 * @param input that fits the schema of the operation; bytes and typed arrays are not looked into
 * @returns failure whose `at` is the pointer; `undefined` when every number can be computed with
 */
export function numberBeyondBounds(operation: string, input: unknown): Failure | undefined {
  const found = firstBeyond(input, "", false);
  if (found === undefined) return undefined;
  const { at, value, isTime } = found;
  const expected = isTime ? "UTC milliseconds of a day of the calendar" : "a number from -1e30 to 1e30";
  return failure("invalid-input", `${operation} at ${at || "/"}: expected ${expected}; found ${value}`, at || "/");
}

interface Beyond {
  readonly at: string;
  readonly value: number;
  readonly isTime: boolean;
}

function firstBeyond(value: unknown, at: string, isTime: boolean): Beyond | undefined {
  if (typeof value === "number")
    return Math.abs(value) > (isTime ? farthestMs : largestNumber) ? { at, value, isTime } : undefined;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return undefined;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = firstBeyond(value[i], `${at}/${i}`, isTime);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [name, member] of Object.entries(value)) {
    const found = firstBeyond(member, `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, name.endsWith("Ms"));
    if (found !== undefined) return found;
  }
  return undefined;
}
