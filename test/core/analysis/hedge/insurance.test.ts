import { describe, expect, it } from "vitest";
import {
  collar,
  gapProbability,
  type InsuranceTerms,
  largestMultiple,
  optionBasedInsurance,
  optionValue,
  type ProportionRules,
  pathDrawer,
  proportionPath,
  protectivePut,
  simulatedInsurance,
  worthAtExpiry,
} from "../../../../core/analysis/index.ts";
import { finish } from "../../../../core/base/index.ts";
import { goldenCase, toleranceOf } from "./cases.ts";

const terms: InsuranceTerms = {
  ...{ spot: 100, forward: 100 * Math.exp(0.03 * 0.5), years: 0.5, rate: 0.03 },
  smile: [
    { strike: 60, volatility: 0.7 },
    { strike: 100, volatility: 0.5 },
    { strike: 160, volatility: 0.55 },
  ],
};
const prices = Array.from({ length: 60 }, (_, at) => 5 + 5 * at);

describe("protectivePut", () => {
  it("is never worth less than its floor, premium counted", () => {
    const { legs, floor, cost } = protectivePut(terms, 2, 90, false);
    const later = cost * Math.exp(terms.rate * terms.years);
    for (const price of prices) expect(worthAtExpiry(legs, price) - later).toBeGreaterThanOrEqual(floor - 1e-9);
    expect(worthAtExpiry(legs, 20) - later).toBeCloseTo(floor, 9);
  });

  it("settled in coin pays exactly the strike: K − S in quote currency for each coin kept", () => {
    const { legs, floor, cost } = protectivePut(terms, 2, 90, true);
    const kept = legs[0]?.quantity ?? Number.NaN;
    expect(kept + cost / terms.spot).toBeCloseTo(2, 12);
    for (const price of prices) {
      const coins = kept + kept * (Math.max(0, 90 - price) / price);
      expect(coins * price).toBeCloseTo(worthAtExpiry(legs, price), 9);
      expect(coins * price).toBeGreaterThanOrEqual(floor - 1e-9);
    }
    expect(floor).toBeCloseTo(kept * 90, 12);
  });
});

describe("collar", () => {
  it("at no cost sells the call that pays the put on the smile", () => {
    const found = collar(terms, 3, 85);
    if (!found.ok) throw new Error(found.failure.message);
    const { legs, cost, floor, cap = Number.NaN } = found.value;
    expect(Math.abs(cost)).toBeLessThan(1e-10);
    const call = legs.find(({ kind }) => kind === "call");
    expect(optionValue(terms, call?.strike ?? Number.NaN, true)).toBeCloseTo(optionValue(terms, 85, false), 12);
    expect(call?.strike).toBeGreaterThan(terms.forward);
    for (const price of prices) {
      expect(worthAtExpiry(legs, price)).toBeGreaterThanOrEqual(floor - 1e-9);
      expect(worthAtExpiry(legs, price)).toBeLessThanOrEqual(cap + 1e-9);
    }
  });

  it("refuses a put that no call above the forward pays, and strikes that cross", () => {
    expect(collar(terms, 1, 140)).toMatchObject({ ok: false, failure: { reason: "not-applicable" } });
    expect(collar(terms, 1, 100, 90)).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
  });
});

describe("optionBasedInsurance", () => {
  const golden = goldenCase<
    { V0: number; floor: number; S0: number; T: number; r: number; sigma: number },
    { K: number; units: number; put: number }
  >("obpi");
  const { V0, floor, S0, T, r, sigma } = golden.input;
  const flat = {
    spot: S0,
    forward: S0 * Math.exp(r * T),
    years: T,
    rate: r,
    smile: [{ strike: S0, volatility: sigma }],
  };

  it("finds strike, units and put of the reference case", () => {
    const found = optionBasedInsurance(flat, V0, floor);
    if (!found.ok) throw new Error(found.failure.message);
    const [underlying, put] = found.value.legs;
    const tolerance = toleranceOf(golden, "rel");
    const { K, units, put: value } = golden.expected;
    expect(Math.abs((put?.strike ?? 0) / K - 1)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs((underlying?.quantity ?? 0) / units - 1)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs((put?.value ?? 0) / value - 1)).toBeLessThanOrEqual(tolerance);
    expect(found.value.floor).toBeCloseTo(floor, 9);
    for (const price of prices) expect(worthAtExpiry(found.value.legs, price)).toBeGreaterThanOrEqual(floor - 1e-9);
  });

  it("refuses a floor that cash alone would not reach", () => {
    const grown = V0 * Math.exp(r * T);
    expect(optionBasedInsurance(flat, V0, grown)).toMatchObject({ ok: false, failure: { reason: "not-applicable" } });
    expect(optionBasedInsurance(flat, V0, 0.999 * grown).ok).toBe(true);
  });
});

const golden = goldenCase<
  { path: number[]; V0: number; floor: number; m: number; cap: number; rate: number },
  { steps: number[][] }
>("cppi-path");
const cppi: ProportionRules = {
  ...{ kind: "cppi", wealth: golden.input.V0, floor: golden.input.floor, multiple: golden.input.m },
  ...{ cap: golden.input.cap, rate: golden.input.rate, ratchet: 0.9, drift: 0 },
};

describe("proportionPath", () => {
  it("follows the reference path", () => {
    const steps = proportionPath(cppi, golden.input.path, 1 / 365);
    expect(steps).toHaveLength(golden.expected.steps.length);
    steps.forEach((step, at) => {
      const { value, cushion, exposure, return: change, nextValue } = step;
      [value, cushion, exposure, change, nextValue].forEach((amount, field) => {
        const expected = golden.expected.steps[at]?.[field] ?? Number.NaN;
        expect(Math.abs(amount - expected)).toBeLessThanOrEqual(toleranceOf(golden, "abs"));
      });
    });
  });

  it("discounts the floor of CPPI, and never lowers that of TIPP", () => {
    const path = [100, 110, 130, 120, 90, 70, 75];
    const floors = proportionPath({ ...cppi, rate: 0.05 }, path, 0.25).map(({ floor }) => floor);
    floors.forEach((floor, at) => {
      expect(floor).toBeCloseTo(900 * Math.exp(-0.05 * (6 - at) * 0.25), 9);
    });
    const tipp = proportionPath({ ...cppi, kind: "tipp", rate: 0.05 }, path, 0.25);
    tipp.slice(1).forEach(({ floor }, at) => {
      expect(floor).toBeGreaterThanOrEqual(tipp[at]?.floor ?? Number.NaN);
    });
    const highest = Math.max(...tipp.slice(0, 4).map(({ value }) => value));
    expect(tipp[3]?.floor).toBeGreaterThanOrEqual(0.9 * highest - 1e-9);
  });

  it("keeps its exposure until it has drifted", () => {
    const lazy = proportionPath({ ...cppi, drift: 0.05 }, [100, 100.1, 100.2, 120], 1 / 365);
    expect(lazy[1]?.exposure).toBeCloseTo(500 * 1.001, 9);
    expect(proportionPath(cppi, [100, 100.1, 100.2], 1 / 365)[1]?.exposure).not.toBeCloseTo(500 * 1.001, 6);
  });

  it("holds its floor through falls below 1/m between trades, and loses it beyond", () => {
    expect(proportionPath(cppi, [100, 81, 66], 1).every(({ nextValue }) => nextValue >= 900)).toBe(true);
    expect(proportionPath(cppi, [100, 79], 1)[0]?.nextValue).toBeLessThan(900);
  });
});

describe("gapProbability", () => {
  const gap = goldenCase<
    { lam: number; mu_log: number; sd_log: number; m: number; T: number },
    { p_single: number; prob_gap: number }
  >("cppi-gap");
  const { lam, mu_log, sd_log, m, T } = gap.input;
  const jumps = { perYear: lam, meanLog: mu_log, deviationLog: sd_log };

  it("is that of the reference case", () => {
    const { ofJump, overHorizon } = gapProbability(jumps, m, T);
    const tolerance = toleranceOf(gap, "rel");
    expect(Math.abs(ofJump / gap.expected.p_single - 1)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(overHorizon / gap.expected.prob_gap - 1)).toBeLessThanOrEqual(tolerance);
  });

  it("is inverted by the largest multiple", () => {
    const largest = largestMultiple(jumps, gap.expected.prob_gap, T);
    expect(largest).toBeCloseTo(m, 9);
    expect(largestMultiple(jumps, 0.9999, T)).toBeUndefined();
  });

  it("is 0 up to a multiple of 1, and nearly 0 below 2 for falls of 51 %", () => {
    expect(gapProbability(jumps, 1, T).overHorizon).toBe(0);
    const crypto = { perYear: 1, meanLog: Math.log(0.49), deviationLog: 1e-9 };
    expect(gapProbability(crypto, 1.9, 1).ofJump).toBe(0);
    expect(gapProbability(crypto, 2, 1).ofJump).toBeCloseTo(1, 12);
  });
});

describe("simulatedInsurance", () => {
  const jumps = { perYear: 3, meanLog: -0.08, deviationLog: 0.12 };
  const base = { spot: 100, growth: 0.05, volatility: 0.01, years: 1, steps: 365 };

  it("breaches as often as the closed form of jumps says, within three standard errors", () => {
    const { insured } = finish(simulatedInsurance({ ...cppi, cap: 100 }, { ...base, jumps }, 4000, 7));
    const { overHorizon } = gapProbability(jumps, cppi.multiple, 1);
    expect(Math.abs(insured.breached - overHorizon)).toBeLessThan(3 * insured.breachedError + 0.01);
  });

  it("has the same digits for the same seed, others for another", () => {
    const run = (seed: number) => finish(simulatedInsurance(cppi, { ...base, volatility: 0.6 }, 300, seed));
    expect(run(3)).toEqual(run(3));
    expect(run(4).insured.mean).not.toBe(run(3).insured.mean);
  });

  it("draws prices whose mean grows as stated, jumps included", () => {
    const draw = pathDrawer({ ...base, volatility: 0.3, steps: 4, jumps }, 11);
    const into = new Float64Array(5);
    let total = 0;
    const paths = 40_000;
    for (let path = 0; path < paths; path++) {
      draw(into);
      total += into[4] ?? 0;
    }
    expect(Math.abs(total / paths / (100 * Math.exp(0.05)) - 1)).toBeLessThan(0.01);
  });
});
