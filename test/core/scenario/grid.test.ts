import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  evenlySpaced,
  percentLabel,
  priceVolatilityGrid,
  type Scenario,
  validScenarioSet,
} from "../../../core/scenario/index.ts";

const scenario: Scenario = { id: "crash", label: "crash", priceMove: -0.5 };
const set = (...scenarios: Scenario[]) => ({ id: "stress", repricer: "model", scenarios }) as const;

describe("priceVolatilityGrid", () => {
  it("stands move by move, its columns together", () => {
    const up = { change: 0.5, mode: "relative" } as const;
    const grid = priceVolatilityGrid([-0.08, 0], [{ id: "same" }, { id: "up", volatility: up }]);
    expect(grid.map(({ id }) => id)).toEqual(["-0.08/same", "-0.08/up", "0/same", "0/up"]);
    expect(grid[0]).toEqual({ id: "-0.08/same", label: "price -8 %, volatility same", priceMove: -0.08 });
    expect(grid[3]?.volatility).toBe(up);
  });
});

describe("evenlySpaced", () => {
  it("holds its ends and 0 exactly", () => {
    const values = evenlySpaced(-0.5, 0.5, 41);
    expect([values[0], values[20], values[40]]).toEqual([-0.5, 0, 0.5]);
    expect(values[8]).toBeCloseTo(-0.3, 15);
  });
  it("of one value is its start", () => expect([...evenlySpaced(0.1, 0.5, 1)]).toEqual([0.1]));
  it("refuses a count that is not whole", () => expect(() => evenlySpaced(0, 1, 1.5)).toThrow(DomainError));
});

describe("percentLabel", () => {
  it.each([
    [-0.08, "-8 %"],
    [0.5, "+50 %"],
    [0, "0 %"],
    [0.07, "+7 %"],
  ])("of %d is %s", (move, label) => expect(percentLabel(move)).toBe(label));
});

describe("validScenarioSet", () => {
  it("accepts a good set", () => expect(validScenarioSet(set(scenario))).toEqual({ ok: true, value: set(scenario) }));
  it.each([
    ["no scenarios", set()],
    ["a repeated id", set(scenario, scenario)],
    ["a total loss", set({ ...scenario, priceMove: -1 })],
    ["a NaN move", set({ ...scenario, priceMove: Number.NaN })],
    ["a NaN change", set({ ...scenario, volatility: { change: Number.NaN, mode: "relative" } })],
    ["an empty table of days", set({ ...scenario, volatility: { change: 1, mode: "relative", byDays: [] } })],
    [
      "days that do not ascend",
      set({
        ...scenario,
        volatility: { change: 1, mode: "relative", byDays: [5, 5].map((days) => ({ days, factor: 1 })) },
      }),
    ],
    [
      "a least change that is no number",
      set({ ...scenario, volatility: { change: 0, mode: "relative", leastChange: NaN } }),
    ],
    ["a negative floor", set({ ...scenario, volatility: { change: 0, mode: "relative", floor: -1 } })],
  ])("refuses %s", (_, wrong) => {
    expect(validScenarioSet(wrong)).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
  });
});
