import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { type BlackGreeks, blackGreeks, blackValue } from "../../../core/pricing/index.ts";
import { goldenCases, relativeError } from "./golden.ts";

type Side = "call" | "put";

interface Black76Case {
  readonly id: string;
  readonly tag: string;
  readonly input: {
    readonly F: number;
    readonly K: number;
    readonly T: number;
    readonly sigma: number;
    readonly r: number;
  };
  readonly expected_double: Readonly<Record<string, number>>;
  readonly tolerance: { readonly price_rel: Readonly<Record<Side, number | null>>; readonly greeks_rel: number };
}

const cases = goldenCases<Black76Case>("pricing-black76.json");
const rows = cases.flatMap((c) => (["call", "put"] as const).map((side) => ({ ...c, side })));

/** The file asks nothing of magnitudes below this but to lie between 0 and it. */
const underflow = 1e-290;

function expectWithin(actual: number, expected: number | undefined, tolerance: number): void {
  if (expected === undefined) throw new Error("the case does not hold this figure");
  if (Math.abs(expected) < underflow) expect(Math.abs(actual)).toBeLessThanOrEqual(underflow);
  else expect(relativeError(actual, expected)).toBeLessThanOrEqual(tolerance);
}

describe("blackValue", () => {
  it.each(rows)("matches $id $tag, $side, to its tolerance", ({ input, expected_double, tolerance, side }) => {
    const value = blackValue(input.F, input.K, input.T, input.sigma, side === "call", input.r);
    expectWithin(value, expected_double[side], tolerance.price_rel[side] ?? 0);
  });

  it("is the intrinsic value at expiry", () => expect(blackValue(100, 90, 0, 0.5, true)).toBe(10));
  it("is the intrinsic value without volatility", () => expect(blackValue(90, 100, 1, 0, false)).toBe(10));

  it("keeps put-call parity", () => {
    fc.assert(
      fc.property(options, ({ forward, strike, years, sigma }) => {
        const call = blackValue(forward, strike, years, sigma, true);
        const put = blackValue(forward, strike, years, sigma, false);
        expect(Math.abs(call - put - (forward - strike))).toBeLessThanOrEqual(1e-15 * Math.max(call, put, forward));
      }),
    );
  });

  it("stays between the intrinsic value and its maximum", () => {
    fc.assert(
      fc.property(options, fc.boolean(), ({ forward, strike, years, sigma }, isCall) => {
        const value = blackValue(forward, strike, years, sigma, isCall);
        expect(value).toBeGreaterThanOrEqual(Math.max(isCall ? forward - strike : strike - forward, 0));
        expect(value).toBeLessThanOrEqual((isCall ? forward : strike) * (1 + 1e-15));
      }),
    );
  });

  it("rises with volatility and a call with the forward", () => {
    fc.assert(
      fc.property(options, fc.double({ min: 1e-6, max: 1, noNaN: true }), ({ forward, strike, years, sigma }, more) => {
        const slack = 1e-13 * Math.max(forward, strike);
        const value = blackValue(forward, strike, years, sigma, true);
        expect(blackValue(forward, strike, years, sigma + more, true)).toBeGreaterThanOrEqual(value - slack);
        expect(blackValue(forward * (1 + more), strike, years, sigma, true)).toBeGreaterThanOrEqual(value - slack);
      }),
    );
  });

  it.each([
    ["NaN volatility", [100, 100, 1, Number.NaN]],
    ["negative volatility", [100, 100, 1, -0.1]],
    ["infinite volatility", [100, 100, 1, Number.POSITIVE_INFINITY]],
    ["a forward of 0", [0, 100, 1, 0.5]],
    ["a NaN forward", [Number.NaN, 100, 1, 0.5]],
    ["a negative strike", [100, -1, 1, 0.5]],
    ["negative time", [100, 100, -1, 0.5]],
  ] as const)("refuses %s", (_, [forward, strike, years, sigma]) => {
    expect(() => blackValue(forward, strike, years, sigma, true)).toThrow(DomainError);
  });

  it("refuses a NaN rate", () => expect(() => blackValue(100, 100, 1, 0.5, true, Number.NaN)).toThrow(DomainError));
});

describe("blackGreeks", () => {
  const bothSides = ["gamma", "vega", "vanna", "volga"] as const;
  const oneSide = { delta: "delta", theta: "theta", rho: "rho", dualDelta: "dualdelta" } as const;

  it.each(rows)("matches $id $tag, $side, to its tolerance", ({ input, expected_double, tolerance, side }) => {
    const greeks = blackGreeks(input.F, input.K, input.T, input.sigma, side === "call", input.r);
    for (const name of bothSides) expectWithin(greeks[name], expected_double[name], tolerance.greeks_rel);
    for (const [name, theirs] of Object.entries(oneSide))
      expectWithin(greeks[name as keyof BlackGreeks], expected_double[`${theirs}_${side}`], tolerance.greeks_rel);
  });

  it.each([
    [110, true, 1],
    [90, true, 0],
    [100, true, 0.5],
    [90, false, -1],
    [110, false, 0],
    [100, false, -0.5],
  ])("has at expiry, forward %d, call %s, the delta %d and no gamma", (forward, isCall, delta) => {
    const greeks = blackGreeks(forward, 100, 0, 0.5, isCall);
    expect(greeks).toEqual({
      value: Math.max(isCall ? forward - 100 : 100 - forward, 0),
      ...{ delta, gamma: 0, vega: 0, theta: 0, rho: 0, vanna: 0, volga: 0, dualDelta: delta === 0 ? 0 : -delta },
    });
  });

  it("is finite over the whole domain", () => {
    fc.assert(
      fc.property(options, fc.boolean(), ({ forward, strike, years, sigma }, isCall) => {
        const greeks = blackGreeks(forward, strike, years, sigma, isCall);
        expect(Object.values(greeks).filter((greek) => !Number.isFinite(greek))).toEqual([]);
      }),
    );
  });
});

const options = fc.record({
  forward: fc.double({ min: 1e-4, max: 1e7, noNaN: true }),
  strike: fc.double({ min: 1e-4, max: 1e7, noNaN: true }),
  years: fc.double({ min: 0, max: 5, noNaN: true }),
  sigma: fc.double({ min: 0, max: 10, noNaN: true }),
});
