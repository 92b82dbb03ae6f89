import { describe, expect, it } from "vitest";
import { profitsOfAccount } from "../../../renderer/screens/matrix/cell-profits.ts";
import { cellDecimals, cellSentence, cellText, moveText } from "../../../renderer/screens/matrix/cell-text.ts";
import {
  cellValue,
  matrixGrid,
  matrixSummary,
  placeByKey,
  placeOf,
  reach,
} from "../../../renderer/screens/matrix/matrix-grid.ts";
import { bitcoin, cell, cells, ether, smallResult } from "./small-result.ts";

const matrix = {
  setId: "matrix-BTC",
  title: "Risk matrix",
  unit: "BTC",
  cells,
  bindingScenarioId: "standard -0.1 down",
};
const grid = matrixGrid(matrix);

describe("matrixGrid", () => {
  it("has prices ascending in columns, extended scenarios beside, volatility falling in rows", () => {
    expect(grid.columns).toEqual([
      { group: "standard", priceMove: -0.1 },
      { group: "standard", priceMove: 0 },
      { group: "standard", priceMove: 0.1 },
      { group: "extended", priceMove: -0.5 },
    ]);
    expect(grid.rows.map(({ volatility }) => volatility)).toEqual(["up", "down"]);
  });
  it("puts each scenario in its place and leaves a gap where the method has none", () => {
    expect(grid.rows[1]?.cells.map((found) => found?.amount)).toEqual([-2, 0, 1, undefined]);
    expect(placeOf(grid, "extended -0.5 up")).toEqual({ row: 0, column: 3 });
    expect(placeOf(grid, "absent")).toBeUndefined();
    expect(placeOf(grid, undefined)).toBeUndefined();
  });
  it("keeps rows that only one method knows", () => {
    const own = matrixGrid({ ...matrix, cells: [cell(0, "tilt", 1), cell(0, "down", 1), cell(0, "up", 1)] });
    expect(own.rows.map(({ volatility }) => volatility)).toEqual(["up", "down", "tilt"]);
  });
});

describe("placeByKey", () => {
  const from = { row: 0, column: 1 };
  it.each([
    ["ArrowLeft", { row: 0, column: 0 }],
    ["ArrowRight", { row: 0, column: 2 }],
    ["ArrowDown", { row: 1, column: 1 }],
    ["ArrowUp", { row: 0, column: 1 }],
    ["Home", { row: 0, column: 0 }],
    ["End", { row: 0, column: 3 }],
    ["b", { row: 1, column: 0 }],
  ])("%s leads to %o", (key, place) => expect(placeByKey(grid, from, key, matrix.bindingScenarioId)).toEqual(place));
  it("stays where the next place is a gap at the edge", () =>
    expect(placeByKey(grid, { row: 0, column: 3 }, "ArrowDown", undefined)).toEqual({ row: 0, column: 3 }));
  it("leaves other keys alone", () => {
    expect(placeByKey(grid, from, "x", undefined)).toBeUndefined();
    expect(placeByKey(grid, from, "b", undefined)).toBeUndefined();
  });
});

describe("values of cells", () => {
  const worst = cell(-0.1, "down", -2);
  it("shows amount, share of equity, or the sum before offsets", () => {
    expect(cellValue(worst, "amount", bitcoin)).toBe(-2);
    expect(cellValue(worst, "equity", bitcoin)).toBe(-0.2);
    expect(cellValue(worst, "before", bitcoin)).toBe(-4);
  });
  it("has no share of an equity that is not known", () => {
    const { equity: _, marginBalance: _m, ...bare } = bitcoin;
    expect(cellValue(worst, "equity", bare)).toBeUndefined();
  });
  it("reaches as far as its largest value", () => expect(reach(matrix, "amount", bitcoin)).toBe(2));
});

describe("text of cells", () => {
  it("leaves about four digits: nine cells side by side in a third of the window, never more than the unit has", () => {
    expect(cellDecimals(15.5, "BTC")).toBe(2);
    expect(cellDecimals(0.2, "BTC")).toBe(3);
    expect(cellDecimals(123_456, "USDC")).toBe(0);
    expect(cellDecimals(12, "USDC")).toBe(2);
    expect(cellText(-15.55659, "amount", 3)).toBe("−15.557");
    expect(cellText(-0.5981, "equity", 3)).toBe("−59.81");
    expect(cellText(undefined, "equity", 3)).toBe("—");
  });
  it("writes moves as they are", () =>
    expect([-0.14, 0.035, 0, 5].map(moveText)).toEqual(["−14", "+3.5", "0", "+500"]));
  it("says everything of a cell in one sentence", () =>
    expect(cellSentence(cell(-0.1, "down", -2), "BTC", -0.2, true)).toBe(
      "standard -0.1 down: −2.00000000 BTC, −20.00 % of equity, −4.00000000 BTC before offsets, binding",
    ));
  it("sums up the matrix", () =>
    expect(matrixSummary(matrix, String)).toBe(
      "7 scenarios: worst -2 at standard -0.1 down, best 1 at standard 0.1 down; standard -0.1 down binds with -2.",
    ));
});

describe("profitsOfAccount", () => {
  const profit = (id: string, settlement: string, amount: number, usd: number) => ({
    id: id as never,
    symbol: id,
    underlying: "BTC",
    settlement,
    quantity: 1,
    profit: amount,
    profitUsd: usd,
  });
  const profits = [
    profit("gain", "BTC", 1, 100_000),
    profit("loss", "BTC", -3, -300_000),
    profit("linear", "USDC", -100_000, -100_000),
  ];
  it("takes the account's own positions, largest loss first, with their share of the losses", () => {
    const rows = profitsOfAccount(profits, smallResult({ accounts: [bitcoin, { ...ether, id: "USDC" }] }), bitcoin);
    expect(rows.map(({ id, lossShare }) => [id, lossShare])).toEqual([
      ["loss", 1],
      ["gain", undefined],
    ]);
  });
  it("counts joint scenarios as the book does", () => {
    const cross = { ...bitcoin, id: "cross", unit: "USD", usdPerUnit: 1 };
    const joint = profits.map((entry) => ({ ...entry, jointProfitUsd: 0.9 * entry.profitUsd }));
    const rows = profitsOfAccount(joint, smallResult({ accounts: [cross] }), cross);
    expect(rows.map(({ id, profit: amount }) => [id, amount])).toEqual([
      ["loss", -270_000],
      ["linear", -90_000],
      ["gain", 90_000],
    ]);
  });
  it("gives a cross account everything in its own unit", () => {
    const cross = { ...bitcoin, id: "cross", unit: "USD", usdPerUnit: 1 };
    const rows = profitsOfAccount(profits, smallResult({ accounts: [cross] }), cross);
    expect(rows.map(({ id, profit: amount, lossShare }) => [id, amount, lossShare])).toEqual([
      ["loss", -300_000, 0.75],
      ["linear", -100_000, 0.25],
      ["gain", 100_000, undefined],
    ]);
  });
});
