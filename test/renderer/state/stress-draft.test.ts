import { describe, expect, it } from "vitest";
import { stressSet } from "../../../core/scenario/index.ts";
import type { StressShock } from "../../../renderer/client/stress.ts";
import {
  amountInput,
  amountText,
  modesOf,
  newShock,
  shockKinds,
  shocksText,
  withAmount,
  withDelta,
  withTenor,
} from "../../../renderer/state/shock-text.ts";
import {
  changedStep,
  duplicated,
  emptySet,
  movedStep,
  newScenario,
  withNewShock,
  withoutScenario,
  withoutShocks,
  withoutSteps,
  withScenario,
  withShock,
  withStep,
} from "../../../renderer/state/stress-draft.ts";

const measured: StressShock = {
  ...{ kind: "price", factor: "BTC", mode: "relative", amount: -0.3881, quality: "dataset", source: "btcd" },
};

describe("shocks as text", () => {
  it.each(shockKinds)("a new $label shock is sound, and its text gives it back", ({ kind }) => {
    const shock = newShock(kind);
    const parsed = stressSet.safeParse({ name: "S", scenarios: [{ id: "x", label: "X", shocks: [shock] }] });
    expect(parsed.success).toBe(true);
    expect(withAmount(shock, amountInput(shock))).toEqual(shock);
    expect(amountText(shock)).not.toBe("");
  });

  it.each([
    [measured, "−38.81 %"],
    [{ ...measured, mode: "absolute", amount: -55.37 }, "−55.37"],
    [{ ...measured, mode: "level", amount: -37.63 }, "to −37.63"],
    [{ ...newShock("volatility"), mode: "absolute", amount: 0.2 }, "+20 points"],
    [{ ...newShock("volatility"), mode: "level", amount: 1.84 }, "to 184 points"],
    [newShock("stablecoin"), "to 0.97"],
    [newShock("funding"), "+0.1 % for 3 days"],
    [newShock("correlation"), "100 % of the way to 1"],
    [newShock("liquidity"), "spread × 5, depth × 0.1, volume × 0.25, 1 more day"],
  ] as readonly [StressShock, string][])("says %o as %s", (shock, text) => expect(amountText(shock)).toBe(text));

  it("takes a minus sign, percent, commas and words, and refuses what is no number", () => {
    expect(withAmount(measured, "−12.5 %")).toMatchObject({ amount: -0.125 });
    expect(withAmount({ ...measured, mode: "level" }, "to 1,234.5")).toMatchObject({ amount: 1234.5 });
    expect(withAmount(newShock("time"), "3 days")).toMatchObject({ days: 3 });
    expect(withAmount(measured, "")).toEqual({ problem: '"" is not a number' });
    expect(withAmount(newShock("liquidity"), "spread 10, days 3")).toMatchObject({ spreadTimes: 10, furtherDays: 3 });
    expect(withAmount(newShock("liquidity"), "wide")).toHaveProperty("problem");
  });

  it("takes tenors and deltas where a kind has them", () => {
    expect(withTenor(measured, "7-30")).toMatchObject({ tenor: { fromDays: 7, toDays: 30 } });
    expect(withTenor(withTenor(measured, "7-30") as StressShock, "")).not.toHaveProperty("tenor");
    expect(withTenor(newShock("time"), "7-30")).toHaveProperty("problem");
    expect(withDelta(newShock("volatility"), "0.1–0.25")).toMatchObject({ delta: { from: 0.1, to: 0.25 } });
    expect(withDelta(measured, "0.1-0.25")).toHaveProperty("problem");
    expect([modesOf("price").length, modesOf("stablecoin").length, modesOf("time").length]).toEqual([3, 2, 0]);
  });

  it("tells prices and volatilities before the rest", () => {
    const shocks = [newShock("time"), newShock("volatility", "*"), measured];
    expect(shocksText(shocks)).toBe("BTC −38.81 %, all volatility +20 %, time 1 day");
    expect(shocksText(shocks, 1)).toBe("BTC −38.81 %, and 2 more");
  });
});

describe("edits of a set", () => {
  const set = emptySet("Mine");
  const [first] = set.scenarios;
  const id = first?.id ?? "";

  it("begins with a sound set", () => expect(stressSet.safeParse(set).success).toBe(true));

  it("gives every scenario an id of its own, and keeps the last one", () => {
    const two = withScenario(set, newScenario(set.scenarios));
    const three = duplicated(two, id);
    expect(new Set(three.scenarios.map((scenario) => scenario.id)).size).toBe(3);
    expect(three.scenarios[1]?.label).toBe("New scenario (copy)");
    expect(withoutScenario(set, id)).toBe(set);
    expect(withoutScenario(two, id).scenarios).toHaveLength(1);
  });

  it("adds a shock for the factor named last, and removes those chosen", () => {
    const more = withNewShock(withNewShock(set, id, "time"), id, "volatility");
    expect(more.scenarios[0]?.shocks.map(({ kind }) => kind)).toEqual(["price", "time", "volatility"]);
    expect(more.scenarios[0]?.shocks[2]).toMatchObject({ factor: "BTC" });
    expect(withoutShocks(more, id, new Set([0, 2])).scenarios[0]?.shocks.map(({ kind }) => kind)).toEqual(["time"]);
  });

  it("takes the source off a figure that is changed, and says what it was", () => {
    const dated = withShock(set, id, 0, { ...newShock("price"), quality: "dataset", source: "btcd" } as StressShock);
    const changed = withShock(dated, id, 0, {
      ...(dated.scenarios[0]?.shocks[0] as StressShock),
      amount: -0.5,
    } as StressShock);
    expect(changed.scenarios[0]?.shocks[0]).toEqual({
      ...{
        kind: "price",
        factor: "BTC",
        mode: "relative",
        amount: -0.5,
        quality: "set",
        note: "changed; was dataset, btcd",
      },
    });
    expect(set.scenarios[0]?.shocks[0]).toMatchObject({ amount: -0.1 });
  });
});

describe("edits of a path", () => {
  const set = emptySet("Mine");
  const id = set.scenarios[0]?.id ?? "";
  const pathOf = ({ scenarios }: typeof set) => scenarios[0]?.path ?? [];
  const words = (of: typeof set) => pathOf(of).map(({ label, days }) => `${label} ${days}`);
  const two = withStep(withStep(set, id), id);

  it("begins with the shocks of the scenario; a step begins as the one before it, a day later", () => {
    expect(words(two)).toEqual(["Step 1 0", "Step 2 1"]);
    expect(pathOf(two).map(({ shocks }) => shocks)).toEqual([set.scenarios[0]?.shocks, set.scenarios[0]?.shocks]);
    const between = withStep(withShock(two, id, 0, newShock("skew"), 0), id, 0);
    expect(words(between)).toEqual(["Step 1 0", "Step 3 1", "Step 2 1"]);
    expect(pathOf(between)[1]?.shocks).toEqual(pathOf(between)[0]?.shocks);
    expect(stressSet.safeParse(between).success).toBe(true);
  });

  it("edits, adds and removes shocks of one step, and leaves the others and the scenario alone", () => {
    const changed = withShock(two, id, 0, { ...newShock("price"), amount: -0.5 } as StressShock, 1);
    expect(pathOf(changed).map(({ shocks: [shock] }) => shock && "amount" in shock && shock.amount)).toEqual([
      -0.1, -0.5,
    ]);
    expect(changed.scenarios[0]?.shocks).toBe(two.scenarios[0]?.shocks);
    const more = withNewShock(two, id, "volatility", 0);
    expect(pathOf(more).map(({ shocks }) => shocks.length)).toEqual([2, 1]);
    expect(pathOf(withoutShocks(more, id, new Set([0]), 0))[0]?.shocks).toMatchObject([{ kind: "volatility" }]);
  });

  it("takes the source off a figure of a step that is changed", () => {
    const dated = withShock(two, id, 0, { ...newShock("price"), quality: "dataset", source: "x" } as StressShock, 0);
    const changed = withShock(dated, id, 0, { ...measured, source: "x", amount: -0.5 } as StressShock, 0);
    expect(pathOf(changed)[0]?.shocks[0]).toMatchObject({ quality: "set", note: "changed; was dataset, x" });
  });

  it("moves a step past its neighbour; the days stay with the places", () => {
    const named = changedStep(changedStep(two, id, 0, { label: "low" }), id, 1, { label: "close", days: 2.5 });
    expect(words(movedStep(named, id, 1, -1))).toEqual(["close 0", "low 2.5"]);
    expect(words(movedStep(movedStep(named, id, 0, 1), id, 1, -1))).toEqual(words(named));
    expect(movedStep(named, id, 0, -1)).toBe(named);
    expect(movedStep(named, id, 1, 1)).toBe(named);
  });

  it("has no path without its last step", () => {
    expect(words(withoutSteps(two, id, new Set([0])))).toEqual(["Step 2 1"]);
    expect(withoutSteps(two, id, new Set([0, 1])).scenarios[0]).not.toHaveProperty("path");
  });
});
