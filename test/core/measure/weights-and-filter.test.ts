import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  ageWeights,
  effectiveSampleSize,
  equalWeights,
  ewmaObservations,
  ewmaVariance,
  filteredFactors,
  meanSquare,
  randomStream,
  scaledToCurrent,
  stressedWeights,
} from "../../../core/measure/index.ts";
import { refusalIn, unwrapped } from "../result-value.ts";

const total = (weights: Float64Array): number => weights.reduce((a, b) => a + b, 0);
const stream = randomStream(21);
const returns = Float64Array.from({ length: 400 }, () => (stream.next() - 0.5) * 0.1);

describe("weights", () => {
  it("of age decay by λ a step, the last the heaviest, and sum to 1", () => {
    const weights = ageWeights(500, 0.97);
    expect(total(weights)).toBeCloseTo(1, 12);
    expect((weights[498] ?? 0) / (weights[499] ?? 0)).toBeCloseTo(0.97, 12);
    expect((weights[0] ?? 0) / (weights[499] ?? 0)).toBeCloseTo(0.97 ** 499, 12);
  });
  it("of age become equal as λ goes to 1", () => {
    expect(ageWeights(50, 1)).toEqual(equalWeights(50));
    for (const weight of ageWeights(50, 1 - 1e-9)) expect(weight).toBeCloseTo(0.02, 8);
  });
  it("give an effective sample from 1 to n", () => {
    expect(effectiveSampleSize(equalWeights(250))).toBeCloseTo(250, 9);
    expect(effectiveSampleSize(Float64Array.of(0, 1, 0))).toBe(1);
    // Σw² of a long geometric series: (1−λ)/(1+λ).
    expect(effectiveSampleSize(ageWeights(5000, 0.98))).toBeCloseTo(1.98 / 0.02, 6);
    expect(() => effectiveSampleSize(new Float64Array(3))).toThrow(DomainError);
  });
  it("of the stressed reach their share, in proportion, and no less", () => {
    const base = ageWeights(100, 0.98);
    const stressed = Uint8Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0));
    const weights = unwrapped(stressedWeights(base, stressed));
    expect(total(weights)).toBeCloseTo(1, 12);
    expect(total(weights.subarray(0, 10))).toBeCloseTo(0.25, 12);
    expect((weights[9] ?? 0) / (weights[0] ?? 0)).toBeCloseTo((base[9] ?? 0) / (base[0] ?? 0), 12);
    expect((weights[99] ?? 0) / (weights[50] ?? 0)).toBeCloseTo((base[99] ?? 0) / (base[50] ?? 0), 10);
    expect(unwrapped(stressedWeights(base, stressed, 0.001))).toEqual(base);
    expect(unwrapped(stressedWeights(base, new Uint8Array(100).fill(1)))).toEqual(base);
    expect(refusalIn(stressedWeights(base, new Uint8Array(100)))).toContain("no stressed observation");
    expect(() => stressedWeights(base, new Uint8Array(99))).toThrow(DomainError);
  });
  it.each([0, -0.1, 1.1, Number.NaN])("refuse a decay of %d", (lambda) => {
    expect(() => ageWeights(10, lambda)).toThrow(DomainError);
  });
});

describe("ewmaVariance", () => {
  it("follows the recursion from the mean square of the window", () => {
    const forecasts = unwrapped(ewmaVariance(returns, { lambda: 0.94 }));
    expect(forecasts).toHaveLength(401);
    expect(forecasts[0]).toBe(meanSquare(returns));
    for (const i of [0, 100, 399]) {
      const next = 0.94 * (forecasts[i] ?? 0) + 0.06 * (returns[i] ?? 0) ** 2;
      expect(forecasts[i + 1]).toBeCloseTo(next, 18);
    }
  });
  it("starts from a burn-in, the first square or a given variance", () => {
    const first = (initial: Parameters<typeof ewmaVariance>[1]["initial"]): number | undefined =>
      unwrapped(ewmaVariance(returns, { lambda: 0.97, ...(initial === undefined ? {} : { initial }) }))[0];
    expect(first({ kind: "first-squared" })).toBe((returns[0] ?? 0) ** 2);
    expect(first({ kind: "given", variance: 0.5 })).toBe(0.5);
    const block = returns.subarray(0, 60);
    expect(first({ kind: "burn-in", observations: 60 })).toBe(meanSquare(block));
    const mean = total(block) / 60;
    const variance = block.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 59;
    expect(first({ kind: "burn-in", observations: 60, statistic: "variance" })).toBeCloseTo(variance, 15);
  });
  it("of returns that are all equal stays where it is", () => {
    const forecasts = unwrapped(ewmaVariance(new Float64Array(50).fill(-0.02), { lambda: 0.94 }));
    for (const forecast of forecasts) expect(forecast).toBeCloseTo(0.0004, 16);
  });
  it("refuses what it cannot filter", () => {
    expect(refusalIn(ewmaVariance(new Float64Array(0), { lambda: 0.9 }))).toContain("at least 1 returns; found 0");
    const initial = { kind: "burn-in", observations: 60 } as const;
    expect(refusalIn(ewmaVariance(new Float64Array(59), { lambda: 0.9, initial }))).toContain(
      "at least 60 returns; found 59",
    );
    expect(refusalIn(ewmaVariance(Float64Array.of(0, Number.NaN), { lambda: 0.9 }))).toContain("return 2 is NaN");
    expect(() => ewmaVariance(returns, { lambda: 1 })).toThrow(DomainError);
    expect(() => ewmaObservations(0.94, 0)).toThrow(DomainError);
  });
});

describe("scaledToCurrent", () => {
  const variances = unwrapped(ewmaVariance(returns, { lambda: 0.94 }));
  const scaled = (scaling: Parameters<typeof scaledToCurrent>[2]) =>
    unwrapped(scaledToCurrent(returns, variances, scaling));

  it("gives back returns of constant size", () => {
    const flat = Float64Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 0.01 : -0.01));
    const filtered = unwrapped(scaledToCurrent(flat, unwrapped(ewmaVariance(flat, { lambda: 0.97 }))));
    filtered.values.forEach((value, i) => {
      expect(value).toBeCloseTo(flat[i] ?? 0, 15);
    });
  });
  it("does not depend on the unit of the returns", () => {
    const percent = returns.map((r) => 100 * r);
    const other = unwrapped(scaledToCurrent(percent, unwrapped(ewmaVariance(percent, { lambda: 0.94 }))));
    other.values.forEach((value, i) => {
      expect(value).toBeCloseTo(100 * (scaled({}).values[i] ?? 0), 10);
    });
  });
  it("in part lies between the return and the scaled return", () => {
    const [whole, half] = [scaled({}), scaled({ theta: 0.5 })];
    half.multipliers.forEach((multiplier, i) => {
      expect(multiplier).toBeCloseTo(((whole.multipliers[i] ?? 0) + 1) / 2, 14);
    });
    expect(scaled({ theta: 0 }).values).toEqual(returns);
  });
  it("holds multipliers between bounds and volatility above its floor", () => {
    for (const multiplier of scaled({ least: 0.9, most: 1.1 }).multipliers) {
      expect(Math.min(1.1, Math.max(0.9, multiplier))).toBe(multiplier);
    }
    const floored = scaled({ volatilityFloor: 0.5 });
    expect(floored.currentVolatility).toBe(0.5);
    expect(floored.multipliers[5]).toBeCloseTo(0.5 / Math.sqrt(variances[5] ?? 0), 12);
  });
  it("leaves out the burn-in", () => {
    const kept = scaled({ discard: 60 });
    expect([kept.values.length, kept.from]).toEqual([340, 60]);
    expect(kept.values).toEqual(scaled({}).values.subarray(60));
  });
  it("refuses a burn-in of everything, and a forecast of zero that today's is not", () => {
    expect(refusalIn(scaledToCurrent(returns, variances, { discard: 400 }))).toContain("at least 401 needed");
    const quiet = Float64Array.of(0, 0, 0.1);
    const filter = { lambda: 0.9, initial: { kind: "first-squared" } } as const;
    const zero = unwrapped(ewmaVariance(quiet, filter));
    expect(refusalIn(scaledToCurrent(quiet, zero))).toContain("volatility forecast of return 1 is 0");
    expect(unwrapped(scaledToCurrent(quiet, zero, { most: 2 })).multipliers[0]).toBe(2);
    expect(() => scaledToCurrent(returns, returns)).toThrow(DomainError);
    expect(() => scaledToCurrent(returns, variances, { theta: 1.5 })).toThrow(DomainError);
  });
  it("of a dead series is the series", () => {
    const dead = new Float64Array(5);
    const filtered = unwrapped(scaledToCurrent(dead, unwrapped(ewmaVariance(dead, { lambda: 0.9 }))));
    expect([...filtered.multipliers]).toEqual([1, 1, 1, 1, 1]);
  });
});

describe("filteredFactors", () => {
  const other = returns.map((r, i) => 3 * r + 0.001 * (i % 5));
  const changes = { factors: ["price:BTC", "price:ETH"], values: Float64Array.from([...returns, ...other]), days: 400 };
  it("scales each factor by its own filter and keeps the same days of all", () => {
    const filtered = unwrapped(filteredFactors(changes, { lambda: 0.94 }, { discard: 60 }));
    expect([filtered.days, filtered.from]).toEqual([340, 60]);
    const alone = unwrapped(scaledToCurrent(other, unwrapped(ewmaVariance(other, { lambda: 0.94 })), { discard: 60 }));
    expect(filtered.values.subarray(340)).toEqual(alone.values);
    expect(filtered.currentVolatility[1]).toBe(alone.currentVolatility);
  });
  it("names the factor that cannot be filtered", () => {
    const values = changes.values.slice();
    values[405] = Number.NaN;
    expect(refusalIn(filteredFactors({ ...changes, values }, { lambda: 0.94 }))).toContain(
      "price:ETH: return 6 is NaN",
    );
    expect(refusalIn(filteredFactors(changes, { lambda: 0.94 }, { discard: 400 }))).toContain("price:BTC");
    expect(() => filteredFactors({ ...changes, days: 3 }, { lambda: 0.94 })).toThrow(DomainError);
  });
});
