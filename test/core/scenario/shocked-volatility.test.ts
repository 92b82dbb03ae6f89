import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { shockedVolatility, tenorFactor, type VolatilityShock } from "../../../core/scenario/index.ts";

const tenor = { referenceDays: 30, shortPower: 0.3, longPower: 0.13, minimumDays: 1 };
const up: VolatilityShock = { change: 0.5, mode: "relative", tenor, floor: 0.5 };
const down: VolatilityShock = { change: -0.25, mode: "relative", tenor };

/** Deribit portfolio margin, computed values: U 50 %, Dn 25 %, powers 0.30 and 0.13; printed to six decimals. */
const computed = [
  { days: 1, factor: 2.774191, upFactor: 2.387096, downFactor: 0.306452 },
  { days: 3, factor: 1.995262, upFactor: 1.997631, downFactor: 0.501184 },
  { days: 7, factor: 1.547416, upFactor: 1.773708, downFactor: 0.613146 },
  { days: 14, factor: 1.256892, upFactor: 1.628446, downFactor: 0.685777 },
  { days: 30, factor: 1, upFactor: 1.5, downFactor: 0.75 },
  { days: 90, factor: 0.86691, upFactor: 1.433455, downFactor: 0.783272 },
  { days: 365, factor: 0.722649, upFactor: 1.361325, downFactor: 0.819338 },
];

describe("shockedVolatility", () => {
  it.each(computed)("at $days days: up $upFactor, down $downFactor", ({ days, factor, upFactor, downFactor }) => {
    const years = days / 365;
    expect(Math.abs((tenorFactor(years, tenor) ?? 0) - factor)).toBeLessThanOrEqual(5.1e-7);
    expect(Math.abs(shockedVolatility(1, years, up) - upFactor)).toBeLessThanOrEqual(5.1e-7);
    expect(Math.abs(shockedVolatility(1, years, down) - downFactor)).toBeLessThanOrEqual(5.1e-7);
  });

  it("applies the floor after the shock", () => {
    expect(shockedVolatility(0.3, 30 / 365, up)).toBe(0.5);
    expect(shockedVolatility(0.4, 30 / 365, up)).toBeCloseTo(0.6, 15);
  });
  it("starts from the start floor where the volatility is less", () => {
    const before: VolatilityShock = { change: 0.5, mode: "relative", tenor, startFloor: 0.5 };
    expect(shockedVolatility(0.3, 30 / 365, before)).toBe(0.75);
    expect(shockedVolatility(0.6, 30 / 365, before)).toBeCloseTo(0.9, 15);
  });
  it("never falls below 0", () => expect(shockedVolatility(0.4, 1, { change: -0.6, mode: "absolute" })).toBe(0));
  it("adds points when absolute", () =>
    expect(shockedVolatility(0.4, 1, { change: 0.05, mode: "absolute" })).toBeCloseTo(0.45, 15));
  it("changes by a table of days: linear between them, flat outside", () => {
    const byDays = [
      { days: 0, factor: 0.3 },
      { days: 30, factor: 0.25 },
      { days: 60, factor: 0.2 },
    ];
    const at = (days: number) => shockedVolatility(0.5, days / 365, { change: 1, mode: "absolute", byDays });
    const found = [0, 15, 30, 45, 60, 400].map(at);
    [0.8, 0.775, 0.75, 0.725, 0.7, 0.7].forEach((expected, index) => {
      expect(found[index]).toBeCloseTo(expected, 14);
    });
    const fall: VolatilityShock = { change: -1, mode: "relative", byDays: [{ days: 10, factor: 0.4 }] };
    expect(shockedVolatility(0.5, 0, fall)).toBeCloseTo(0.3, 14);
    expect(() => shockedVolatility(0.5, 1, { ...fall, byDays: [] })).toThrow(DomainError);
  });
  it("rises by the least change where days make it weaker, after the scaling", () => {
    const least: VolatilityShock = { change: 0.4, mode: "relative", tenor, leastChange: 0.4 };
    expect(shockedVolatility(0.5, 90 / 365, least)).toBeCloseTo(0.7, 14);
    expect(shockedVolatility(0.5, 7 / 365, least)).toBeCloseTo(0.5 * (1 + 0.4 * (30 / 7) ** 0.3), 12);
  });
  it("chooses the power by the days themselves where told so, whatever the floor on them", () => {
    const floored = { ...tenor, minimumDays: 60 };
    expect(tenorFactor(9 / 365, floored)).toBe(0.5 ** 0.13);
    expect(tenorFactor(9 / 365, { ...floored, powerByActualDays: true })).toBe(0.5 ** 0.3);
    expect(tenorFactor(30 / 365, { ...floored, powerByActualDays: true })).toBe(0.5 ** 0.3);
    expect(tenorFactor(31 / 365, { ...floored, powerByActualDays: true })).toBe(0.5 ** 0.13);
  });
  it("counts days at least as the minimum", () =>
    expect(shockedVolatility(1, 0.2 / 365, up)).toBe(shockedVolatility(1, 1 / 365, up)));
  it("leaves volatility alone without a shock", () => expect(shockedVolatility(0.4, 1, undefined)).toBe(0.4));
  it("only floors where no time and no minimum is left", () =>
    expect(shockedVolatility(0.4, 0, { ...up, tenor: { ...tenor, minimumDays: 0 } })).toBe(0.5));
  it.each([
    [Number.NaN, 1],
    [-0.1, 1],
    [0.4, Number.NaN],
    [0.4, -1],
  ])("refuses volatility %d at %d years", (volatility, years) =>
    expect(() => shockedVolatility(volatility, years, up)).toThrow(DomainError),
  );
  it("refuses a change that is not finite", () =>
    expect(() => shockedVolatility(0.4, 1, { change: Number.NaN, mode: "absolute" })).toThrow(DomainError));
});
