import { unitOfPlace } from "../../base/index.ts";
import { isRecord } from "../format.ts";
import { readNumber } from "../read-number.ts";

/** A number with the place of its last printed digit. */
export interface StatedNumber {
  readonly value: number;
  /** One unit of the last digit; > 0. */
  readonly digit: number;
}

/** Above any figure of an account; products and sums of such numbers stay finite. */
const largestNumber = 1e30;

/**
 * A number of a reply and how exactly it is printed.
 *
 * @param raw             a JSON number or text
 * @param leastDecimals decimals the venue prints at least; replies leave trailing zeros out, so 0.06 may be 0.060000000
 * @returns `undefined` for anything that is no number, also for empty text, and above 1e30
 */
export function statedNumber(raw: unknown, leastDecimals: number): StatedNumber | undefined {
  const value = readNumber(raw);
  if (typeof value !== "number" || Math.abs(value) > largestNumber) return undefined;
  return { value, digit: unitOfPlace(Math.max(leastDecimals, decimalsOf(String(raw)))) };
}

/** Decimals of a number's text: 2 for `0.06`, 7 for `1.3e-6`. */
export function decimalsOf(text: string): number {
  const [digits = "", exponent = "0"] = text.trim().toLowerCase().split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(exponent));
}

/** The number at a path of objects; `undefined` when there is none. */
export function numberAt(content: unknown, ...path: readonly string[]): number | undefined {
  const value = readNumber(memberAt(content, ...path));
  return typeof value === "number" && Math.abs(value) <= largestNumber ? value : undefined;
}

/** The value at a path of objects and places of arrays; `undefined` when there is none. */
export function memberAt(content: unknown, ...path: readonly string[]): unknown {
  let found: unknown = content;
  for (const part of path) {
    if (Array.isArray(found)) found = found[Number(part)];
    else found = isRecord(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  }
  return found;
}

/** Members of an object; empty for anything else. */
export function entriesAt(content: unknown, ...path: readonly string[]): readonly (readonly [string, unknown])[] {
  const found = memberAt(content, ...path);
  return isRecord(found) ? Object.entries(found) : [];
}

/** Members of an array that are objects; empty for anything else. */
export function recordsAt(content: unknown, ...path: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const found = memberAt(content, ...path);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}
