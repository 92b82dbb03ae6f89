import { describe, expect, it } from "vitest";
import { DomainError } from "../../../../core/base/index.ts";
import {
  americanGreeks,
  americanPricer,
  americanValue,
  europeanSpotValue,
  exerciseBoundary,
  latticeValues,
  leisenReimerValue,
  type SpotOption,
} from "../../../../core/pricing/american/index.ts";
import { goldenCases, relativeError } from "../golden.ts";

interface ReferenceCase {
  readonly id: string;
  readonly input: Readonly<Record<"S" | "K" | "T" | "r" | "q" | "sigma", number>> & { readonly type: "call" | "put" };
  readonly expected: {
    readonly american: number;
    readonly european: number;
    readonly leisen_reimer_2001: number;
  };
}

interface PublishedCase {
  readonly id: string;
  readonly tag: string;
  readonly input: ReferenceCase["input"];
  readonly expected: {
    readonly price_ju?: number;
    readonly price_baw?: number;
    readonly american_minus_european?: number;
  };
  readonly tolerance: { readonly abs: number };
}

const references = goldenCases<ReferenceCase>("pricing-american.json");
const published = goldenCases<PublishedCase>("published-american.json");

function termsOf({ type, S, K, T, r, q, sigma }: ReferenceCase["input"]): SpotOption {
  return { spot: S, strike: K, years: T, rate: r, dividendYield: q, sigma, isCall: type === "call" };
}

const put: SpotOption = { spot: 100, strike: 100, years: 1, rate: 0.05, dividendYield: 0, sigma: 0.3, isCall: false };

describe("americanValue", () => {
  it.each(references)("matches $id to 1e-7 of the value", ({ input, expected }) => {
    const option = termsOf(input);
    expect(relativeError(americanValue(option), expected.american)).toBeLessThan(1e-7);
    expect(relativeError(europeanSpotValue(option), expected.european)).toBeLessThan(1e-10);
  });

  it.each(published)("lies within the stated distance of the printed $id", ({ input, expected, tolerance }) => {
    const option = termsOf(input);
    const value = americanValue(option);
    const { price_ju, price_baw, american_minus_european: premium } = expected;
    if (premium !== undefined)
      expect(Math.abs(value - europeanSpotValue(option) - premium)).toBeLessThanOrEqual(tolerance.abs);
    else if (price_baw !== undefined)
      // The approximation's own error against the true value is larger for long options: 1 % of it.
      expect(Math.abs(value - price_baw)).toBeLessThanOrEqual(Math.max(tolerance.abs, 0.011 * price_baw));
    else expect(Math.abs(value - (price_ju ?? Number.NaN))).toBeLessThanOrEqual(tolerance.abs);
  });

  it.each(references)("agrees with two trees extrapolated, $id", ({ input }) => {
    const option = termsOf(input);
    const [coarse, fine] = [leisenReimerValue(option, 501), leisenReimerValue(option, 1001)];
    expect(Math.abs(2 * fine - coarse - americanValue(option))).toBeLessThan(5e-6 * option.strike);
    expect(Math.abs((latticeValues(option, [option.spot])[0] ?? 0) - americanValue(option))).toBeLessThan(
      5e-6 * option.strike,
    );
  });

  it("agrees with a tree where drift is large against variance", () => {
    for (const [rate, dividendYield, years] of [
      [0.05, -0.02, 5],
      [0.15, -0.02, 1],
      [0.15, 0, 5],
    ] as const) {
      const option = { ...put, rate, dividendYield, years, sigma: 0.05 };
      expect(Math.abs(americanValue(option) - leisenReimerValue(option, 2001))).toBeLessThan(2e-3);
    }
  });

  it("is the European value where early exercise never pays", () => {
    const call = { ...put, isCall: true };
    expect(americanValue(call)).toBe(europeanSpotValue(call));
    const free = { ...put, rate: 0 };
    expect(americanValue(free)).toBe(europeanSpotValue(free));
  });

  it("takes the lattice where two boundaries exist, above the European value", () => {
    const option = { ...put, rate: -0.01, dividendYield: -0.04, sigma: 0.15 };
    expect(americanValue(option)).toBeGreaterThan(europeanSpotValue(option) + 1e-4);
    expect(Math.abs(americanValue(option) - leisenReimerValue(option, 2001))).toBeLessThan(2e-3);
  });

  it("never falls below intrinsic or European value, and is monotone in the spot price", () => {
    const pricer = americanPricer(put);
    let before = Number.POSITIVE_INFINITY;
    for (let spot = 40; spot <= 200; spot += 0.5) {
      const value = pricer.value(spot);
      expect(value).toBeGreaterThanOrEqual(Math.max(100 - spot, 0));
      expect(value).toBeGreaterThanOrEqual(europeanSpotValue({ ...put, spot }) - 1e-12);
      expect(value).toBeLessThanOrEqual(before);
      before = value;
    }
  });

  it("is the better of exercise now and later without volatility", () => {
    expect(americanValue({ ...put, sigma: 0, spot: 90 })).toBe(10);
    expect(americanValue({ ...put, sigma: 0, spot: 90, isCall: true, dividendYield: 0 })).toBe(0);
    expect(americanValue({ ...put, years: 0, spot: 90 })).toBe(10);
  });

  it("stays a number at volatilities no market has", () => {
    const wide = { spot: 100, strike: 100, years: 16, sigma: 9.7, rate: 0, dividendYield: -0.03, dividends: [] };
    for (const isCall of [true, false]) {
      for (const rate of [1e-12, -0.02, 0.05]) {
        const value = americanValue({ ...wide, rate, isCall });
        expect(value).toBeGreaterThan(50);
        expect(value).toBeLessThan(200);
      }
    }
  });

  it("refuses terms outside their bounds", () => {
    for (const wrong of [{ spot: 0 }, { strike: Number.NaN }, { sigma: -0.1 }, { years: -1 }, { rate: Number.NaN }])
      expect(() => americanValue({ ...put, ...wrong })).toThrow(DomainError);
    expect(() => americanValue({ ...put, dividends: [{ years: 0.5, amount: -1 }] })).toThrow(DomainError);
  });
});

describe("leisenReimerValue", () => {
  it.each(references)("matches the tree of $id", ({ input, expected }) => {
    expect(Math.abs(leisenReimerValue(termsOf(input), 2001) - expected.leisen_reimer_2001)).toBeLessThan(1e-6);
  });
  it("refuses an even number of steps and cash dividends", () => {
    expect(() => leisenReimerValue(put, 100)).toThrow(DomainError);
    expect(() => leisenReimerValue({ ...put, dividends: [{ years: 0.5, amount: 1 }] }, 101)).toThrow(DomainError);
  });
});

describe("americanGreeks", () => {
  it.each(references)("are the slopes of the value, $id", ({ input }) => {
    const option = termsOf(input);
    const { spot, sigma } = option;
    const found = americanGreeks(option);
    const step = 1e-3 * spot;
    const at = (more: Partial<SpotOption>) => americanValue({ ...option, ...more });
    const [up, here, down] = [at({ spot: spot + step }), at({}), at({ spot: spot - step })];
    expect(Math.abs(found.delta - (up - down) / (2 * step))).toBeLessThan(2e-5);
    expect(Math.abs(found.gamma - (up - 2 * here + down) / step ** 2)).toBeLessThan(2e-3 * found.gamma + 1e-7);
    const vega = (at({ sigma: sigma + 1e-3 }) - at({ sigma: sigma - 1e-3 })) / 2e-3;
    expect(relativeError(found.vega, vega)).toBeLessThan(1e-3);
    const day = 1 / 3650;
    const theta = (at({ years: option.years - day }) - at({ years: option.years + day })) / (2 * day);
    expect(relativeError(found.theta, theta)).toBeLessThan(2e-3);
  });
  it("of an exercised option are those of the payoff", () => {
    expect(americanGreeks({ ...put, spot: 50 })).toEqual({ value: 50, delta: -1, gamma: 0, vega: 0, theta: 0, rho: 0 });
  });
});

describe("exerciseBoundary", () => {
  it("is where holding and exercising are worth the same, and meets the payoff smoothly", () => {
    for (const option of [put, { ...put, isCall: true, dividendYield: 0.08 }]) {
      const edge = exerciseBoundary(option, option.years) ?? Number.NaN;
      const outside = option.isCall ? edge * (1 - 1e-4) : edge * (1 + 1e-4);
      const { value, delta } = americanPricer(option).slopes(outside);
      expect(Math.abs(value - Math.abs(outside - 100))).toBeLessThan(1e-4);
      expect(Math.abs(delta - (option.isCall ? 1 : -1))).toBeLessThan(2e-3);
    }
  });
  it("does not exist where early exercise never pays", () => {
    expect(exerciseBoundary({ ...put, isCall: true }, 1)).toBeUndefined();
  });
});
