import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  bachelierGreeks,
  bachelierValue,
  fairPerpetualPrice,
  type PerpetualTerms,
} from "../../../core/pricing/index.ts";
import { goldenCases, relativeError } from "./golden.ts";

interface NormalCase {
  readonly id: string;
  readonly tag: "bachelier";
  readonly input: Readonly<Record<"F" | "K" | "T" | "sigma_normal" | "r", number>>;
  readonly expected: Readonly<Record<"call" | "put" | "delta_call" | "gamma" | "vega", string>>;
  readonly tolerance: { readonly rel: number };
}

interface PerpetualCase {
  readonly id: string;
  readonly tag: "perpetual-fair-price";
  readonly input: Readonly<Record<"dt" | "S" | "r" | "q" | "kappa" | "iota", number>> & {
    readonly kind: PerpetualTerms["payoff"];
    readonly funding_on: PerpetualTerms["fundingOn"];
  };
  readonly expected: { readonly price: number };
  readonly tolerance: { readonly rel: number };
}

const cases = goldenCases<NormalCase | PerpetualCase>("pricing-normal-and-perpetual.json");
const normal = cases.filter((c) => c.tag === "bachelier");
const perpetual = cases.filter((c) => c.tag === "perpetual-fair-price");

it("covers every case of the file", () => expect(normal.length + perpetual.length).toBe(cases.length));

describe("bachelierGreeks", () => {
  it.each(normal)("matches $id to its tolerance", ({ input, expected, tolerance }) => {
    const { F, K, T, sigma_normal, r } = input;
    const call = bachelierGreeks(F, K, T, sigma_normal, true, r);
    const errors = [
      relativeError(call.value, Number(expected.call)),
      relativeError(bachelierValue(F, K, T, sigma_normal, false, r), Number(expected.put)),
      relativeError(call.delta, Number(expected.delta_call)),
      relativeError(call.gamma, Number(expected.gamma)),
      relativeError(call.vega, Number(expected.vega)),
    ];
    for (const error of errors) expect(error).toBeLessThanOrEqual(tolerance.rel);
  });

  it("keeps put-call parity and the difference of deltas", () => {
    const price = fc.double({ min: -200, max: 200, noNaN: true });
    fc.assert(
      fc.property(price, price, (forward, strike) => {
        const call = bachelierGreeks(forward, strike, 0.3, 40, true);
        const put = bachelierGreeks(forward, strike, 0.3, 40, false);
        expect(Math.abs(call.value - put.value - (forward - strike))).toBeLessThanOrEqual(1e-12);
        expect(Math.abs(call.delta - put.delta - 1)).toBeLessThanOrEqual(1e-15);
      }),
    );
  });

  it("is the intrinsic value without volatility", () =>
    expect(bachelierGreeks(-5, -20, 1, 0, true)).toEqual({ value: 15, delta: 1, gamma: 0, vega: 0 }));
  it("refuses NaN", () => expect(() => bachelierValue(Number.NaN, 1, 1, 1, true)).toThrow(DomainError));
  it("refuses negative volatility", () => expect(() => bachelierValue(1, 1, 1, -1, true)).toThrow(DomainError));
});

describe("fairPerpetualPrice", () => {
  it.each(perpetual)("matches $id to its tolerance", ({ input, expected, tolerance }) => {
    const price = fairPerpetualPrice({
      payoff: input.kind,
      fundingOn: input.funding_on,
      periodYears: input.dt,
      spot: input.S,
      rate: input.r,
      yieldRate: input.q,
      strength: input.kappa,
      interest: input.iota,
    });
    expect(relativeError(price, expected.price)).toBeLessThanOrEqual(tolerance.rel);
  });

  const level = { periodYears: 1 / 1095, spot: 100, rate: 0.05, yieldRate: 0.05, strength: 0.02, interest: 0 };
  it.each(["previous", "current", "continuous"] as const)(
    "is the spot price at equal rates, funding on %s",
    (fundingOn) => {
      expect(fairPerpetualPrice({ ...level, fundingOn, payoff: "linear" })).toBeCloseTo(100, 12);
      expect(fairPerpetualPrice({ ...level, fundingOn, payoff: "inverse" })).toBeCloseTo(100, 12);
    },
  );
  it("refuses terms without a fair price", () =>
    expect(() => fairPerpetualPrice({ ...level, fundingOn: "current", payoff: "linear", interest: 0.03 })).toThrow(
      DomainError,
    ));
});
