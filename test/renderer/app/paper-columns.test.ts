import { describe, expect, it } from "vitest";
import { paperColumns } from "../../../renderer/app/export/paper-columns.ts";

const named = (count: number) => Array.from({ length: count }, (_, at) => `column ${at}`);
const rowOf = (count: number, text: string) => Array.from({ length: count }, () => text);

describe("a table on paper", () => {
  it("stands upright in one piece where it fits", () =>
    expect(paperColumns(named(4), [rowOf(4, "1,234.50")])).toEqual({ landscape: false, bands: [[0, 1, 2, 3]] }));

  it("turns the page before it is cut", () => {
    const { landscape, bands } = paperColumns(named(10), [rowOf(10, "1,234,567.89")]);
    expect(landscape).toBe(true);
    expect(bands).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  });

  it("is cut into tables that all name their rows, with every column once", () => {
    const { bands } = paperColumns(named(26), [rowOf(26, "1,234,567.89")]);
    expect(bands.length).toBeGreaterThan(1);
    expect(bands.every(([first]) => first === 0)).toBe(true);
    expect(bands.flatMap(([, ...others]) => others)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1));
  });

  it("names rows by the first column in which no text comes twice", () => {
    const rows = ["initial", "maintenance"].map((id) => ["BTC", id, ...rowOf(24, "1,234,567.89")]);
    const { bands } = paperColumns(["account", "id", ...named(24)], rows);
    expect(bands.length).toBeGreaterThan(1);
    expect(bands.every(([first]) => first === 1)).toBe(true);
    expect(bands[0]).toContain(0);
  });

  it("leaves out what is empty in every row, but never the name of the row", () =>
    expect(paperColumns(["a", "b", "c"], [["", "", "1"]]).bands).toEqual([[0, 2]]));

  it("counts a long text as one that goes on in the next line", () =>
    expect(paperColumns(named(3), [rowOf(3, "x".repeat(400))]).landscape).toBe(false));
});
