import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  averageDailyVolume,
  bookWalk,
  collateralByScenario,
  collateralLimit,
  concentration,
  concentrationMultiple,
  continuousUnwindFactor,
  excessPositionAddOn,
  horizonExpectedShortfall,
  linearImpact,
  liquidationDays,
  liquidityAddOn,
  liquidityAdjustedRisk,
  openInterestShare,
  spreadCost,
  squareRootImpact,
  statisticalHaircut,
  unwindFactor,
  workedOrderCost,
  wrongWayAddOn,
} from "../../../core/measure/index.ts";
import { refusalIn, unwrapped } from "../result-value.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

interface ImpactCase {
  readonly id: string;
  readonly input: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly tolerance: { readonly abs_bp: number; readonly full_rel: number };
}

/** Almgren, Thum, Hauptmann, Li (2005), the worked examples on IBM. */
const almgren = goldenMeasures<{ readonly cases: readonly ImpactCase[] }>("measures-closed-form.json").cases.filter(
  (c) => c.id.startsWith("almgren"),
);

describe("workedOrderCost", () => {
  it.each(almgren)("$id matches the printed basis points", ({ input, expected, tolerance }) => {
    const cost = workedOrderCost({
      volatility: input.daily_vol ?? 0,
      orderOverVolume: input.order_over_adv ?? 0,
      outstandingOverVolume: input.shares_outstanding_over_adv ?? 0,
      days: input.duration_days ?? 0,
    });
    for (const part of ["permanent", "temporary", "cost"] as const) {
      const points = cost[part] * 1e4;
      expect(Math.abs(points - (expected[`${part}_bp`] ?? Number.NaN))).toBeLessThanOrEqual(tolerance.abs_bp);
      expect(relativeError(points, expected[`${part}_full`] ?? Number.NaN)).toBeLessThanOrEqual(tolerance.full_rel);
    }
  });
  it("has cases", () => expect(almgren).toHaveLength(3));
});

describe("liquidation", () => {
  it("prints the factors of an unwind in equal parts", () => {
    expect(unwindFactor(1)).toBe(1);
    expect(unwindFactor(5)).toBeCloseTo(1.483, 3);
    expect(unwindFactor(10)).toBeCloseTo(1.962, 3);
    // Part j is held j of T days: the variance is the mean square of the parts outstanding.
    const held = Array.from({ length: 7 }, (_, day) => ((7 - day) / 7) ** 2).reduce((a, b) => a + b, 0);
    expect(unwindFactor(7)).toBeCloseTo(Math.sqrt(held), 12);
    expect(unwindFactor(1e6) / continuousUnwindFactor(1e6)).toBeCloseTo(1, 5);
  });
  it("takes as many days as the volume asks, and no fewer than the base horizon", () => {
    expect(unwrapped(liquidationDays(-500, 1000, 0.1, 2))).toBe(5);
    expect(unwrapped(liquidationDays(10, 1000, 0.1, 2))).toBe(2);
    expect(unwrapped(liquidationDays(0, 0, 0.1, 2))).toBe(2);
    expect(refusalIn(liquidationDays(10, 0, 0.1, 2))).toContain("no daily volume");
    expect(() => liquidationDays(1, 1, 0, 1)).toThrow(DomainError);
  });
  it("adds to margin by root of time, or by the unwind", () => {
    expect(liquidityAddOn(100, 8, 2)).toBeCloseTo(100, 12);
    expect(liquidityAddOn(100, 1, 2)).toBe(0);
    expect(liquidityAddOn(100, 4.2, 1, "unwind")).toBeCloseTo(100 * (unwindFactor(5) - 1), 12);
    expect(liquidityAddOn(100, 5, 1, "unwind")).toBeLessThan(liquidityAddOn(100, 5, 1, "block"));
  });
  it("averages volume by each rule, and refuses too little of it", () => {
    const volumes = Float64Array.from({ length: 250 }, (_, day) => (day < 230 ? 100 : 300));
    expect(unwrapped(averageDailyVolume(volumes))).toBe(300);
    expect(unwrapped(averageDailyVolume(volumes, "least"))).toBeCloseTo(116, 12);
    expect(unwrapped(averageDailyVolume(volumes, "quartile"))).toBe(100);
    expect(refusalIn(averageDailyVolume(volumes.subarray(0, 19)))).toContain("at least 20 days; found 19");
    expect(refusalIn(averageDailyVolume(volumes.map((v, i) => (i === 4 ? -1 : v))))).toContain("day 5");
  });
});

describe("spread and impact", () => {
  it("adds half a bad spread to the fall of the price", () => {
    const risk = liquidityAdjustedRisk({
      ...{
        price: 100,
        volatility: 0.02,
        quantile: 2.33,
        meanSpread: 0.001,
        spreadDeviation: 0.0005,
        spreadMultiple: 3,
      },
    });
    expect(risk.price).toBeCloseTo(100 * (1 - Math.exp(-0.0466)), 12);
    expect(risk.spread).toBeCloseTo(0.125, 12);
    expect(risk.total).toBe(risk.price + risk.spread);
  });
  it("a spread grows with size", () => {
    expect(spreadCost(-10, 100, 0.001, 0, 5)).toBeCloseTo(0.5, 12);
    expect(spreadCost(-10, 100, 0.001, 1, 5)).toBeCloseTo(1.5, 12);
  });
  it("walks the book and says what it does not hold", () => {
    const bids = [
      { price: 99, quantity: 2 },
      { price: 98, quantity: 3 },
    ];
    expect(bookWalk(4, 100, bids)).toEqual({ cost: 6, filled: 4, unfilled: 0 });
    expect(bookWalk(9, 100, bids)).toEqual({ cost: 8, filled: 5, unfilled: 4 });
    expect(() => bookWalk(Number.NaN, 100, bids)).toThrow(DomainError);
  });
  it("impact has the sign of the order", () => {
    expect(squareRootImpact(-400, 10000, 0.03)).toBeCloseTo(-0.006, 12);
    expect(squareRootImpact(0, 10000, 0.03)).toBe(0);
    expect(linearImpact(20, 100, 1e6)).toBeCloseTo(0.002, 12);
  });
});

describe("concentration", () => {
  it("counts effective names", () => {
    const spread = concentration(Float64Array.of(5, -5, 5, -5));
    expect([spread.herfindahl, spread.effectiveNames]).toEqual([0.25, 4]);
    expect([...concentration(Float64Array.of(6, -2)).shares]).toEqual([0.75, 0.25]);
    expect(concentration(Float64Array.of(3, 0)).effectiveNames).toBe(1);
    expect(concentration(new Float64Array(3))).toEqual({ shares: new Float64Array(3), herfindahl: 0 });
  });
  it("flags a share of open interest", () => {
    expect(openInterestShare(-5, 100)).toEqual({ share: 0.05, flag: "flag" });
    expect(openInterestShare(20, 100).flag).toBe("hard");
    expect(openInterestShare(4.9, 100).flag).toBe("none");
  });
  it("follows the schedule, and its last slope beyond", () => {
    const at = [0, 1, 3, 5, 7.5, 10, 20, 30, 50].map((days) => concentrationMultiple(days));
    const expected = [0, 0, 0.125, 0.25, 0.425, 0.6, 1.05, 1.5, 2.4];
    at.forEach((multiple, i) => {
      expect(multiple).toBeCloseTo(expected[i] ?? Number.NaN, 12);
    });
    const falling = [
      { days: 0, multiple: 1 },
      { days: 1, multiple: 0 },
    ];
    expect(() => concentrationMultiple(1, falling)).toThrow(DomainError);
    expect(() => concentrationMultiple(-1)).toThrow(DomainError);
  });
  it("charges the units beyond the threshold of volume", () => {
    const rule = { threshold: 0.1, participation: 0.1 };
    expect(excessPositionAddOn(400, 1000, 2, rule)).toBeCloseTo(300 * 2 * 1, 12);
    expect(excessPositionAddOn(90, 1000, 2, rule)).toBe(0);
    expect(excessPositionAddOn(-400, 1000, 2, rule)).toBe(excessPositionAddOn(400, 1000, 2, rule));
  });
});

describe("collateral", () => {
  it("is cut by volatility over the days of sale", () => {
    expect(statisticalHaircut(2, 0.05, 4, 0.01)).toBeCloseTo(1 - Math.exp(-0.2) + 0.01, 12);
    expect(statisticalHaircut(0, 0.05, 4, 0)).toBe(0);
    expect(statisticalHaircut(50, 1, 100, 0.5)).toBe(1);
  });
  it("moves with the scenarios, up to its limit, and a loan is owed in full", () => {
    const assets = [
      { asset: "BTC", value: 100, haircut: 0.1, limit: 90 },
      { asset: "EXCHANGE-TOKEN", value: 50, haircut: 0, limit: 0 },
      { asset: "USD loan", value: -20, haircut: 0.5 },
    ];
    const moves = Float64Array.of(-0.5, 0.2, -1, 0.5, 0, 0);
    expect([...collateralByScenario(assets, moves, 2)]).toEqual([45 - 20, 81 - 20]);
    expect(() => collateralByScenario(assets, moves, 3)).toThrow(DomainError);
  });
  it("counts no more than can be sold", () => {
    expect(collateralLimit(Number.POSITIVE_INFINITY, 0.1, 1000, 2, 3)).toBe(600);
    expect(collateralLimit(50, 0.1, 1000, 2, 3)).toBe(50);
  });
  it("adds for the wrong way only", () => {
    expect(wrongWayAddOn(150, 100, 30)).toBe(20);
    expect(wrongWayAddOn(110, 100, 30)).toBe(0);
  });
});

describe("horizonExpectedShortfall", () => {
  it("adds the squares of the longer horizons", () => {
    const shortfalls = [
      { days: 10, expectedShortfall: 100 },
      { days: 20, expectedShortfall: 60 },
      { days: 40, expectedShortfall: 30 },
    ];
    expect(unwrapped(horizonExpectedShortfall(shortfalls))).toBeCloseTo(
      Math.sqrt(100 ** 2 + 60 ** 2 + 2 * 30 ** 2),
      10,
    );
    expect(unwrapped(horizonExpectedShortfall(shortfalls.slice(0, 1)))).toBe(100);
    expect(refusalIn(horizonExpectedShortfall([]))).toContain("at least 1");
    expect(() => horizonExpectedShortfall([...shortfalls].reverse())).toThrow(DomainError);
  });
});
