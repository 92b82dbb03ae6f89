import { describe, expect, it } from "vitest";
import { problemFor, suggestedTarget, targetsOf } from "../../../renderer/app/import/import-target.ts";
import { remedyOf } from "../../../renderer/app/remedy.ts";
import type { Coverage, MixedMargin, NettingBenefit } from "../../../renderer/client/listed.ts";
import type { MarginResult } from "../../../renderer/client/types.ts";
import { coverageCsv, coverageTree, leftOver, partRows } from "../../../renderer/screens/coverage/coverage-rows.ts";
import {
  methodTotals,
  nettingCsv,
  nettingTotals,
  nettingTree,
  savedFraction,
} from "../../../renderer/screens/netting-benefit/netting-rows.ts";
import { pairingTree } from "../../../renderer/screens/netting-benefit/pairing-rows.ts";
import { methodsFor, mixedMethods } from "../../../renderer/state/coverage.ts";

const column = (id: string) => ({
  ...{ label: id, methodology: { id, title: id.toUpperCase() }, version: "v1" },
  ...{ accuracy: "exact", leftOut: [], remarks: [] },
});
const failure = { reason: "missing-data", message: "this method needs a clearing house's parameter file" } as const;

const benefit = {
  ...{ portfolioName: "Book", marketName: "Market", asOfMs: 0, unit: "USD", reference: 0, synthetic: true },
  columns: [column("strategy"), column("risk"), { ...column("array"), failure }],
  total: { amounts: [90, 20, null], benefits: [0, 70, null] },
  apart: { amounts: [130, 60, null], benefits: [0, 70, null] },
  groups: [
    { underlyings: ["A"], positions: 1, amounts: [40, 25, null], benefits: [0, 15, null] },
    { underlyings: ["F", "X"], positions: 2, amounts: [60, 15, null], benefits: [0, 45, null] },
  ],
  betweenGroups: [10, 20, null],
  positions: [
    ["a", "A", 40],
    ["f", "F", 50],
    ["x", "X", 40],
  ].map(([id, underlying, amount]) => ({
    ...{ id, symbol: `${underlying} 1`, underlying, quantity: 1 },
    alone: { amounts: [amount, 20, null], benefits: [0, Number(amount) - 20, null] },
    ...(id === "x" ? {} : { incremental: { amounts: [-5, 2, null], benefits: [0, -7, null] } }),
  })),
} as unknown as NettingBenefit;

describe("rows of the netting benefit", () => {
  it("puts positions under the group of their underlying", () => {
    const tree = nettingTree(benefit, "alone");
    expect(tree.map(({ label, children }) => [label, children.map((child) => child.label)])).toEqual([
      ["A", ["A 1"]],
      ["F, X", ["F 1", "X 1"]],
    ]);
    expect(tree[0]?.children[0]?.value.amounts).toEqual([40, 20, null]);
  });

  it("has no incremental amount of a position beyond those asked for", () => {
    const [, group] = nettingTree(benefit, "incremental");
    expect(group?.children.map(({ value }) => value.amounts?.[0])).toEqual([-5, undefined]);
  });

  it("makes groups and what joins them add up to the total", () => {
    const [between, total] = nettingTotals(benefit);
    const groups = nettingTree(benefit, "alone");
    for (const place of [0, 1]) {
      const sum = groups.reduce((before, { value }) => before + (value.amounts?.[place] ?? 0), 0);
      expect(sum + (between?.value.amounts?.[place] ?? 0)).toBe(total?.value.amounts?.[place]);
    }
    expect(between?.value.benefits).toEqual([0, 10, null]);
  });

  it("leaves out the line between groups where it is zero", () =>
    expect(nettingTotals({ ...benefit, betweenGroups: [0, 0, null] }).map(({ id }) => id)).toEqual(["total"]));

  it("takes percentages of the baseline, and none of a baseline that asks for nothing", () => {
    expect(savedFraction(benefit.total, 1, 0)).toBeCloseTo(70 / 90, 15);
    expect(savedFraction({ amounts: [-5, 2], benefits: [0, -7] }, 1, 0)).toBeNull();
    expect(savedFraction({}, 1, 0)).toBeNull();
  });

  it("names each method once, with the reason of one without amounts", () => {
    const totals = methodTotals(benefit);
    expect(totals.map(({ share }) => share)).toEqual([1, 20 / 90, 0]);
    expect(totals[2]?.failure).toContain("parameter file");
    expect(totals[0]?.isReference).toBe(true);
  });

  it("writes every row and the reasons into the file", () => {
    const { header, rows, remarks } = nettingCsv(benefit);
    expect(rows).toHaveLength(2 + 2 + 3 + 2);
    for (const row of rows) expect(row).toHaveLength(header.length);
    expect(remarks?.join()).toContain("array: this method needs");
  });
});

const line = (id: string, amount: number, children: readonly unknown[] = [], inputs: readonly unknown[] = []) => ({
  ...{ id, label: id.split("/").at(-1), amount, unit: "USD", rule: "9", component: "position", basis: "computed" },
  ...{ combine: { kind: children.length > 0 ? "sum" : "leaf" }, inputs, children },
});

describe("rows of the pairing", () => {
  const requirement = line("U/initial/all/A/spread/requirement", 5, [
    line("U/initial/all/A/spread/requirement/loss", 5),
  ]);
  const legs = line("U/initial/all/A/spread/value", 2, [
    line("U/initial/all/A/spread/value/1", 7, [], [{ label: "contracts", value: 10 }]),
    line("U/initial/all/A/spread/value/2", -5),
  ]);
  const saved = [
    { label: "requirement of every leg apart", value: 20 },
    { label: "saved by pairing", value: 15 },
  ];
  const underlying = line("U/initial/all/A", 7, [line("U/initial/all/A/spread", 7, [requirement, legs])], saved);
  const result = { accounts: [{ id: "U", initial: line("U/initial", 7, [line("U/initial/all", 7, [underlying])]) }] };
  const tree = pairingTree(result as unknown as MarginResult);

  it("takes underlyings, strategies and legs out of the statement", () => {
    expect(tree[0]?.value).toMatchObject({ kind: "underlying", apart: 20, saved: 15 });
    const [strategy] = tree[0]?.children ?? [];
    expect(strategy?.value.kind).toBe("strategy");
    expect(strategy?.children.map(({ label }) => label)).toEqual(["loss", "value"]);
    expect(strategy?.children[1]?.children[0]?.value.from).toBe("contracts 10");
  });

  it("adds up at every level", () => {
    const check = (nodes: readonly (typeof tree)[number][]): void => {
      for (const { value, children } of nodes) {
        if (children.length > 0)
          expect(children.reduce((sum, child) => sum + child.value.amount, 0)).toBe(value.amount);
        check(children);
      }
    };
    check(tree);
  });
});

const refused = { reason: "not-applicable", message: "no crypto" } as const;
const coverage = {
  ...{ portfolioName: "Book", marketName: "Market", uncovered: 1 },
  methods: ["venue", "strategy", "risk"].map((id) => ({ id, title: id.toUpperCase(), positions: 1 })),
  positions: [
    { listed: false, by: ["venue"], not: ["strategy", "risk"] },
    { listed: true, by: ["strategy", "risk"], not: ["venue"] },
    { listed: true, by: [], not: ["venue", "strategy", "risk"] },
  ].map(({ listed, by, not }, at) => ({
    ...{ id: `p${at}`, symbol: `P${at}`, quantity: at, venue: "v", kind: "option", listed, by },
    not: not.map((methodology) => ({ methodology, failure: refused })),
  })),
} as unknown as Coverage;

describe("methods by position", () => {
  it("answers for every method below each position", () => {
    const tree = coverageTree(coverage);
    expect(tree.map(({ children }) => children.length)).toEqual([3, 3, 3]);
    expect(tree[2]?.value.words).toBe("✕ no method margins it");
    expect(tree[0]?.children[1]?.value.words).toBe("✕ no crypto");
    expect(coverageCsv(coverage).rows).toHaveLength(9);
  });

  it("takes the user's method, else the session's where it margins as many, else the first", () => {
    expect(methodsFor(coverage, true).map(({ id }) => id)).toEqual(["strategy", "risk"]);
    const none = { crypto: undefined, listed: undefined };
    expect(mixedMethods(coverage, none, "risk")).toEqual({ crypto: "venue", listed: "risk" });
    expect(mixedMethods(coverage, none, "other")).toEqual({ crypto: "venue", listed: "strategy" });
    expect(mixedMethods(coverage, { ...none, listed: "risk" }, "strategy").listed).toBe("risk");
  });

  it("names parts with their amounts, and positions that are in none", () => {
    const mixed = {
      parts: [{ label: "VENUE", methodology: { id: "venue" }, positions: 1, result: { totals: { initialUsd: 5 } } }],
      assignments: [
        { symbol: "P0", part: 0, passed: [] },
        { symbol: "P2", part: null, passed: [{ part: 0, failure: refused }] },
      ],
    } as unknown as MixedMargin;
    expect(partRows(mixed)).toMatchObject([{ id: "venue", initial: 5, positions: 1 }]);
    expect(leftOver(mixed)).toEqual([{ symbol: "P2", reason: "no crypto" }]);
  });
});

describe("a parameter file among chosen files", () => {
  const parameterFile = { inspection: { name: "a.spn", bytes: 1, parameterFile: true as const } };
  const book = { inspection: { name: "b.csv", bytes: 1, format: { id: "x", title: "x", kind: "positions" as const } } };

  it("is read by itself", () => {
    expect(suggestedTarget([parameterFile])).toBe("parameter-file");
    expect(suggestedTarget([parameterFile, book])).toBe("book");
    expect(targetsOf([book])).not.toContain("parameter-file");
    expect(problemFor(parameterFile, "parameter-file")).toBeUndefined();
    expect(problemFor(book, "parameter-file")).toContain("no parameter file");
    expect(problemFor(parameterFile, "book")).toContain("parameter file");
  });

  it("is what a method without one asks for", () => expect(remedyOf(failure)).toBe("parameter-file"));
});
