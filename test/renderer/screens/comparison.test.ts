import { describe, expect, it } from "vitest";
import {
  comparedRows,
  differenceWords,
  leftOutByReason,
} from "../../../renderer/screens/comparison/comparison-rows.ts";
import {
  changeOf,
  effectSentence,
  lineRow,
  positionRows,
  totalRows,
} from "../../../renderer/screens/rule-effect/effect-rows.ts";

const rows = [
  { id: "initial", label: "Initial margin", amounts: [100, 150, null], differences: [0, 50, null] },
  { id: "equity", label: "Equity", amounts: [null, null, null], differences: [null, null, null] },
  {
    id: "component:roll",
    label: "Roll",
    component: "roll" as const,
    amounts: [1, 0, null],
    differences: [0, -1, null],
  },
];
const leftOut = ["A", "B"].map((symbol) => ({
  symbol,
  quantity: 1,
  failure: { reason: "not-applicable" as const, message: "derive lists no dated futures" },
}));

describe("comparedRows", () => {
  const { totals, components } = comparedRows({ rows, reference: 0 });
  it("leaves out rows that no column has", () => expect(totals.map(({ id }) => id)).toEqual(["initial"]));
  it("keeps components apart from totals", () => expect(components.map(({ label }) => label)).toEqual(["Roll"]));
  it("draws requirements against the largest of their row", () =>
    expect(totals[0]?.cells.map(({ share }) => share)).toEqual([100 / 150, 1, undefined]));
  it("knows the reference", () =>
    expect(totals[0]?.cells.map(({ isReference }) => isReference)).toEqual([true, false, false]));
});

describe("words of a comparison", () => {
  it.each([
    [{ amount: 150, difference: 50 }, "+50 (+50 %)"],
    [{ amount: 75, difference: -25 }, "−25 (−25 %)"],
    [{ amount: 100, difference: 1e-11 }, "equal"],
    [{ amount: 5, difference: 5 }, "+5"],
    [{ amount: null, difference: null }, ""],
  ])("%o is %s", (cell, words) => expect(differenceWords(cell)).toBe(words));

  it("lists positions of one reason together", () =>
    expect(leftOutByReason({ leftOut })).toEqual([{ reason: "derive lists no dated futures", symbols: ["A", "B"] }]));
});

const none = { change: 0 };
const totals = {
  initialUsd: { from: 100, to: 110, change: 10, fraction: 0.1 },
  maintenanceUsd: { from: 80, to: 80, change: 0, fraction: 0 },
  equityUsd: none,
  marginBalanceUsd: none,
  availableFundsUsd: none,
};
const rule = { path: "/a", from: 1, to: 2 };

describe("rows of a rule change", () => {
  it("leaves out totals that neither version has", () =>
    expect(totalRows({ totals }).map(({ label }) => label)).toEqual(["Initial margin", "Maintenance margin"]));

  it("gives a line its account and its change as a fraction", () =>
    expect(lineRow({ id: "BTC/initial/roll", label: "Roll", unit: "BTC", from: 2, to: 3, change: 1 })).toMatchObject({
      account: "BTC",
      fraction: 0.5,
    }));

  it("puts what belongs to no position behind the positions, and adds both up", () => {
    const all = positionRows({
      positions: [{ id: "p", symbol: "P", account: "BTC", unit: "BTC", change: 2 }],
      shared: [{ account: "BTC", unit: "BTC", change: 1 }],
    });
    expect(all.map(({ label }) => label)).toEqual(["P", "Not of a single position"]);
    expect(changeOf(all)).toEqual({ unit: "BTC", change: 3 });
  });

  it("adds up nothing over two units", () =>
    expect(
      changeOf([
        { id: "a", label: "a", account: "BTC", unit: "BTC", change: 1 },
        { id: "b", label: "b", account: "ETH", unit: "ETH", change: 1 },
      ]),
    ).toBeUndefined());

  it("says in one sentence what the change does", () => {
    expect(effectSentence({ totals, rules: [rule] })).toBe("1 parameter differs; the initial margin rises by 10.0 %.");
    expect(effectSentence({ totals, rules: [] })).toBe("The two versions have equal parameters.");
  });
});
