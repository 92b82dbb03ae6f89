import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readNumber } from "../../../core/import/read-number.ts";

/** resources/docs/formats.md, section 1. */
const numbers: readonly (readonly [unknown, number])[] = [
  [45.37, 45.37],
  ["45.37", 45.37],
  ["1.3e-07", 1.3e-7],
  ["-9.e-9", -9e-9],
  ["1.234e-1", 0.1234],
  ["51.2e-1", 5.12],
  [".00", 0],
  ["-.31", -0.31],
  ["+10", 10],
  ["  7 ", 7],
  ["$1,260.00", 1260],
  ["($1,140.00)", -1140],
  ["1,500.00", 1500],
  ["-$5", -5],
  ["45.37%", 45.37],
  ["3556.44999999999967232", 3556.45],
  ["38.251279999999999895079365079365079365079365079365", 38.25128],
];
const absent = ["", "   ", null, undefined, "N/A", "--", "-", "NaN", "nan", "None", "Infinity", "-Infinity", "null"];
const malformed = [
  "abc",
  "12abc",
  "0x10",
  "1_000",
  "1,2,3",
  "1e999",
  Number.POSITIVE_INFINITY,
  true,
  {},
  [1],
  "(5",
  "5)",
  "1.2.3",
  "--5",
];

describe("readNumber", () => {
  it.each(numbers)("reads %j as %d", (raw, value) => expect(readNumber(raw)).toBe(value));
  it.each(absent)("takes %j as no value, never as 0", (raw) => expect(readNumber(raw)).toBe("absent"));
  it.each(malformed)("does not take %j for a number", (raw) => expect(readNumber(raw)).toBe("malformed"));
  it("reads decimal commas only where the file uses them", () => {
    expect(readNumber("0,5", true)).toBe(0.5);
    expect(readNumber("-1.234,56", true)).toBe(-1234.56);
    expect(readNumber("1.234", true)).toBe(1234);
    expect(readNumber("1234,5", true)).toBe(1234.5);
    expect(readNumber("0,5", false)).toBe("malformed");
  });
  it("reads back every finite number as JavaScript writes it", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(String(value))).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });
});
