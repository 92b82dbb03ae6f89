import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  fitParetoTail,
  modifiedTail,
  normalQuantile,
  paretoExceedance,
  paretoTailMeasures,
  randomStream,
} from "../../../core/measure/index.ts";
import { refusalIn, unwrapped } from "../result-value.ts";

function normals(seed: number, count: number): Float64Array {
  const stream = randomStream(seed);
  return Float64Array.from({ length: count }, () => normalQuantile(stream.nextOpen()));
}

describe("peaks over threshold", () => {
  const sample = (shape: number, count: number): Float64Array => {
    const stream = randomStream(31);
    return Float64Array.from({ length: count }, () => {
      const u = stream.nextOpen();
      return shape === 0 ? -Math.log(u) : (u ** -shape - 1) / shape;
    });
  };
  it.each([-0.2, 0, 0.3])("finds a shape of %d", (shape) => {
    const tail = unwrapped(fitParetoTail(sample(shape, 20000), 0));
    expect(tail.shape).toBeCloseTo(shape, 1);
    expect(tail.scale).toBeCloseTo(1, 1);
    expect(tail.exceedances).toBe(20000);
  });
  it("is the best of its neighbours", () => {
    const losses = sample(0.3, 500);
    const { shape, scale } = unwrapped(fitParetoTail(losses, 0));
    const likelihood = (xi: number, beta: number): number =>
      losses.reduce((total, y) => total - Math.log(beta) - (1 + 1 / xi) * Math.log1p((xi * y) / beta), 0);
    const best = likelihood(shape, scale);
    for (const [a, b] of [
      [1e-3, 0],
      [-1e-3, 0],
      [0, 1e-3],
      [0, -1e-3],
    ] as const) {
      expect(likelihood(shape + a, scale + b)).toBeLessThan(best);
    }
  });
  it("a probability and its quantile are inverse, also without a shape", () => {
    for (const shape of [-0.3, 0, 1e-9, 0.4]) {
      const tail = { threshold: 10, shape, scale: 2, exceedances: 50, observations: 1000 };
      const { valueAtRisk, expectedShortfall } = unwrapped(paretoTailMeasures(tail, 0.99));
      expect(paretoExceedance(tail, valueAtRisk)).toBeCloseTo(0.01, 7);
      expect(expectedShortfall).toBeGreaterThan(valueAtRisk);
    }
  });
  it("ends where a shape below zero ends", () => {
    const tail = { threshold: 0, shape: -0.5, scale: 1, exceedances: 10, observations: 100 };
    expect(paretoExceedance(tail, 2)).toBe(0);
    expect(paretoExceedance(tail, 1.9)).toBeGreaterThan(0);
  });
  it("refuses a confidence below the threshold, and too few losses above it", () => {
    const tail = { threshold: 0, shape: 0.1, scale: 1, exceedances: 10, observations: 1000 };
    expect(refusalIn(paretoTailMeasures(tail, 0.95))).toContain("begins at a confidence of 0.99");
    expect(refusalIn(fitParetoTail(sample(0, 9), 0))).toContain("at least 10 losses above 0; found 9");
    expect(refusalIn(fitParetoTail(new Float64Array(20).fill(1), 0))).toContain("no Pareto tail");
    expect(() => paretoTailMeasures({ ...tail, shape: 1 }, 0.99)).toThrow(DomainError);
  });
});

describe("modifiedTail", () => {
  it("says when the expansion is no quantile function, and never gives an ES below VaR", () => {
    const calm = unwrapped(modifiedTail(normals(41, 5000), 0.99));
    expect(calm.valueAtRisk).toBeCloseTo(2.33, 0);
    const crash = Float64Array.from({ length: 500 }, (_, i) => (i === 250 ? -0.1 : 0.005 * ((i % 7) - 3)));
    const wild = unwrapped(modifiedTail(crash, 0.99));
    expect([wild.monotone, wild.raisedToValueAtRisk]).toEqual([false, true]);
    expect(wild.expectedShortfall).toBe(wild.valueAtRisk);
  });
  it("refuses a series without variation", () => {
    expect(refusalIn(modifiedTail(new Float64Array(10), 0.99))).toContain("does not vary");
    expect(refusalIn(modifiedTail(Float64Array.of(1), 0.99))).toContain("at least 2 observations; found 1");
    expect(refusalIn(modifiedTail(Float64Array.of(1, Number.NaN), 0.99))).toContain("value 2 is NaN");
    expect(refusalIn(modifiedTail(normals(1, 10), 1))).toContain("confidence");
  });
});
