import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { type Instrument, instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { PricingTerms } from "../../../core/market/index.ts";
import { blackValue } from "../../../core/pricing/index.ts";
import { buildCube, scalarKernel, shockedTerms } from "../../../core/revaluation/index.ts";
import { type Scenario, shockedVolatility, type VolatilityShock } from "../../../core/scenario/index.ts";

const inverse = { venue: "deribit", underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" } as const;
const linear = { ...inverse, quote: "USDC", payoff: "linear", settlement: "USDC" } as const;
const named = (symbol: string) => ({ id: instrumentId("deribit", symbol), symbol });
const put: Option = {
  ...inverse,
  ...named("BTC-27MAR26-80000-P"),
  ...{ kind: "option", expiryMs: 1, strike: 80000, optionType: "put" },
};
const linearCall: Option = {
  ...linear,
  ...named("BTC_USDC-27MAR26-95000-C"),
  ...{ kind: "option", expiryMs: 1, strike: 95000, optionType: "call" },
};
const perpetual: Instrument = { ...inverse, ...named("BTC-PERPETUAL"), kind: "perpetual" };
const linearFuture: Instrument = { ...linear, ...named("BTC_USDC-27MAR26"), kind: "future", expiryMs: 1 };
const spot: Instrument = { ...linear, ...named("BTC_USDC"), kind: "spot" };

const sources = { forward: "parity", volatility: "mark", mark: "quoted" } as const;
const terms: PricingTerms = { index: 91000, forward: 92000, years: 0.22, volatility: 0.45, mark: 0.02, sources };
const up: VolatilityShock = { change: 0.5, mode: "relative", floor: 0.5 };
const scenario = (priceMove: number, volatility?: VolatilityShock): Scenario => ({
  id: `${priceMove}`,
  label: "",
  priceMove,
  ...(volatility && { volatility }),
});
const one = (instrument: Instrument, scenarios: readonly Scenario[], at: PricingTerms = terms) => [
  ...scalarKernel.unitPnl([{ instrument, terms: at }], scenarios),
];

describe("scalarKernel", () => {
  it("revalues an inverse option in coin at the shocked forward", () => {
    const [value] = one(put, [scenario(-0.16, up)]);
    const shocked = blackValue(92000 * 0.84, 80000, 0.22, 0.675, false) / (92000 * 0.84);
    const now = blackValue(92000, 80000, 0.22, 0.45, false) / 92000;
    expect(Math.abs((value ?? 0) - (shocked - now))).toBeLessThanOrEqual(1e-15);
  });

  it("revalues a linear option in quote currency", () => {
    const [value] = one(linearCall, [scenario(0.1)]);
    const change = blackValue(92000 * 1.1, 95000, 0.22, 0.45, true) - blackValue(92000, 95000, 0.22, 0.45, true);
    expect(Math.abs((value ?? 0) - change)).toBeLessThanOrEqual(1e-14 * 92000);
  });

  it("pays futures, perpetuals and spot by their own rule", () => {
    const at = { ...terms, forward: 50000, index: 49900 };
    expect(one(perpetual, [scenario(-0.2)], at)[0]).toBeCloseTo(1 / 50000 - 1 / 40000, 18);
    expect(one(linearFuture, [scenario(-0.2)], at)).toEqual([-10000]);
    expect(one(spot, [scenario(0.1)], at)).toEqual([4990]);
  });

  it("is exactly 0 where nothing moves", () => {
    for (const instrument of [put, linearCall, perpetual, linearFuture, spot])
      expect(one(instrument, [scenario(0)])).toEqual([0]);
  });

  it("is within 1e-14 of the forward of two separate Black values, over the whole domain", () => {
    const anything = fc.record({
      logStrike: fc.double({ min: -2.5, max: 2.5, noNaN: true }),
      years: fc.double({ min: 0, max: 3, noNaN: true }),
      volatility: fc.double({ min: 0, max: 3, noNaN: true }),
      priceMove: fc.double({ min: -0.999, max: 5, noNaN: true }),
      change: fc.double({ min: -1.5, max: 3, noNaN: true }),
      isCall: fc.boolean(),
    });
    fc.assert(
      fc.property(anything, ({ logStrike, years, volatility, priceMove, change, isCall }) => {
        const shock = { change, mode: "relative" } as const;
        const strike = 92000 * Math.exp(logStrike);
        const option: Option = { ...linearCall, strike, optionType: isCall ? "call" : "put" };
        const [value] = one(option, [scenario(priceMove, shock)], { ...terms, years, volatility });
        const sigma = shockedVolatility(volatility, years, shock);
        const shocked = blackValue(92000 * (1 + priceMove), strike, years, sigma, isCall);
        const expected = shocked - blackValue(92000, strike, years, volatility, isCall);
        const scale = Math.max(92000 * (1 + priceMove), strike, 92000);
        expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-14 * scale);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["a move of −1", scenario(-1), terms],
    ["a NaN move", scenario(Number.NaN), terms],
    ["a NaN forward", scenario(0), { ...terms, forward: Number.NaN }],
    ["a NaN volatility", scenario(0), { ...terms, volatility: Number.NaN }],
    ["negative time", scenario(0), { ...terms, years: -1 }],
  ])("refuses %s", (_, move, at) => expect(() => one(put, [move], at)).toThrow(DomainError));
  it("refuses a price of 0", () =>
    expect(() => one(perpetual, [scenario(0)], { ...terms, forward: 0 })).toThrow(DomainError));
});

describe("buildCube", () => {
  const scenarios = [scenario(-0.1), scenario(0), scenario(0.1)];
  const set = { id: "grid", repricer: "model", scenarios } as const;
  const priced = (instrument: Instrument) => ({ instrument, terms });

  it("has one row for each distinct instrument, in order of appearance", () => {
    const cube = buildCube(set, [priced(perpetual), priced(put), priced(perpetual)], scalarKernel);
    expect(cube.instrumentIds).toEqual([perpetual.id, put.id]);
    expect(cube.rowOf.get(put.id)).toBe(1);
    expect([...cube.values]).toEqual([...one(perpetual, scenarios), ...one(put, scenarios)]);
  });

  it("keeps to the underlying the set names", () => {
    const ether = { ...perpetual, ...named("ETH-PERPETUAL"), underlying: "ETH" };
    const cube = buildCube({ ...set, underlying: "ETH" }, [priced(perpetual), priced(ether)], scalarKernel);
    expect(cube.instrumentIds).toEqual([ether.id]);
  });

  it("takes the arrays of a risk-array set as losses of one contract, and refuses instruments without one", () => {
    const arrays = { ...set, repricer: "risk-array" as const };
    const listed = { ...put, contractSize: 50 };
    const riskArray = set.scenarios.map((_, index) => index * 100 - 50);
    const cube = buildCube(arrays, [{ instrument: listed, terms: { ...terms, riskArray } }], scalarKernel);
    expect([...cube.values]).toEqual(riskArray.map((loss) => -loss / 50));
    expect(() => buildCube(arrays, [{ instrument: listed, terms }], scalarKernel)).toThrow(DomainError);
  });
});

describe("shockedTerms", () => {
  it("is the same object where nothing moves", () => expect(shockedTerms(put, terms, scenario(0))).toBe(terms));

  it("moves index, forward and volatility, and the mark by the profit of one unit", () => {
    const shock = scenario(-0.1, up);
    const moved = shockedTerms(put, terms, shock);
    const [profit] = one(put, [shock]);
    expect(moved).toMatchObject({ index: 91000 * 0.9, forward: 92000 * 0.9, years: 0.22, volatility: 0.675 });
    expect(moved.mark).toBeCloseTo(0.02 + (profit ?? 0), 15);
  });

  it("never takes a mark below 0", () =>
    expect(shockedTerms(put, { ...terms, mark: 1e-6 }, scenario(0.5)).mark).toBe(0));

  it("moves the mark of a perpetual in proportion and leaves volatility shocks aside", () => {
    const at = { ...terms, forward: 91020, mark: 91020, volatility: 0 };
    expect(shockedTerms(perpetual, at, scenario(0.5, up))).toMatchObject({
      forward: 136530,
      mark: 136530,
      volatility: 0,
    });
    expect(shockedTerms(perpetual, at, scenario(0, up))).toBe(at);
  });
});
