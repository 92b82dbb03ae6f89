import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { blackGreeks, blackValue, impliedVolatility } from "../../../core/pricing/index.ts";
import { goldenCases, relativeError } from "./golden.ts";

interface ImpliedCase {
  readonly id: string;
  readonly tag: string;
  readonly input: {
    readonly F: number;
    readonly K: number;
    readonly T: number;
    readonly type: "call" | "put";
    readonly undiscounted_price: number;
  };
  readonly expected: { readonly sigma_double?: number; readonly error?: string };
  readonly tolerance?: { readonly rel: number };
}

/** test/golden/implied-volatility/generate.py: prices over the whole domain, inverted with 120 digits. */
const wholeDomain = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../golden/implied-volatility/cases.json"), "utf8"),
) as {
  readonly cases: readonly {
    readonly input: { readonly forward: number; readonly strike: number; readonly price: number };
    readonly expected: number;
    readonly tolerance: number;
  }[];
};

const cases = goldenCases<ImpliedCase>("pricing-implied-vol.json");
const solve = ({ F, K, T, type, undiscounted_price }: ImpliedCase["input"]) =>
  impliedVolatility(undiscounted_price, F, K, T, type === "call");

describe("impliedVolatility", () => {
  it.each(cases.filter(({ tolerance }) => tolerance !== undefined))("matches $id $tag to its tolerance", (c) => {
    const result = solve(c.input);
    if (!result.ok) throw new Error(result.failure.message);
    expect(relativeError(result.value.volatility, c.expected.sigma_double ?? Number.NaN)).toBeLessThanOrEqual(
      c.tolerance?.rel ?? 0,
    );
  });

  it.each(cases.filter(({ expected }) => expected.error === "above_maximum"))("refuses $id: above its maximum", (c) => {
    const result = solve(c.input);
    expect(result).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
    expect(!result.ok && result.failure.message).toContain("above its maximum");
  });

  it("covers every case of the file", () => {
    const rest = cases.filter(({ tolerance, expected }) => !tolerance && expected.error !== "above_maximum");
    expect(rest).toEqual([]);
  });

  it.each(wholeDomain.cases)(
    "finds the volatility of forward $input.forward, strike $input.strike, price $input.price",
    (c) => {
      const result = impliedVolatility(c.input.price, c.input.forward, c.input.strike, 1, true);
      if (!result.ok) throw new Error(result.failure.message);
      expect(relativeError(result.value.volatility, c.expected)).toBeLessThanOrEqual(c.tolerance);
    },
  );

  it("says when the price is below the intrinsic value", () => {
    const result = impliedVolatility(9.99, 110, 100, 1, true);
    expect(!result.ok && result.failure.message).toContain("below its intrinsic value");
  });

  it("is 0 with status intrinsic at the intrinsic value", () =>
    expect(impliedVolatility(10, 110, 100, 1, true)).toEqual({
      ok: true,
      value: { volatility: 0, status: "intrinsic" },
    }));

  it("says when the time value is lost in the rounding of the price", () => {
    const result = impliedVolatility(100.00000000000001, 200, 100, 1, true);
    expect(result).toMatchObject({ ok: true, value: { status: "time-value-lost" } });
  });

  it("refuses time value when no time is left", () =>
    expect(impliedVolatility(5, 100, 100, 0, true)).toMatchObject({
      ok: false,
      failure: { reason: "not-applicable" },
    }));

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])("refuses the price %d", (price) =>
    expect(() => impliedVolatility(price, 100, 100, 1, true)).toThrow(DomainError),
  );

  it("finds the volatility that made a price, as closely as the price allows", () => {
    const anything = fc.record({
      forward: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      moneyness: fc.double({ min: -4, max: 4, noNaN: true }),
      total: fc.double({ min: 1e-3, max: 8, noNaN: true }),
      years: fc.double({ min: 1e-4, max: 5, noNaN: true }),
      isCall: fc.boolean(),
    });
    fc.assert(
      fc.property(anything, ({ forward, moneyness, total, years, isCall }) => {
        const strike = forward * Math.exp(moneyness * total);
        const sigma = total / Math.sqrt(years);
        const price = blackValue(forward, strike, years, sigma, isCall);
        const { vega } = blackGreeks(forward, strike, years, sigma, isCall);
        const conditioning = price / (sigma * vega);
        // The formula itself is good to a few units of 1e-15 of max(F, K); where that hides the time value nothing can be found.
        const reachable = (1e-14 * Math.max(forward, strike)) / (sigma * vega) + 1e-14 * (1 + conditioning);
        fc.pre(reachable < 1e-3 && price < (isCall ? forward : strike));
        const result = impliedVolatility(price, forward, strike, years, isCall);
        if (!result.ok) throw new Error(result.failure.message);
        expect(relativeError(result.value.volatility, sigma)).toBeLessThanOrEqual(reachable);
      }),
      { numRuns: 500 },
    );
  });

  it("is finite, above 0 and rises with the price over the whole domain", () => {
    const anything = fc.record({
      distance: fc.double({ min: 0, max: 700, noNaN: true }),
      logPrice: fc.double({ min: -650, max: -1e-3, noNaN: true }),
    });
    const volatility = (price: number, strike: number) => {
      const result = impliedVolatility(price, 1, strike, 1, true);
      if (!result.ok) throw new Error(result.failure.message);
      return result.value.volatility;
    };
    fc.assert(
      fc.property(anything, ({ distance, logPrice }) => {
        const [price, strike] = [Math.exp(logPrice), Math.exp(distance)];
        const found = volatility(price, strike);
        expect(found).toBeGreaterThan(0);
        expect(volatility(price * (1 + 1e-6), strike)).toBeGreaterThan(found);
        expect(Number.isFinite(found)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
