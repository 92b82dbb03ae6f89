import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareUpperTail,
  gammaQuantile,
  gammaTails,
  incompleteBeta,
  logGamma,
  normalQuantile,
  poissonCdf,
  poissonProbability,
  poissonQuantile,
  studentTCdf,
  studentTPdf,
  studentTQuantile,
} from "../../../core/measure/index.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

/** test/golden/measures/generate-distributions.py: mpmath 1.3.0 with 50 digits. */
const golden = goldenMeasures<{
  readonly normalQuantile: readonly { readonly p: number; readonly expected: number }[];
  readonly studentTCdf: readonly {
    readonly t: number;
    readonly degrees: number;
    readonly cdf: number;
    readonly pdf: number;
  }[];
  readonly studentTQuantile: readonly { readonly p: number; readonly degrees: number; readonly expected: number }[];
  readonly gammaTails: readonly {
    readonly a: number;
    readonly x: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  readonly gammaQuantile: readonly { readonly a: number; readonly p: number; readonly expected: number }[];
  readonly incompleteBeta: readonly {
    readonly x: number;
    readonly a: number;
    readonly b: number;
    readonly expected: number;
  }[];
  readonly logGamma: readonly { readonly x: number; readonly expected: number }[];
  readonly poisson: readonly {
    readonly count: number;
    readonly mean: number;
    readonly probability: number;
    readonly cdf: number;
  }[];
}>("distributions.json");

const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
const degrees = fc.double({ min: 0.5, max: 300, noNaN: true });

describe("normalQuantile", () => {
  it.each(golden.normalQuantile)("of $p", ({ p, expected }) => {
    expect(Math.abs(normalQuantile(p) - expected)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(expected)));
  });
  it("gives the values of the reference sheet", () => {
    expect(normalQuantile(0.99)).toBeCloseTo(2.3263478740408408, 14);
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 14);
  });
  it("is 0 at one half and odd about it", () => {
    expect(normalQuantile(0.5)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 - 1 }), (k) => {
        expect(normalQuantile(1 - k * 2 ** -31)).toBe(-normalQuantile(k * 2 ** -31));
      }),
    );
  });
  it.each([0, 1, -0.1, Number.NaN])("refuses %d", (p) => expect(() => normalQuantile(p)).toThrow(DomainError));
});

describe("Student's t distribution", () => {
  it.each(golden.studentTCdf)("at $t with $degrees degrees", ({ t, degrees: nu, cdf, pdf }) => {
    expect(relativeError(studentTCdf(t, nu), cdf)).toBeLessThanOrEqual(2e-13);
    expect(relativeError(studentTPdf(t, nu), pdf)).toBeLessThanOrEqual(1e-13);
  });
  it.each(golden.studentTQuantile)("quantile of $p with $degrees degrees", ({ p, degrees: nu, expected }) => {
    expect(relativeError(studentTQuantile(p, nu), expected)).toBeLessThanOrEqual(1e-12);
  });
  it("comes back from its quantile", () => {
    fc.assert(
      fc.property(probability, degrees, (p, nu) => {
        expect(relativeError(studentTCdf(studentTQuantile(p, nu), nu), p)).toBeLessThanOrEqual(1e-12);
      }),
    );
  });
  it.each([0, -1, Number.NaN])("refuses %d degrees of freedom", (nu) => {
    expect(() => studentTQuantile(0.1, nu)).toThrow(DomainError);
  });
});

describe("gamma and chi-square distributions", () => {
  it.each(golden.logGamma)("ln Γ($x)", ({ x, expected }) => {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(expected)));
  });
  it.each(golden.gammaTails)("tails of shape $a at $x", ({ a, x, lower, upper }) => {
    const tails = gammaTails(a, x);
    const [found, expected] = lower < upper ? [tails.lower, lower] : [tails.upper, upper];
    expect(relativeError(found, expected)).toBeLessThanOrEqual(1e-12);
    expect(Math.abs(tails.lower + tails.upper - 1)).toBeLessThanOrEqual(2e-16);
  });
  it.each(golden.gammaQuantile)("quantile of shape $a at $p", ({ a, p, expected }) => {
    expect(relativeError(gammaQuantile(a, p), expected)).toBeLessThanOrEqual(2e-12);
  });
  it("gives the printed tables of critical values", () => {
    expect(chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841, 3);
    expect(chiSquareQuantile(0.99, 2)).toBeCloseTo(9.21, 2);
    expect(chiSquareUpperTail(5.991, 2)).toBeCloseTo(0.05, 4);
  });
  it("comes back from its quantile", () => {
    fc.assert(
      fc.property(probability, degrees, (p, nu) => {
        expect(relativeError(chiSquareCdf(chiSquareQuantile(p, nu), nu), p)).toBeLessThanOrEqual(2e-12);
      }),
    );
  });
});

describe("incompleteBeta", () => {
  it.each(golden.incompleteBeta)("I($x; $a, $b)", ({ x, a, b, expected }) => {
    const error =
      expected < 0.5 ? relativeError(incompleteBeta(x, a, b), expected) : incompleteBeta(x, a, b) - expected;
    expect(Math.abs(error)).toBeLessThanOrEqual(1e-12);
  });
  it("refuses an argument outside 0 to 1", () => expect(() => incompleteBeta(1.1, 1, 1)).toThrow(DomainError));
});

describe("Poisson distribution", () => {
  it.each(golden.poisson)("$count events of $mean", ({ count, mean, probability: expected, cdf }) => {
    expect(relativeError(poissonProbability(count, mean), expected)).toBeLessThanOrEqual(2e-13);
    expect(relativeError(poissonCdf(count, mean), cdf)).toBeLessThanOrEqual(2e-12);
  });
  it("has the smallest count that reaches a probability as its quantile", () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.001, max: 60, noNaN: true }), (p, mean) => {
        const count = poissonQuantile(p, mean);
        expect(poissonCdf(count, mean)).toBeGreaterThanOrEqual(p - 1e-12);
        if (count > 0) expect(poissonCdf(count - 1, mean)).toBeLessThan(p + 1e-12);
      }),
    );
  });
});
