import { describe, expect, it } from "vitest";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { PricingTerms } from "../../../core/market/index.ts";
import { blackGreeks, modelPrice, positionGreeks, unitValue, venueGreeks } from "../../../core/pricing/index.ts";

const common = { venue: "deribit", underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" } as const;
const option: Option = {
  ...common,
  id: instrumentId("deribit", "BTC-27MAR26-100000-C"),
  symbol: "BTC-27MAR26-100000-C",
  kind: "option",
  expiryMs: 0,
  strike: 100000,
  optionType: "call",
};
const put: Option = { ...option, optionType: "put" };
const perpetual = {
  ...common,
  id: instrumentId("deribit", "BTC-PERPETUAL"),
  symbol: "BTC-PERPETUAL",
  kind: "perpetual",
} as const;

/** resources/docs/formats.md, section 7.4: BTC-27MAR26-100000-C on 2026-01-04, mark of the file 0.0491532. */
const terms: PricingTerms = {
  index: 91000,
  forward: 92331.48,
  years: 0.224517057,
  volatility: 0.4289,
  mark: 0.0491532,
  sources: { forward: "parity", volatility: "mark", mark: "quoted" },
};

describe("modelPrice", () => {
  it("is the worked example of the exchange's file", () => expect(modelPrice(option, terms)).toBeCloseTo(0.0491582, 7));
  it("is the own price of a perpetual and the index of spot", () => {
    expect(modelPrice(perpetual, { ...terms, forward: 91010 })).toBe(91010);
    expect(modelPrice({ ...perpetual, kind: "spot" }, terms)).toBe(91000);
  });
});

describe("unitValue", () => {
  it("is the venue's mark of an option and nothing for a perpetual", () =>
    expect([unitValue(option, terms), unitValue(perpetual, terms)]).toEqual([0.0491532, 0]));
  it("refuses a mark below 0", () => expect(() => unitValue(option, { ...terms, mark: -1 })).toThrow("mark"));
});

describe("venueGreeks", () => {
  const black = blackGreeks(terms.forward, option.strike, terms.years, terms.volatility, true);

  it("states vega per point, theta per day and rho per percent", () => {
    const greeks = venueGreeks(option, terms);
    expect(greeks.delta).toBe(black.delta);
    expect(greeks.gamma).toBe(black.gamma);
    expect(greeks.vega).toBeCloseTo(black.vega / 100, 12);
    expect(greeks.theta).toBeCloseTo(black.theta / 365, 12);
    expect(greeks.rho).toBeCloseTo((-terms.years * option.strike * black.dualDelta) / 100, 12);
  });

  it("has rho below 0 and delta one lower for the put", () => {
    const greeks = venueGreeks(put, terms);
    expect(greeks.rho).toBeLessThan(0);
    expect(greeks.delta).toBeCloseTo(black.delta - 1, 14);
  });

  it("never loses more in a day than the option is worth", () => {
    const cheap = venueGreeks(option, { ...terms, mark: 1e-6 });
    expect(cheap.theta).toBeCloseTo(-1e-6 * terms.forward, 12);
  });

  it("counts only the part of the day that is left", () => {
    const years = 0.25 / 365;
    const atTheMoney = { ...option, strike: terms.forward };
    const { theta } = blackGreeks(terms.forward, terms.forward, years, 0.4289, true);
    expect(venueGreeks(atTheMoney, { ...terms, years }).theta).toBeCloseTo((theta / 365) * 0.25, 9);
  });
});

describe("positionGreeks", () => {
  it("lowers the net delta of an inverse option by its mark in coin", () => {
    const greeks = positionGreeks(option, terms, -3);
    const { delta } = blackGreeks(terms.forward, option.strike, terms.years, terms.volatility, true);
    expect(greeks.delta).toBe(-3 * delta);
    expect(greeks.netDelta).toBeCloseTo(-3 * (delta - 0.0491532), 14);
    expect(greeks.theta).toBeGreaterThan(0);
    expect(greeks.vega).toBeLessThan(0);
  });
  it("counts an inverse perpetual in coin at its mark", () =>
    expect(positionGreeks(perpetual, { ...terms, mark: 50000 }, 100000)).toEqual({
      ...{ delta: 2, netDelta: 2, gamma: 0, vega: 0, theta: 0 },
    }));
  it("counts a linear perpetual as it is", () =>
    expect(positionGreeks({ ...perpetual, payoff: "linear" }, terms, 2).delta).toBe(2));
});
