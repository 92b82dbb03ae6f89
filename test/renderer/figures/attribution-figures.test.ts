import { describe, expect, it } from "vitest";
import type { AttributionRun, AttributionSplit, ChangeExplanation } from "../../../renderer/client/attribution.ts";
import { attributionOfSplit, splitWords } from "../../../renderer/figures/attribution.ts";
import { partOf, treemapFigure, waterfallFigure } from "../../../renderer/figures/attribution-figure.ts";
import { changeFigure, changeWords, rangeOf, stepsInWords } from "../../../renderer/figures/change-figure.ts";
import { lightInk as ink } from "../../../renderer/figures/figure.ts";
import { waterfall } from "../../../renderer/figures/waterfall.ts";
import { splitCsv, splitRows, totalRows } from "../../../renderer/screens/attribution/split-rows.ts";
import { changeCsv, changeTotal, changeTree } from "../../../renderer/screens/change/change-rows.ts";

const split = (kind: AttributionSplit["kind"], more: Partial<AttributionSplit>): AttributionSplit => ({
  ...{ kind, title: kind, meaning: "what it means", amounts: [70, -20], sum: 50, residuals: [], difference: 0 },
  sums: true,
  ...more,
});
const component = split("component", {
  residuals: [
    { label: "Floor", amount: 8, lineId: "BTC/floor" },
    { label: "Rounding", amount: 2, lineId: "BTC/round" },
  ],
});
const shapley = split("shapley", { amounts: [65, -5], sum: 60, errors: [0.5, 0.25], how: "sampled: 8 orders" });
const run = {
  ...{ portfolioName: "Book", requirement: "initial", grouping: "tag", unit: "USD", total: 60, ofNoPosition: 0 },
  groups: [
    { id: "is a", label: "Calls", positions: ["p1", "p2"] },
    { id: "is b", label: "Hedge", positions: ["p3"] },
  ],
  splits: [component, shapley],
  refused: [{ kind: "pro-rata", title: "Pro-rata", failure: { reason: "not-applicable", message: "nothing alone" } }],
  ties: [],
} as unknown as AttributionRun;

describe("a split by groups", () => {
  it("has its groups and what belongs to none, so that bars end at the requirement", () => {
    const chosen = attributionOfSplit(run, component);
    expect(chosen.parts.map(({ label, amount, residual = false }) => [label, amount, residual])).toEqual([
      ["Calls", 70, false],
      ["Hedge", -20, false],
      ["Floor", 8, true],
      ["Rounding", 2, true],
    ]);
    expect(waterfallFigure(chosen, ink).data[0]).toMatchObject({
      x: ["Calls", "Hedge", "Floor", "Rounding", "Sum"],
      y: [70, -20, 8, 2, 60],
      text: ["+70.00", "−20.00", "+8.00", "+2.00", "60.00"],
    });
  });

  it("says the check, how it was computed, and the largest error", () => {
    expect(splitWords(run, component)).toBe("groups 50.00 USD + Floor 8.00 USD + Rounding 2.00 USD = 60.00 USD ✓");
    expect(splitWords(run, shapley)).toBe(
      "groups 60.00 USD = 60.00 USD ✓ (sampled: 8 orders; largest standard error 0.50 USD)",
    );
    expect(splitWords(run, { ...shapley, difference: 3 })).toContain("misses 60.00 USD by 3.00 USD");
  });

  it("adds up many residuals in its sentence, and shortens long names on the axis", () => {
    const residuals = [1, 2, 3].map((amount) => ({
      label: `Net delta of btc_btc 2027-03-2${amount}, absolute`,
      amount,
    }));
    const many = { ...component, amounts: [74, -20], sum: 54, residuals };
    expect(splitWords(run, many)).toBe("groups 54.00 USD + 3 lines of no position 6.00 USD = 60.00 USD ✓");
    const { x = [], hovertemplate = [] } = waterfallFigure(attributionOfSplit(run, many), ink).data[0] as {
      readonly x?: readonly string[];
      readonly hovertemplate?: readonly string[];
    };
    expect(x[2]).toBe("Net delta of btc_btc 2027…");
    expect(x[3]).toBe("Net delta of btc_btc 2027… (2)");
    expect(hovertemplate[2]).toContain("Net delta of btc_btc 2027-03-23, absolute");
  });

  it("finds the positions behind a bar, an area and a strip", () => {
    const chosen = attributionOfSplit(run, shapley);
    expect(partOf(chosen, "waterfall", { trace: 0, index: 0 })?.positions).toEqual(["p1", "p2"]);
    expect(partOf(chosen, "waterfall", { trace: 0, index: 2 })).toBeUndefined();
    expect(partOf(chosen, "treemap", { trace: 0, index: 0 })?.label).toBe("Calls");
    expect(partOf(chosen, "treemap", { trace: 1, index: 0 })?.positions).toEqual(["p3"]);
    expect(treemapFigure(chosen, { ink, categories: ["#2858c5"] }).data[1]).toMatchObject({ x: [-5] });
  });

  it("stands side by side with the other ways, sums below", () => {
    expect(splitRows(run)[1]).toMatchObject({
      ...{ label: "Hedge", count: 1, amounts: { component: -20, shapley: -5 } },
      errors: { shapley: 0.25 },
    });
    expect(totalRows(run).map(({ id, amounts }) => [id, amounts.component, amounts.shapley])).toEqual([
      ["sum", 50, 60],
      ["residual", 10, 0],
      ["total", 60, 60],
    ]);
    const { header, rows, remarks } = splitCsv(run);
    expect(header).toEqual([
      ...["Group", "Positions", "component, USD", "shapley, USD", "shapley, standard error, USD"],
    ]);
    expect(rows[0]).toEqual(["Calls", 2, 70, 65, 0.5]);
    expect(remarks).toContain("Pro-rata: not computed, nothing alone");
  });
});

describe("waterfall", () => {
  it("gives equal names places of their own", () => {
    const bars = [1, 2, 3].map((amount) => ({ label: "BTC-PERPETUAL", amount, kind: "change" as const }));
    expect(waterfall(bars, "USD", ink).data[0]).toMatchObject({
      x: ["BTC-PERPETUAL", "BTC-PERPETUAL (2)", "BTC-PERPETUAL (3)"],
    });
  });

  it("has room below the ground for the amount of a bar that falls onto it, and no other range than its own elsewhere", () => {
    const bar = (amount: number, kind: "start" | "change" | "total" = "change") => ({
      label: `${amount}`,
      amount,
      kind,
    });
    const range = (...bars: Parameters<typeof waterfall>[0]) => waterfall(bars, "USD", ink).layout.yaxis?.range;
    expect(range(bar(5), bar(-4.9), bar(10))).toEqual(
      [0.1 - 0.2 * 10.1, 10.1 + 0.05 * 10.1].map((one) => expect.closeTo(one, 9)),
    );
    expect(range(bar(10), bar(-2), bar(8, "total"))).toBeUndefined();
    expect(range(bar(10), bar(2), bar(12, "total"))).toBeUndefined();
    expect(range(bar(-5), bar(2))?.[0]).toBe(-6);
  });
});

const side = (portfolioName: string) => ({
  ...{ portfolioName, marketName: "Market", asOfMs: 0, version: "v1", accuracy: "exact", excluded: 0 },
  methodology: { id: "method", title: "Method", venue: "venue" },
  totals: { initialUsd: 0, maintenanceUsd: 0 },
});
const step = (id: string, change: number, initialUsd: number, more: object = {}) => ({
  ...{ id, title: id, meaning: `${id} in words`, same: false, change, averaged: change, lines: [], linesNotListed: 0 },
  ...{ positions: [], positionsNotListed: 0, ofPositions: change, ofNoPosition: 0, excluded: [] },
  totals: { initialUsd, maintenanceUsd: 0.8 * initialUsd },
  ...more,
});
const change = {
  ...{ requirement: "initial", unit: "USD", fromAmount: 100, toAmount: 130, change: 30, difference: 0 },
  ...{ from: side("Yesterday"), to: side("Today"), averaging: "mean of both", remarks: [], synthetic: false },
  steps: [
    step("Positions", 50, 150, {
      positions: [{ id: "p1", symbol: "BTC-PERPETUAL", to: 50, change: 50 }],
      lines: [{ id: "BTC/initial", label: "Initial margin", unit: "BTC", from: 1, to: 1.5, change: 0.5 }],
    }),
    step("Prices", -20, 130, { profitUsd: -7, equityChange: -7 }),
    step("Time", 0, 130, { same: true }),
  ],
} as unknown as ChangeExplanation;

describe("a change", () => {
  it("goes from the earlier to the later requirement by the steps that differ", () => {
    expect(changeFigure(change, ink).data[0]).toMatchObject({
      x: ["Earlier", "Positions", "Prices", "Later"],
      y: [100, 50, -20, 130],
      measure: ["absolute", "relative", "relative", "total"],
    });
  });

  it("says the check, what moved it and what is the same", () => {
    expect(changeWords(change)).toBe("100.00 USD → 130.00 USD: +30.00 USD; 3 steps add up to it, to the last digit ✓");
    expect(changeWords({ ...change, difference: 2 })).toContain("miss it by +2.00 USD");
    expect(stepsInWords(change)).toBe(
      "Raised most by positions +50.00 USD. Lowered most by prices −20.00 USD. The same: time.",
    );
  });

  it("cuts the axis only where steps are small beside the whole", () => {
    const bar = (kind: "start" | "change" | "total", amount: number) => ({ label: "", amount, kind });
    expect(rangeOf([bar("start", 100), bar("change", 50), bar("total", 150)])).toEqual({});
    const { range = [Number.NaN, Number.NaN] } = rangeOf([bar("start", 1000), bar("change", 5), bar("total", 1005)]);
    expect(range[0]).toBeGreaterThan(900);
    expect(range[1]).toBeGreaterThan(1005);
  });

  it("opens each step to its positions and lines, and adds up below", () => {
    const [positions, , time] = changeTree(change);
    expect(positions?.value).toMatchObject({ from: 100, to: 150, change: 50 });
    expect(positions?.children.map(({ label }) => label)).toEqual([
      ...["By position, component amounts", "Of no position", "Lines that moved (1)"],
    ]);
    expect(positions?.children[0]?.children[0]?.value).toMatchObject({ positionId: "p1", to: 50 });
    expect(time).toMatchObject({ label: "Time: same", children: [] });
    expect(changeTotal(change)[0]?.value).toMatchObject({ change: 30, averaged: 30, profitUsd: -7, equityChange: -7 });
    const { rows } = changeCsv(change);
    expect(rows.at(-1)).toEqual(["total", "Whole change", "USD", 30, 30, 100, 130, -7, -7]);
    expect(rows).toContainEqual([
      "line",
      "Initial margin (BTC/initial)",
      "BTC",
      0.5,
      undefined,
      1,
      1.5,
      undefined,
      undefined,
    ]);
  });
});
