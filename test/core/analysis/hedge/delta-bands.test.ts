import { describe, expect, it } from "vitest";
import {
  type BandTerms,
  comparedRules,
  type HedgingRule,
  holdingBy,
  type RuleComparison,
  spotGreeks,
  whalleyWilmott,
  zakamouline,
} from "../../../../core/analysis/index.ts";
import { DomainError, finish } from "../../../../core/base/index.ts";
import { goldenCase, toleranceOf } from "./cases.ts";

interface Zakamouline {
  readonly sigma_m: number;
  readonly delta_m: number;
  readonly lower: number;
  readonly upper: number;
}
const golden = goldenCase<
  { S: number; K: number; T: number; r: number; sigma: number; lam: number; risk_aversion: number },
  {
    delta: number;
    gamma: number;
    ww_halfwidth: number;
    zak: { H0: number; H1: number; K: number; long: Zakamouline; short: Zakamouline };
  }
>("delta-bands");
const { S, K, T, r, sigma, lam, risk_aversion } = golden.input;
const terms: BandTerms = {
  ...{ spot: S, strike: K, years: T, rate: r, volatility: sigma, isCall: true },
  ...{ proportionalCost: lam, riskAversion: risk_aversion },
};

function expectSame(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThanOrEqual(toleranceOf(golden, "rel"));
}

describe("delta bands", () => {
  const { delta, gamma } = spotGreeks(terms, sigma);

  it("start from delta and gamma of the reference case", () => {
    expectSame(delta, golden.expected.delta);
    expectSame(gamma, golden.expected.gamma);
  });

  it("of Whalley and Wilmott are those of the reference case", () => {
    expectSame(whalleyWilmott(terms, gamma), golden.expected.ww_halfwidth);
  });

  it.each([true, false])("of Zakamouline are those of the reference case, long %s", (long) => {
    const band = zakamouline(terms, gamma, long);
    const { H0, H1, K: change } = golden.expected.zak;
    const expected = long ? golden.expected.zak.long : golden.expected.zak.short;
    expectSame(band.h0, H0);
    expectSame(band.h1, H1);
    expectSame(band.k, change);
    expectSame(band.volatility, expected.sigma_m);
    expectSame(band.centre, expected.delta_m);
    expectSame(band.lower, expected.lower);
    expectSame(band.upper, expected.upper);
  });

  it("never takes less than a fifth of the volatility", () => {
    const dear = zakamouline({ ...terms, proportionalCost: 0.5, riskAversion: 50 }, gamma, true);
    expect(dear.k).toBeLessThan(-1);
    expect(dear.volatility).toBeCloseTo(0.2 * sigma, 12);
  });

  it("close at no cost, and refuse a time that is over", () => {
    const free = { ...terms, proportionalCost: 0 };
    expect(whalleyWilmott(free, gamma)).toBe(0);
    const { lower, upper, centre } = zakamouline(free, gamma, true);
    expect([lower, upper]).toEqual([centre, centre]);
    expect(() => whalleyWilmott({ ...terms, years: 0 }, gamma)).toThrow(DomainError);
  });
});

describe("holdingBy", () => {
  const { delta, gamma } = spotGreeks(terms, sigma);
  const sight = { step: 3, terms, delta, gamma, against: 1, holding: 0, lastTradePrice: 100 };

  it("trades to the nearest edge of a band, and leaves alone what is inside", () => {
    expect(holdingBy({ kind: "band", width: 0.1 }, sight)).toBeCloseTo(delta - 0.1, 12);
    expect(holdingBy({ kind: "band", width: 0.1 }, { ...sight, holding: 0.6 })).toBe(0.6);
    expect(holdingBy({ kind: "band", width: 0.1 }, { ...sight, holding: 0.7 })).toBeCloseTo(delta + 0.1, 12);
  });

  it("mirrors the band of a short option for a long one", () => {
    const long = holdingBy({ kind: "zakamouline", riskAversion: 1 }, { ...sight, against: -1 });
    expectSame(-long, golden.expected.zak.long.lower);
    expectSame(holdingBy({ kind: "zakamouline", riskAversion: 1 }, sight), golden.expected.zak.short.lower);
  });

  it("waits for its time or its move", () => {
    expect(holdingBy({ kind: "time", steps: 2 }, sight)).toBe(0);
    expect(holdingBy({ kind: "time", steps: 3 }, sight)).toBe(delta);
    expect(holdingBy({ kind: "move", move: 0.02 }, { ...sight, lastTradePrice: 99 })).toBe(0);
    expect(holdingBy({ kind: "move", move: 0.02 }, { ...sight, lastTradePrice: 97 })).toBe(delta);
  });
});

const rules: readonly HedgingRule[] = [
  { kind: "time", steps: 1 },
  { kind: "time", steps: 10 },
  { kind: "band", width: 0.05 },
  { kind: "move", move: 0.03 },
  { kind: "whalley-wilmott", riskAversion: 1 },
  { kind: "zakamouline", riskAversion: 1 },
];
const comparison: RuleComparison = {
  ...{ terms, long: false, realised: { volatility: sigma, growth: 0 }, steps: 60, paths: 2000, seed: 5, rules },
};

describe("comparedRules", () => {
  it("prices by hedging: without costs the mean profit of the finest rule is 0 within its error", () => {
    const free = { ...terms, proportionalCost: 0 };
    const [fine, rough] = finish(comparedRules({ ...comparison, terms: free, rules: rules.slice(0, 2) }));
    expect(Math.abs(fine?.meanProfit ?? 1)).toBeLessThan(4 * (fine?.standardErrorOfMean ?? 0) + 0.01);
    expect(fine?.deviation ?? 1).toBeLessThan(rough?.deviation ?? 0);
    expect(fine?.meanCost).toBe(0);
  });

  it("errs as the root of the steps: Boyle and Emanuel, sd ≈ √(π/4)·vega·σ/√n", () => {
    const free = { ...terms, proportionalCost: 0 };
    const [fine] = finish(comparedRules({ ...comparison, terms: free, steps: 250, rules: rules.slice(0, 1) }));
    const { gamma } = spotGreeks(terms, sigma);
    const vega = gamma * S * S * sigma * T;
    const expected = (Math.sqrt(Math.PI / 4) * vega * sigma) / Math.sqrt(250);
    expect(Math.abs((fine?.deviation ?? 0) / expected - 1)).toBeLessThan(0.1);
  });

  it("shows that trading more costs more and errs less, and marks what no rule beats", () => {
    const outcomes = finish(comparedRules(comparison));
    const [fine, rough] = outcomes;
    expect(fine?.meanCost ?? 0).toBeGreaterThan(rough?.meanCost ?? Number.NaN);
    expect(outcomes.some(({ efficient }) => efficient)).toBe(true);
    for (const one of outcomes)
      expect(one.efficient).toBe(
        !outcomes.some(
          (other) =>
            other !== one &&
            other.meanCost <= one.meanCost &&
            other.deviation <= one.deviation &&
            (other.meanCost < one.meanCost || other.deviation < one.deviation),
        ),
      );
    const rates = outcomes.map(({ meanProfit, meanCost }) => meanProfit + meanCost);
    for (const gross of rates) expect(Math.abs(gross)).toBeLessThan(0.25);
  });

  it("gives the same digits for the same seed", () => {
    const few = { ...comparison, paths: 50 };
    expect(finish(comparedRules(few))).toEqual(finish(comparedRules(few)));
    expect(finish(comparedRules({ ...few, seed: 6 }))).not.toEqual(finish(comparedRules(few)));
  });
});
