import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median, parityForward, strikeForward } from "../../../core/market/index.ts";

describe("strikeForward", () => {
  /** Reply of public/mark-price: BTC-USD-260925-72000, call and put mark in coin, forward 64029.952. */
  it("is K/(1 − (c − p)) for inverse options", () => {
    const forward = strikeForward({ strike: 72000, call: 0.0097359918, put: 0.1342097367 }, "inverse");
    expect(forward).toBeCloseTo(64029.952, 3);
  });
  it("is K + (c − p) for linear options", () => {
    expect(strikeForward({ strike: 100, call: 12, put: 7 }, "linear")).toBe(105);
  });
  it("is nothing when the marks allow no positive forward", () => {
    expect(strikeForward({ strike: 100, call: 2, put: 0.5 }, "inverse")).toBeUndefined();
    expect(strikeForward({ strike: 100, call: 1, put: 200 }, "linear")).toBeUndefined();
  });
});

const pairsOn = (forward: number, strikes: readonly number[]) =>
  strikes.map((strike) => ({
    strike,
    call: Math.max(0, forward - strike) + 5,
    put: Math.max(0, strike - forward) + 5,
  }));

describe("parityForward", () => {
  it("finds the forward the pairs were made with, any payoff", () => {
    fc.assert(
      fc.property(fc.double({ min: 50, max: 150, noNaN: true }), (forward) => {
        const linear = pairsOn(forward, [60, 80, 90, 100, 110, 120, 140]);
        const inverse = linear.map((pair) => ({ ...pair, call: pair.call / forward, put: pair.put / forward }));
        expect(parityForward(linear, "linear", forward)?.value).toBeCloseTo(forward, 9);
        expect(parityForward(inverse, "inverse", forward)?.value).toBeCloseTo(forward, 9);
      }),
    );
  });
  it("is not moved by one row of another tick, and its residual shows it", () => {
    const pairs = pairsOn(100, [90, 95, 100, 105, 110]);
    const [first] = pairs;
    const torn = [{ strike: 90, call: (first?.call ?? 0) + 1, put: first?.put ?? 0 }, ...pairs.slice(1)];
    const found = parityForward(torn, "linear", undefined);
    expect(found?.value).toBe(100);
    expect(found?.residual).toBeCloseTo(1, 12);
    expect(found?.spread).toBeCloseTo(0.01, 12);
  });
  it("uses no strike further than 20 % from the money", () => {
    expect(parityForward(pairsOn(100, [70, 130]), "linear", 100)).toBeUndefined();
    expect(parityForward(pairsOn(100, [70, 85, 130]), "linear", 100)?.value).toBe(100);
  });
  it("has no residual with a single pair", () => {
    expect(parityForward(pairsOn(100, [95]), "linear", 100)).toEqual({ value: 100, spread: 0 });
  });
});

describe("median", () => {
  it("is the middle of an odd and the mean of the middle two of an even count", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 9, 1, 2])).toBe(5.5);
    expect(median([])).toBeUndefined();
  });
});
