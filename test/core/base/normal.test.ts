import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erfc, erfcx, gaussLegendre, millsRatio, normalCdf, normalPdf } from "../../../core/base/index.ts";

/** test/golden/normal/generate.py: mpmath 1.3.0 with 60 digits. */
const golden = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../golden/normal/normal.json"), "utf8")) as {
  readonly cdf: readonly { readonly x: number; readonly expected: number }[];
  readonly erfc: readonly { readonly x: number; readonly expected: number; readonly scaled: number }[];
};

describe("normalCdf", () => {
  it.each(golden.cdf)("of $x keeps its relative accuracy", ({ x, expected }) =>
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThanOrEqual(2e-15),
  );
  it("is exactly one half at 0", () => expect(normalCdf(0)).toBe(0.5));
  it("is 0 and 1 far out", () => expect([normalCdf(-40), normalCdf(40)]).toEqual([0, 1]));
  it("adds up with its mirror image to 1", () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(Math.abs(normalCdf(x) + normalCdf(-x) - 1)).toBeLessThanOrEqual(2e-16);
      }),
    );
  });
  it("is NaN for NaN, which callers refuse", () => expect(normalCdf(Number.NaN)).toBeNaN());
});

describe("millsRatio", () => {
  it.each(golden.cdf)("of the mirror image of $x is probability over density", ({ x, expected }) =>
    expect(Math.abs((millsRatio(-x) * normalPdf(x)) / expected - 1)).toBeLessThanOrEqual(2e-13),
  );
});

describe("erfc and erfcx", () => {
  it.each(golden.erfc)("of $x", ({ x, expected, scaled }) => {
    expect(Math.abs(erfc(x) / expected - 1)).toBeLessThanOrEqual(1e-15);
    expect(Math.abs(erfcx(x) / scaled - 1)).toBeLessThanOrEqual(2e-15);
  });
  it("does not underflow when scaled", () => expect(erfcx(1e5)).toBeCloseTo(5.6418958351e-6, 15));
});

describe("gaussLegendre", () => {
  it("integrates every power up to 2n − 1", () => {
    const { nodes, weights } = gaussLegendre(8);
    for (let power = 0; power <= 15; power++) {
      const integral = weights.reduce((total, weight, i) => total + weight * (nodes[i] ?? 0) ** power, 0);
      expect(Math.abs(integral - 1 / (power + 1))).toBeLessThanOrEqual(1e-15);
    }
  });
});
