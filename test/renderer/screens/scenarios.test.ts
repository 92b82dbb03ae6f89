import { describe, expect, it } from "vitest";
import type { StressScenario, StressSet } from "../../../renderer/client/stress.ts";
import { figureText, scenarioRows, weakestQuality } from "../../../renderer/screens/scenarios/scenario-rows.ts";
import { editedShock, shockRows } from "../../../renderer/screens/scenarios/shock-columns.ts";

describe("rows of the scenario editor", () => {
  const shock = {
    kind: "price",
    factor: "BTC",
    mode: "relative",
    amount: -0.3881,
    quality: "dataset",
    source: "btcd",
  } as const;
  const guess = { kind: "volatility", factor: "ETH", mode: "relative", amount: 0.5, quality: "uncertain" } as const;
  const scenario: StressScenario = { id: "x", label: "X", kind: "historical", figures: [], shocks: [shock, guess] };
  const set = { name: "S", scenarios: [scenario] } as unknown as StressSet;

  it("marks the weakest figure and the shock that is wrong", () => {
    expect(weakestQuality(scenario.shocks)).toBe("uncertain");
    const problem = { at: "S, scenario x, shock 2", scenario: "x", shock: 2, rule: "above 0" };
    expect(scenarioRows(set, [problem])[0]?.problems).toEqual([problem]);
    expect(shockRows(scenario.shocks, [problem]).map((row) => row.problem)).toEqual([undefined, "above 0"]);
  });

  it("says figures in their own unit, and that there is none", () => {
    const figure = { factor: "BTC", quality: "dataset" as const };
    expect(figureText({ ...figure, from: 7938, to: 3858, change: -0.514 })).toBe("7,938 → 3,858 · −51.4 %");
    expect(figureText({ ...figure, to: 184.5 })).toBe("? → 184.50");
    expect(figureText(figure)).toBe("no figure");
  });

  it("edits one cell of a shock, or says why not", () => {
    expect(editedShock(shock, "amount", "-20 %")).toEqual({ ...shock, amount: -0.2 });
    expect(editedShock(shock, "amount", "twenty")).toEqual({ problem: '"twenty" is not a number' });
    expect(editedShock(shock, "factor", " ")).toEqual({ problem: "a factor needs a name" });
    expect(editedShock(shock, "kind", "Time")).toEqual({ kind: "time", days: 1, quality: "set" });
    expect(editedShock(shock, "kind", "Price")).toBe(shock);
    const { source: _, ...withoutSource } = shock;
    expect(editedShock(shock, "source", "")).toEqual(withoutSource);
  });
});
