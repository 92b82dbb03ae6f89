import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf } from "../../../core/base/index.ts";
import { hermiteTable } from "../../../core/measure/draw/hermite-table.ts";
import { chiSquareOfScore, studentTOfScore, studentTTail } from "../../../core/measure/draw/mixing.ts";
import { chiSquareQuantile, studentTCdf, studentTQuantile } from "../../../core/measure/index.ts";
import { relativeError } from "./golden-case.ts";

const degrees = fc.constantFrom(1, 1.5, 2.5, 3, 4, 5, 8, 30, 300);
const score = fc.double({ min: -8, max: -0.001, noNaN: true });

describe("tabulated quantiles", () => {
  it("of the chi-square distribution are exact to 1e-8", () => {
    const tables = new Map([1, 1.5, 2.5, 3, 4, 5, 8, 30, 300].map((nu) => [nu, chiSquareOfScore(nu)]));
    fc.assert(
      fc.property(degrees, score, (nu, z) => {
        expect(relativeError(tables.get(nu)?.(z) ?? 0, chiSquareQuantile(normalCdf(z), nu))).toBeLessThan(1e-8);
      }),
    );
  });
  it("of Student's t distribution are exact to 1e-8 and odd", () => {
    const tables = new Map([1, 1.5, 2.5, 3, 4, 5, 8, 30, 300].map((nu) => [nu, studentTOfScore(nu)]));
    fc.assert(
      fc.property(degrees, score, (nu, z) => {
        const found = tables.get(nu)?.(z) ?? 0;
        expect(relativeError(found, studentTQuantile(normalCdf(z), nu))).toBeLessThan(1e-8);
        expect(tables.get(nu)?.(-z)).toBe(-found);
      }),
    );
  });
  it("of the tail of Student's t distribution are exact to 2e-8, over all that can be drawn", () => {
    const tables = new Map([1, 1.5, 2.5, 3, 4, 5, 8, 30, 300].map((nu) => [nu, studentTTail(nu)]));
    fc.assert(
      fc.property(degrees, score, (nu, z) => {
        const y = studentTQuantile(normalCdf(z), nu);
        expect(relativeError(tables.get(nu)?.(y) ?? 0, studentTCdf(y, nu))).toBeLessThan(2e-8);
      }),
    );
  });
});

describe("hermiteTable", () => {
  it("is exact for a cubic, and holds its ends", () => {
    const table = hermiteTable((x) => [x ** 3 - x, 3 * x * x - 1], -1, 2, 0.25);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 2, noNaN: true }), (x) => {
        expect(Math.abs(table(x) - (x ** 3 - x))).toBeLessThan(1e-13);
      }),
    );
    expect([table(-5), table(9)]).toEqual([0, 6]);
  });
});
