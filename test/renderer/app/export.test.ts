import { describe, expect, it } from "vitest";
import { factLines, factsOf, runId } from "../../../renderer/app/export/facts.ts";
import { inLightInk } from "../../../renderer/app/export/panel-figures.ts";
import { workbookOf } from "../../../renderer/app/export/panel-file.ts";
import type { MarginResult } from "../../../renderer/client/types.ts";
import { type Figure, type Ink, lightInk } from "../../../renderer/figures/figure.ts";

const result = {
  methodology: { id: "deribit-portfolio", title: "Deribit", venue: "deribit" },
  rules: {
    version: "v1",
    parameters: { general: { factor: 0.9, name: "x" } },
    overrides: [{ path: "/general/factor", value: 0.9, replaced: 0.8 }],
  },
  portfolioName: "Desk",
  marketName: "Friday",
  asOfMs: Date.UTC(2026, 10, 22, 14, 5, 9),
  excluded: [{ id: "p9", symbol: "DOGE-PERP", quantity: 1, failure: { reason: "missing-data", message: "no mark" } }],
  included: { positions: 2, of: 3 },
  accuracy: "approximate",
  remarks: [{ message: "torn snapshot", rule: "4.1" }],
  synthetic: true,
  inputs: { portfolio: "aaaa1111", market: "bbbb2222", parameters: "cccc3333" },
} as unknown as MarginResult;
const marks = [{ kind: "approx", text: "approximate", detail: "smile extrapolated" } as const];

describe("what an exported number stands on", () => {
  it("names the run by the first digits of its inputs, so that equal inputs have equal names", () => {
    expect(runId(result)).toBe("aaaa-bbbb-cccc");
  });

  it("lists inputs, method, overrides, exclusions, remarks and marks", () => {
    const text = factLines(factsOf(result, marks)).join("\n");
    expect(text).toContain("portfolio Desk sha256 aaaa1111");
    expect(text).toContain("market Friday at 2026-11-22T14:05:09.000Z sha256 bbbb2222");
    expect(text).toContain("methodology deribit-portfolio version v1 parameters sha256 cccc3333 accuracy approximate");
    expect(text).toContain("override /general/factor = 0.9 (published 0.8)");
    expect(text).toContain("excluded DOGE-PERP: no mark");
    expect(text).toContain("remark torn snapshot (rule 4.1)");
    expect(text).toContain("included 2 of 3 positions");
    expect(text).toContain("synthetic data");
    expect(text).toContain("mark approximate: smile extrapolated");
  });

  it("is the marks alone where no margin has been computed", () => {
    expect(factsOf(undefined, marks)).toEqual([["mark", "approximate: smile extrapolated"]]);
  });
});

describe("a panel as a workbook", () => {
  const table = {
    name: "Rows",
    header: ["Instrument", "Margin, USD", "Count", "Time", "Mixed", "None"],
    rows: [
      ["=A1", 1.5, 1, "2026-11-22 14:05:09Z", 1, null],
      ["B", Number.NaN, 2, "2026-11-23 00:00:00Z", "x", undefined],
    ],
    remarks: ["prices of Friday"],
  };
  const book = workbookOf({ panel: "positions", title: "Positions", tables: [table], marks }, result);
  const [sheet, parameters] = book.sheets;

  it("types its columns by what stands in them", () => {
    expect(sheet?.columns.map(({ kind, format }) => [kind, format])).toEqual([
      ["text", undefined],
      ["number", "#,##0.00######"],
      ["number", "#,##0"],
      ["date", undefined],
      ["text", undefined],
      ["text", undefined],
    ]);
    expect(sheet?.rows).toEqual([
      ["=A1", 1.5, 1, Date.UTC(2026, 10, 22, 14, 5, 9), 1, null],
      ["B", null, 2, Date.UTC(2026, 10, 23), "x", null],
    ]);
  });

  it("brings the parameters with what was published where they are overridden", () => {
    expect(parameters?.rows).toEqual([
      ["/general/factor", 0.9, "0.8"],
      ["/general/name", "x", null],
    ]);
  });

  it("says on About what the numbers rest on, remarks of the table included", () => {
    expect(book.about.createdMs).toBe(result.asOfMs);
    expect(book.about.facts).toContainEqual(["Rows", "prices of Friday"]);
    expect(book.about.facts).toContainEqual(["run", "aaaa-bbbb-cccc"]);
  });
});

describe("a chart for paper", () => {
  it("takes the light ink wherever the theme had coloured it, and leaves its data alone", () => {
    const ink: Ink = { text: "#fff", muted: "#999", paper: "#000", first: "#86aeff", second: "#fdb863" };
    const heights = Float64Array.of(1, 2);
    const figure = {
      data: [{ type: "scatter", y: heights, line: { color: "#86aeff" }, text: ["#fff5"] }],
      layout: { annotations: [{ text: "#999", font: { color: "#999" } }], colorway: ["#123456"] },
    } as unknown as Figure;
    const light = inLightInk({ figure, ink }) as unknown as {
      data: { y: unknown; line: { color: string }; text: string[] }[];
      layout: { annotations: { font: { color: string } }[]; colorway: string[] };
    };
    expect(light.data[0]?.y).toBe(heights);
    expect(light.data[0]?.line.color).toBe(lightInk.first);
    expect(light.data[0]?.text).toEqual(["#fff5"]);
    expect(light.layout.annotations[0]?.font.color).toBe(lightInk.muted);
    expect(light.layout.colorway).toEqual(["#123456"]);
  });
});
