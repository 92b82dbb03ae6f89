import { describe, expect, it } from "vitest";
import { normalPdf } from "../../../../core/base/index.ts";
import {
  americanGreeks,
  americanValue,
  europeanSpotValue,
  latticeValues,
  type SpotOption,
} from "../../../../core/pricing/american/index.ts";

const plain: SpotOption = { spot: 100, strike: 100, years: 1, rate: 0.06, dividendYield: 0, sigma: 0.3, isCall: true };

/** ∫ f(S_t) over the lognormal law of the price at t, by Simpson's rule on ± 9 standard deviations: the independent second method. */
function expected({ spot, rate, sigma }: SpotOption, years: number, payoff: (spot: number) => number): number {
  const cells = 20_000;
  const width = 18 / cells;
  let total = 0;
  for (let i = 0; i <= cells; i++) {
    const z = -9 + i * width;
    const at = spot * Math.exp((rate - 0.5 * sigma * sigma) * years + sigma * Math.sqrt(years) * z);
    total += (i === 0 || i === cells ? 1 : i % 2 === 1 ? 4 : 2) * normalPdf(z) * payoff(at);
  }
  return (Math.exp(-rate * years) * total * width) / 3;
}

/** Value after the dividend, European. */
function afterDividend(option: SpotOption, exDate: number, spot: number, amount: number): number {
  const { dividends: _paid, ...rest } = option;
  return europeanSpotValue({ ...rest, spot: Math.max(spot - amount, 1e-6 * spot), years: option.years - exDate });
}

describe("a cash dividend as a fall of the price at its ex-date", () => {
  it.each([0.02, 0.25, 0.5, 0.9])("is the integral over the price at the ex-date, %d years", (exDate) => {
    for (const isCall of [true, false]) {
      const option = { ...plain, isCall, dividends: [{ years: exDate, amount: 7 }] };
      const exact = expected(option, exDate, (spot) => afterDividend(option, exDate, spot, 7));
      const [value = 0] = latticeValues(option, [100], { exercise: "european" });
      expect(Math.abs(value - exact)).toBeLessThan(2e-4);
    }
  });

  it.each([0.25, 0.5, 0.9])("lets an American call be exercised just before it, %d years", (exDate) => {
    const option = { ...plain, dividends: [{ years: exDate, amount: 7 }] };
    // Without a yield and with r > 0 a call is exercised just before an ex-date or never: one integral is the exact value.
    const exact = expected(option, exDate, (spot) => Math.max(spot - 100, afterDividend(option, exDate, spot, 7)));
    expect(Math.abs(americanValue(option) - exact)).toBeLessThan(3e-4);
  });

  it("takes several dividends, and prices many spots on one lattice", () => {
    const option = {
      ...plain,
      isCall: false,
      dividends: [0.2, 0.45, 0.7, 0.95].map((years) => ({ years, amount: 1 })),
    };
    const spots = [85, 91, 97, 100, 106, 115];
    const together = latticeValues(option, spots);
    spots.forEach((spot, i) => {
      const alone = latticeValues({ ...option, spot }, [spot], { steps: 600 })[0] ?? 0;
      expect(Math.abs((together[i] ?? 0) - alone)).toBeLessThan(1e-3);
      expect(together[i] ?? 0).toBeGreaterThan(europeanSpotValue({ ...option, spot }) - 0.02);
    });
  });

  it("leaves a dividend after expiry out", () => {
    expect(americanValue({ ...plain, dividends: [{ years: 1.5, amount: 7 }] })).toBe(americanValue(plain));
  });

  it("has greeks", () => {
    const { delta, gamma, vega, theta } = americanGreeks({ ...plain, dividends: [{ years: 0.5, amount: 3 }] });
    expect(delta).toBeGreaterThan(0.4);
    expect(delta).toBeLessThan(0.7);
    for (const positive of [gamma, vega, -theta]) expect(positive).toBeGreaterThan(0);
  });
});

describe("cash dividends above the price", () => {
  it("leave next to nothing of it: a call is worth exercise now or nothing, a put its strike later", () => {
    const eaten = { ...plain, spot: 5, rate: -0.02, dividendYield: 0.03, dividends: [{ years: 0.5, amount: 20 }] };
    expect(europeanSpotValue({ ...eaten, isCall: true })).toBeLessThan(1e-6);
    const put = europeanSpotValue({ ...eaten, isCall: false });
    expect(Math.abs(put - 100 * Math.exp(0.02))).toBeLessThan(1e-5);
    expect(americanValue({ ...eaten, isCall: false })).toBeGreaterThan(95);
  });
});

describe("a cash dividend beside next to no volatility", () => {
  /** A day to expiry, a dividend of 1 at noon. */
  const near = { spot: 100, strike: 100, years: 1 / 365, rate: 0.05, dividendYield: 0 };
  const dividends = [{ years: 0.5 / 365, amount: 1 }];
  const totals = [0, 1e-12, 1e-8, 1e-6, 1e-5, 3e-5, 1e-4, 1e-3];

  it.each(totals)("is what the certain price pays, at total volatility %d", (total) => {
    const sigma = total * Math.sqrt(365);
    const slack = 0.4 * total * 100 + 2e-3;
    const put = americanValue({ ...near, sigma, isCall: false, dividends });
    expect(Math.abs(put - 1)).toBeLessThan(slack + (100 * 0.05) / 365);
    const call = americanValue({ ...near, spot: 105, sigma, isCall: true, dividends });
    expect(Math.abs(call - 5 - (100 * 0.05 * 0.5) / 365)).toBeLessThan(slack);
  });

  it("answers for the wide spot prices of a shock, and for a dividend of all the price", () => {
    const spots = [40, 80, 100, 101, 150, 400];
    for (const total of totals) {
      const option = { ...near, sigma: total * Math.sqrt(365), isCall: false, dividends };
      const apart = spots.map((spot) => latticeValues({ ...option, spot }, [spot])[0] ?? Number.NaN);
      for (const [i, value] of latticeValues(option, spots).entries())
        expect(Math.abs(value - (apart[i] ?? Number.NaN))).toBeLessThan(2e-3);
      const ruin = americanValue({ ...option, dividends: [{ years: 0.5 / 365, amount: 150 }] });
      expect(Math.abs(ruin - 100)).toBeLessThan(0.02);
    }
  });

  it("takes a dividend that falls far beyond the standard deviations", () => {
    // The price falls by a fifth where its deviation is half a percent: at the strike afterwards.
    const option = { ...near, strike: 80, sigma: 0.005 * Math.sqrt(365), isCall: false };
    const value = latticeValues({ ...option, dividends: [{ years: 0.001 / 365, amount: 20 }] }, [100])[0] ?? Number.NaN;
    const after = americanValue({ ...option, spot: 80, sigma: option.sigma });
    expect(Math.abs(value - after)).toBeLessThan(2e-2 * after);
  });
});

describe("a cash dividend set aside (escrowed)", () => {
  it("is the closed form for European exercise", () => {
    for (const isCall of [true, false]) {
      const option = { ...plain, isCall, dividends: [{ years: 0.5, amount: 7 }] };
      const [value = 0] = latticeValues(option, [100], { exercise: "european", model: "escrowed" });
      expect(Math.abs(value - europeanSpotValue(option))).toBeLessThan(1e-4);
    }
  });

  /** J. Hull, Options, Futures and Other Derivatives, tree with a dollar dividend: 4.208 with 50 steps, 4.214 with 100. */
  it("is near the tree of Hull's example", () => {
    const option: SpotOption = {
      ...{ spot: 52, strike: 50, years: 5 / 12, rate: 0.1, dividendYield: 0, sigma: 0.4, isCall: false },
      dividends: [{ years: 3.5 / 12, amount: 2.06 }],
    };
    const [value = 0] = latticeValues(option, [52], { model: "escrowed" });
    expect(Math.abs(value - 4.214)).toBeLessThan(0.01);
  });

  it("lets an American put wait for the dividend", () => {
    const option = { ...plain, isCall: false, dividends: [{ years: 0.5, amount: 7 }] };
    const [escrowed = 0] = latticeValues(option, [100], { model: "escrowed" });
    const [jump = 0] = latticeValues(option, [100]);
    expect(escrowed).toBeGreaterThan(europeanSpotValue(option));
    expect(Math.abs(escrowed - jump)).toBeLessThan(0.7);
  });
});
