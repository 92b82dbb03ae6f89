import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { joeKuoDirections } from "../../../core/measure/draw/joe-kuo.ts";
import { sobolDimensions, sobolSequence } from "../../../core/measure/index.ts";
import { goldenMeasures } from "./golden-case.ts";

const golden = goldenMeasures<{
  readonly sobol_direction_numbers: {
    readonly table: readonly {
      readonly dim: number;
      readonly degree: number;
      readonly a: number;
      readonly m: number[];
    }[];
  };
  readonly cases: readonly { readonly id: string; readonly expected: { readonly points?: number[][] } }[];
}>("measures-monte-carlo.json");

function points(dimensions: number, count: number, scramble: "none" | "digital-shift" | "owen", seed = 0): number[][] {
  const sequence = sobolSequence(dimensions, scramble, seed);
  return Array.from({ length: count }, () => {
    const point = new Float64Array(dimensions);
    sequence.next(point);
    return [...point];
  });
}

describe("sobolSequence", () => {
  it("holds the published direction numbers", () => {
    const table = golden.sobol_direction_numbers.table.map(({ degree, a, m }) => ({ degree, a, m }));
    expect(joeKuoDirections).toEqual(table);
    expect(sobolDimensions).toBe(40);
  });
  it("gives the 16 points of SciPy's unscrambled sequence in 10 dimensions exactly", () => {
    const expected = golden.cases.find(({ id }) => id === "sobol-10d-16")?.expected.points;
    expect(expected).toHaveLength(16);
    expect(points(10, 16, "none")).toEqual(expected);
  });
  it("puts one of 2^m points into each of 2^m intervals of every dimension, whatever the scramble", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("none", "digital-shift", "owen"),
        fc.integer({ min: 0, max: 9 }),
        fc.maxSafeNat(),
        (scramble, m, seed) => {
          const made = points(sobolDimensions, 2 ** m, scramble, seed);
          for (let j = 0; j < sobolDimensions; j++) {
            const cells = new Set(made.map((point) => Math.floor((point[j] ?? 0) * 2 ** m)));
            expect(cells.size).toBe(2 ** m);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
  it("fills the boxes of the first two dimensions evenly, as a (0, m, 2)-net, also scrambled", () => {
    for (const scramble of ["none", "digital-shift", "owen"] as const) {
      const made = points(2, 256, scramble, 11);
      for (let k = 0; k <= 8; k++) {
        const boxes = new Set(
          made.map(([x = 0, y = 0]) => Math.floor(x * 2 ** k) * 1000 + Math.floor(y * 2 ** (8 - k))),
        );
        expect(boxes.size).toBe(256);
      }
    }
  });
  it("is uniform over scrambles: a fixed point has mean one half and variance 1/12", () => {
    for (const scramble of ["digital-shift", "owen"] as const) {
      const values = Array.from({ length: 4000 }, (_, seed) => points(1, 4, scramble, seed)[3]?.[0] ?? 0);
      const mean = values.reduce((total, value) => total + value, 0) / values.length;
      const variance = values.reduce((total, value) => total + (value - 0.5) ** 2, 0) / values.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.015);
      expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.004);
    }
  });
  it("integrates a smooth function far better than independent points; Owen's scramble better still", () => {
    // ∫ Π (1 + (x_j − ½)/j) = 1
    const error = (scramble: "digital-shift" | "owen"): number => {
      const errors = Array.from({ length: 20 }, (_, seed) => {
        const sum = points(6, 1024, scramble, seed).reduce(
          (total, point) => total + point.reduce((product, x, j) => product * (1 + (x - 0.5) / (j + 1)), 1),
          0,
        );
        return (sum / 1024 - 1) ** 2;
      });
      return Math.sqrt(errors.reduce((total, square) => total + square, 0) / 20);
    };
    const independent = Math.sqrt([1, 2, 3, 4, 5, 6].reduce((v, j) => v * (1 + 1 / (12 * j * j)), 1) - 1) / 32;
    expect(error("digital-shift")).toBeLessThan(independent / 10);
    expect(error("owen")).toBeLessThan(error("digital-shift"));
  });
  it.each([0, 41, 1.5])("refuses %d dimensions", (dimensions) => {
    expect(() => sobolSequence(dimensions)).toThrow(DomainError);
  });
});
