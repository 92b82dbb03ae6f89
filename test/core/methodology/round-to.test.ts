import { describe, expect, it } from "vitest";
import { roundTo } from "../../../core/methodology/index.ts";

/** The shortest decimal text, its point moved, rounded as an integer, and moved back: what the rule says, without a shortcut. */
function roundedText(value: number, decimals: number): number {
  const moved = (text: string, by: number): number => {
    const [digits, exponent = "0"] = text.split("e");
    return Number(`${digits}e${Number(exponent) + by}`);
  };
  const scaled = Math.round(moved(Math.abs(value).toString(), decimals));
  return Math.sign(value) * moved(scaled.toString(), -decimals);
}

/** A fixed sequence in (0, 1). */
function* sequence(count: number): Generator<number> {
  let state = 12345;
  for (let i = 0; i < count; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield (state + 0.5) / 2147483648;
  }
}

describe("roundTo", () => {
  it.each([
    { value: 1.005, decimals: 2, expected: 1.01 },
    { value: -1.005, decimals: 2, expected: -1.01 },
    { value: 2.675, decimals: 2, expected: 2.68 },
    { value: 0.5, decimals: 0, expected: 1 },
    { value: -2.5, decimals: 0, expected: -3 },
    { value: 1e-9, decimals: 4, expected: 0 },
    { value: 123456789.123456, decimals: 4, expected: 123456789.1235 },
    { value: 1e21, decimals: 2, expected: 1e21 },
  ])("rounds $value to $decimals decimals: $expected", ({ value, decimals, expected }) => {
    expect(roundTo(value, decimals)).toBe(expected);
  });

  it("gives the bits of the decimal text for sizes from 1e-8 to 1e14", () => {
    for (const part of sequence(20_000)) {
      const value = (part - 0.5) * 10 ** ((Math.round(part * 1e6) % 23) - 8);
      for (const decimals of [0, 2, 4, 6, 8]) expect(roundTo(value, decimals)).toBe(roundedText(value, decimals));
    }
  });

  it("gives the bits of the decimal text at and beside ties", () => {
    for (const part of sequence(5_000)) {
      const tie = (Math.floor(part * 1e6) + 0.5) / 1e4;
      for (const value of [tie, tie * (1 + 2 ** -52), tie * (1 - 2 ** -52), tie * (1 + 1e-14), -tie])
        expect(roundTo(value, 4)).toBe(roundedText(value, 4));
    }
  });
});
