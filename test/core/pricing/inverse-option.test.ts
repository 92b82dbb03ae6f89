import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { inverseGreeks, inverseValue } from "../../../core/pricing/index.ts";
import { goldenCases, relativeError } from "./golden.ts";

interface InverseCase {
  readonly id: string;
  readonly input: {
    readonly type: "call" | "put";
    readonly F: number;
    readonly K: number;
    readonly T: number;
    readonly sigma: number;
  };
  readonly expected: Readonly<Record<string, number>>;
  readonly tolerance: { readonly rel: number };
}

interface MarkCase {
  readonly title: string;
  readonly input: {
    readonly forward: number;
    readonly strike: number;
    readonly type: "call" | "put";
    readonly markIv: number;
    readonly timestamp: string;
    readonly expiry: string;
  };
  readonly expected: { readonly markPriceCoin: number };
  readonly ownComputation: { readonly markPriceCoin: number; readonly years: number };
  readonly tolerance: { readonly value: number };
}

describe("inverseGreeks", () => {
  it.each(goldenCases<InverseCase>("pricing-inverse-options.json"))("matches $id to its tolerance", (c) => {
    const { F, K, T, sigma, type } = c.input;
    const greeks = inverseGreeks(F, K, T, sigma, type === "call");
    const actual = {
      price_usd: greeks.value * F,
      price_coin: greeks.value,
      delta_black76: greeks.blackDelta,
      delta_net: greeks.netDelta,
      d_coin_d_F: greeks.slope,
      d2_coin_d_F2: greeks.curvature,
      vega_coin: greeks.vega,
      vega_coin_per_vol_point: greeks.vega / 100,
      theta_coin_per_day: greeks.theta / 365,
      hedge_inverse_perp_usd_notional: greeks.hedge,
    };
    expect(Object.keys(actual).sort()).toEqual(Object.keys(c.expected).sort());
    const errors = Object.entries(actual).map(([name, value]) => relativeError(value, c.expected[name] ?? Number.NaN));
    for (const error of errors) expect(error).toBeLessThanOrEqual(c.tolerance.rel);
  });

  it("has a net delta of Black delta less the premium", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), fc.boolean(), (moneyness, isCall) => {
        const greeks = inverseGreeks(60000, 60000 * Math.exp(moneyness), 0.2, 0.6, isCall);
        expect(Math.abs(greeks.netDelta - (greeks.blackDelta - greeks.value))).toBeLessThanOrEqual(1e-14);
      }),
    );
  });
});

describe("inverseValue", () => {
  it.each(goldenCases<MarkCase>("deribit-option-marks.json"))("reproduces the exchange's mark of $title", (c) => {
    const { forward, strike, type, markIv, timestamp, expiry } = c.input;
    const years = (Date.parse(expiry) - Date.parse(timestamp)) / (365 * 86_400_000);
    const mark = inverseValue(forward, strike, years, markIv, type === "call");
    expect(Math.abs(mark - c.expected.markPriceCoin)).toBeLessThanOrEqual(c.tolerance.value);
    expect(mark).toBeCloseTo(c.ownComputation.markPriceCoin, 8);
    expect(years).toBeCloseTo(c.ownComputation.years, 8);
  });

  it("is below 1 coin for a call however far it is in the money", () =>
    expect(inverseValue(1e7, 1, 1, 0.5, true)).toBeLessThan(1));
  it("refuses NaN", () => expect(() => inverseValue(100, 100, 1, Number.NaN, true)).toThrow(DomainError));
});
