import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  batchError,
  binomialRange,
  bootstrapTail,
  horizonSums,
  kernelDensity,
  normalQuantile,
  randomStream,
  rankInterval,
  silvermanBandwidth,
  tailErrors,
  tailOf,
  valueAtRiskInterval,
} from "../../../core/measure/index.ts";
import { refusalIn, unwrapped } from "../result-value.ts";

function normals(seed: number, count: number): Float64Array {
  const stream = randomStream(seed);
  return Float64Array.from({ length: count }, () => normalQuantile(stream.nextOpen()));
}

describe("rankInterval", () => {
  it("gives the ranks of 500 observations at 99 %", () => {
    const { upperRank, lowerRank, coverage } = rankInterval(500, 0.01, 0.1);
    expect([upperRank, lowerRank]).toEqual([2, 10]);
    expect(coverage).toBeCloseTo(0.9291431525, 9);
  });
  it("has no finite upper bound when the tail is thin", () => {
    const losses = normals(1, 250);
    const interval = unwrapped(valueAtRiskInterval(losses, 0.01, 0.1));
    expect(interval.upper).toBeUndefined();
    expect(interval.note).toBe("no finite upper bound");
    const { lowerRank = 0 } = rankInterval(250, 0.01, 0.1);
    expect(lowerRank).toBeGreaterThan(1);
    expect(interval.lower).toBe(losses.sort().at(-lowerRank));
    expect(refusalIn(valueAtRiskInterval(new Float64Array(0), 0.01, 0.1))).toContain("found 0");
  });
  it("has no finite lower bound when the tail is nearly everything", () => {
    const interval = unwrapped(valueAtRiskInterval(normals(2, 20), 0.99, 0.1));
    expect(interval.note).toBe("no finite lower bound");
  });
  it("covers at least what it promises, at any size", () => {
    for (const n of [100, 1000, 20000, 1000000]) {
      for (const p of [0.001, 0.01, 0.05]) {
        const { coverage, upperRank, lowerRank } = rankInterval(n, p, 0.05);
        expect(coverage).toBeGreaterThanOrEqual(0.95);
        if (upperRank !== undefined && lowerRank !== undefined) {
          expect(upperRank).toBeLessThanOrEqual(n * p);
          expect(lowerRank).toBeGreaterThan(n * p);
        }
      }
    }
  });
  it("holds the true VaR as often as it says", () => {
    const truth = normalQuantile(0.95);
    let held = 0;
    for (let trial = 0; trial < 1000; trial += 1) {
      const { lower, upper } = unwrapped(valueAtRiskInterval(normals(5000 + trial, 200), 0.05, 0.1));
      if ((lower ?? 0) <= truth && truth <= (upper ?? 0)) held += 1;
    }
    const { coverage } = rankInterval(200, 0.05, 0.1);
    expect(Math.abs(held / 1000 - coverage)).toBeLessThan(4 * Math.sqrt((coverage * (1 - coverage)) / 1000));
  });
});

describe("binomialRange", () => {
  it("is exact where it can be counted", () => {
    const { from, probabilities } = binomialRange(4, 0.5);
    expect(from).toBe(0);
    [1, 4, 6, 4, 1].forEach((ways, k) => {
      expect(probabilities[k]).toBeCloseTo(ways / 16, 15);
    });
  });
  it("has the mean and variance of a million trials", () => {
    const { from, probabilities } = binomialRange(1e6, 0.01);
    const mean = probabilities.reduce((total, p, k) => total + p * (from + k), 0);
    const variance = probabilities.reduce((total, p, k) => total + p * (from + k - mean) ** 2, 0);
    expect(mean).toBeCloseTo(1e4, 6);
    expect(variance).toBeCloseTo(9900, 4);
    expect(() => binomialRange(10, 0)).toThrow(DomainError);
  });
});

describe("standard errors", () => {
  it("from a normal sample are near the asymptotic ones", () => {
    const losses = normals(3, 10000);
    const tail = unwrapped(tailOf(losses, { confidence: 0.99 }));
    const errors = unwrapped(tailErrors(losses, tail));
    expect(errors.valueAtRiskError / 0.03733).toBeGreaterThan(0.75);
    expect(errors.valueAtRiskError / 0.03733).toBeLessThan(1.25);
    expect(errors.expectedShortfallError / 0.04588).toBeGreaterThan(0.8);
    expect(errors.expectedShortfallError / 0.04588).toBeLessThan(1.2);
    const fewer = unwrapped(tailErrors(losses, tail, 2500));
    expect(fewer.valueAtRiskError / errors.valueAtRiskError).toBeCloseTo(2, 12);
  });
  it("of batches fall with the root of their number", () => {
    const { mean, error } = unwrapped(batchError(Float64Array.of(1, 3, 1, 3, 1, 3, 1, 3, 1, 3)));
    expect(mean).toBe(2);
    expect(error).toBeCloseTo(Math.sqrt(10 / 9 / 10), 12);
    expect(refusalIn(batchError(new Float64Array(9)))).toContain("at least 10 batches; found 9");
  });
  it("do not exist for losses that do not vary", () => {
    const flat = new Float64Array(200);
    expect(refusalIn(tailErrors(flat, unwrapped(tailOf(flat, { confidence: 0.99 }))))).toContain("do not vary");
  });
  it("take a density that integrates to one", () => {
    const values = normals(4, 300);
    const bandwidth = silvermanBandwidth(values);
    let mass = 0;
    for (let x = -8; x <= 8; x += 0.01) mass += 0.01 * kernelDensity(values, x, bandwidth);
    expect(mass).toBeCloseTo(1, 6);
    expect(silvermanBandwidth(Float64Array.of(5, 5, 5))).toBe(0);
    // Of 1 to 5: sd √2.5 = 1.58, IQR 2 / 1.34 = 1.49, the lesser.
    expect(silvermanBandwidth(Float64Array.of(1, 2, 3, 4, 5))).toBeCloseTo((0.9 * 2) / 1.34 / 5 ** 0.2, 14);
    // Of 0, 0, 3, 3: sd √3, IQR 3 / 1.34 the greater.
    expect(silvermanBandwidth(Float64Array.of(0, 0, 3, 3))).toBeCloseTo((0.9 * Math.sqrt(3)) / 4 ** 0.2, 14);
    expect(silvermanBandwidth(Float64Array.of(0, 0, 0, 0, 0, 0, 0, 100))).toBeGreaterThan(0);
  });
});

describe("bootstrapTail", () => {
  const losses = normals(5, 500);
  const request = { confidence: 0.975 };
  it("answers the same bits for the same seed, others for another", () => {
    const [a, b, c] = [7, 7, 8].map((seed) => unwrapped(bootstrapTail(losses, request, { seed, replicates: 200 })));
    expect(b).toEqual(a);
    expect(c?.expectedShortfall.standardError).not.toBe(a?.expectedShortfall.standardError);
    expect(a?.settings).toEqual({ seed: 7, replicates: 200, blockLength: 1, alpha: 0.1 });
  });
  it("encloses the estimate and agrees with the asymptotic error", () => {
    const tail = unwrapped(tailOf(losses, request));
    const { expectedShortfall, valueAtRisk } = unwrapped(bootstrapTail(losses, request, { seed: 1, replicates: 2000 }));
    expect(expectedShortfall.lower).toBeLessThan(tail.expectedShortfall);
    expect(expectedShortfall.upper).toBeGreaterThan(tail.expectedShortfall);
    expect(valueAtRisk.lower).toBeLessThanOrEqual(tail.valueAtRisk);
    const asymptotic = unwrapped(tailErrors(losses, tail)).expectedShortfallError;
    expect(expectedShortfall.standardError / asymptotic).toBeGreaterThan(0.6);
    expect(expectedShortfall.standardError / asymptotic).toBeLessThan(1.4);
  });
  it("finds the error of losses that hang together by blocks, and misses it one by one", () => {
    const samples = Array.from(
      { length: 150 },
      (_, k) => unwrapped(horizonSums(normals(100 + k, 1000), 10, "overlap")).changes,
    );
    const estimates = samples.map((sums) => unwrapped(tailOf(sums, request)).expectedShortfall);
    const mean = estimates.reduce((a, b) => a + b) / 150;
    const truth = Math.sqrt(estimates.reduce((total, value) => total + (value - mean) ** 2, 0) / 149);
    const settings = { seed: 2, replicates: 100 };
    const found = (blockLength: number): number =>
      samples.slice(0, 10).reduce((total, sums) => {
        const { expectedShortfall } = unwrapped(bootstrapTail(sums, request, { ...settings, blockLength }));
        return total + expectedShortfall.standardError / 10;
      }, 0);
    expect(found(20) / truth).toBeGreaterThan(0.7);
    expect(found(20) / truth).toBeLessThan(1.3);
    expect(found(1) / truth).toBeLessThan(0.6);
  });
  it("takes blocks round the end of the series: nothing but the losses given is drawn", () => {
    const flat = new Float64Array(100).fill(-5);
    const { valueAtRisk, expectedShortfall } = unwrapped(
      bootstrapTail(flat, request, { seed: 3, replicates: 100, blockLength: 30 }),
    );
    for (const { lower, upper, standardError } of [valueAtRisk, expectedShortfall]) {
      expect([lower, upper, standardError]).toEqual([-5, -5, 0]);
    }
  });
  it("refuses what tailOf refuses, and settings outside their bounds", () => {
    expect(refusalIn(bootstrapTail(new Float64Array(10), { confidence: 0.99 }, { seed: 1 }))).toContain("at least 100");
    expect(() => bootstrapTail(losses, request, { seed: 1, replicates: 10 })).toThrow(DomainError);
    expect(() => bootstrapTail(losses, request, { seed: 1, blockLength: 0 })).toThrow(DomainError);
  });
});
