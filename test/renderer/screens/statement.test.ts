import { describe, expect, it } from "vitest";
import { calculation, combinationWords } from "../../../renderer/screens/statement/combination-words.ts";
import { statementCsv } from "../../../renderer/screens/statement/statement-csv.ts";
import {
  bindingLines,
  findLine,
  firstBindingLine,
  positionsOf,
  statementTree,
} from "../../../renderer/screens/statement/statement-tree.ts";
import { bitcoin, line, smallResult } from "./small-result.ts";

const parts = [line("a", -1.5), line("b", 0.5)];

describe("combinationWords", () => {
  it.each([
    [line("x", 0), "given"],
    [line("x", 0, { inputs: [{ label: "rate", value: 1 }] }), "from its inputs"],
    [line("x", -1, { combine: { kind: "sum" }, children: parts }), "sum of 2"],
    [line("x", 0.5, { combine: { kind: "max" }, children: parts }), "largest of 2"],
    [line("x", 1, { combine: { kind: "loss" }, children: parts }), "loss: max(0, −sum)"],
    [
      line("x", 1, { combine: { kind: "product", factor: 0.8, factorLabel: "maintenance factor" } }),
      "maintenance factor 0.8 × part",
    ],
    [line("x", 1, { combine: { kind: "toward-zero", by: 2 } }), "part moved toward zero by 2"],
    [line("x", 1, { combine: { kind: "round", decimals: 4 } }), "rounded to 4 decimals"],
  ])("%o", (row, words) => expect(combinationWords(row)).toBe(words));
});

describe("calculation", () => {
  it("writes a line out with its numbers", () =>
    expect(
      calculation(
        line("x", 1, {
          unit: "USD",
          combine: { kind: "loss" },
          children: parts.map((part) => ({ ...part, unit: "USD" })),
        }),
      ),
    ).toBe("max(0, −(−1.50 + 0.50)) = 1.00 USD"));
  it("counts parts beyond six", () => {
    const many = Array.from({ length: 9 }, (_, index) => line(String(index), 1, { unit: "USD" }));
    expect(calculation(line("x", 9, { unit: "USD", combine: { kind: "sum" }, children: many }))).toBe(
      "1.00 + 1.00 + 1.00 + 1.00 + 1.00 + … (9 parts) = 9.00 USD",
    );
  });
});

describe("statementTree", () => {
  const nodes = statementTree(smallResult());
  it("has requirement, balance and equity under each account", () =>
    expect(nodes.map(({ label, children }) => [label, children.map(({ id }) => id)])).toEqual([
      ["BTC account", ["BTC/initial", "BTC/maintenance", "BTC/margin-balance", "BTC/equity"]],
      ["ETH account", ["ETH/initial", "ETH/maintenance", "ETH/margin-balance", "ETH/equity"]],
    ]));
  it("finds the binding scenario and everything above it", () => {
    expect(firstBindingLine(nodes)).toBe("BTC/initial/worst");
    expect(bindingLines(nodes)).toEqual(["account BTC", "BTC/initial", "BTC/initial/worst"]);
  });
  it("finds lines by id and the positions below them", () => {
    expect(findLine(nodes, "BTC/initial/orders")?.line?.amount).toBe(0.5);
    expect(findLine(nodes, "absent")).toBeUndefined();
    expect(positionsOf(bitcoin.initial)).toEqual(["call"]);
  });
  it("exports every line with its level", () => {
    const { header, rows } = statementCsv(nodes);
    expect(rows.map((row) => [row[1], row[2]]).slice(0, 4)).toEqual([
      [1, "BTC/initial"],
      [2, "BTC/initial/worst"],
      [3, "BTC/initial/worst/call"],
      [2, "BTC/initial/orders"],
    ]);
    for (const row of rows) expect(row).toHaveLength(header.length);
    expect(rows[3]?.[header.indexOf("inputs")]).toBe("set by you: 0.5 BTC");
  });
});
