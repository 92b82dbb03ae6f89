import { describe, expect, it } from "vitest";
import { asksScale, mappingOf, openQuestions, suggestedColumns } from "../../../renderer/app/import/history-columns.ts";
import {
  type Inspected,
  needsMapping,
  problemFor,
  suggestedTarget,
  targetsOf,
} from "../../../renderer/app/import/import-target.ts";

const file = { name: "a", bytes: 1 };
const table = { columns: ["day", "settle", "iv"], rows: [["2024-01-01", "100", "20"]] };
const bookTable = { ...table, suggested: { kind: "positions", columns: {}, venue: "deribit" }, fields: [] } as const;

const ofKind = (kind: "positions" | "market"): Inspected => ({
  inspection: { ...file, format: { id: kind, title: kind, kind } },
  past: kind === "market" ? { ...file, format: { id: kind, title: kind, kind } } : { ...file, table },
});
const series: Inspected = {
  inspection: { ...file, table: bookTable },
  past: { ...file, format: { id: "factor-columns-csv", title: "Columns", kind: "series" } },
};
const unknown: Inspected = { inspection: { ...file, table: bookTable }, past: { ...file, table } };
const broken: Inspected = {
  inspection: { ...file, problem: { severity: "error", file: "a", rule: "read", message: "not readable" } },
  past: { ...file, problem: { severity: "error", file: "a", rule: "read", message: "not readable" } },
};
const many = (count: number): Inspected[] => Array.from({ length: count }, () => ofKind("market"));

describe("what files become", () => {
  it.each([
    ["a book and its market", [ofKind("positions"), ofKind("market"), ofKind("market")], "book"],
    ["the files of one market", many(4), "book"],
    ["chains of many days", many(8), "panel"],
    ["more files than a book has", many(250), "panel"],
    ["a book among many markets", [ofKind("positions"), ...many(20)], "book"],
    ["series", [series, series], "history"],
    ["series and a table nobody knows", [series, unknown], "history"],
    ["a table nobody knows", [unknown], "book"],
    ["nothing readable", [broken], "book"],
  ] as const)("%s", (_, files, target) => expect(suggestedTarget(files)).toBe(target));

  it("offers only what is possible", () => {
    expect(targetsOf([ofKind("market")])).toEqual(["book"]);
    expect(targetsOf(many(2))).toEqual(["book", "panel", "history"]);
    expect(targetsOf(many(51))).toEqual(["panel", "history"]);
    expect(targetsOf([unknown])).toEqual(["book", "history"]);
    expect(targetsOf([broken])).toEqual([]);
  });

  it("says why a file is of no use for it", () => {
    expect(problemFor(broken, "history")).toBe("not readable");
    expect(problemFor(series, "book")).toContain("history");
    expect(problemFor(series, "history")).toBeUndefined();
    expect(problemFor(series, "panel")).toBe("no market file");
    expect(problemFor(ofKind("market"), "panel")).toBeUndefined();
  });

  it("asks for columns of tables that no layout claims", () => {
    expect([needsMapping(unknown, "book"), needsMapping(unknown, "history"), needsMapping(unknown, "panel")]).toEqual([
      true,
      true,
      false,
    ]);
    expect(needsMapping(series, "history")).toBe(false);
  });
});

describe("columns of an unknown history", () => {
  it("suggests the time, its meaning and a price named after the file", () =>
    expect(suggestedColumns("gold-daily.csv", table)).toEqual({
      time: "day",
      stamp: "day",
      factors: { day: "", settle: "price:GOLD", iv: "" },
      scales: {},
    }));
  it("takes columns named by factors, and instants as instants", () => {
    const named = { columns: ["timestamp", "price:BTC", "note"], rows: [["2024-01-01T08:00:00Z", "1", "x"]] };
    expect(suggestedColumns("x.csv", named)).toMatchObject({
      time: "timestamp",
      stamp: "instant",
      factors: { "price:BTC": "price:BTC", note: "" },
    });
  });
  it("asks how fractions are written, never of prices", () => {
    expect(["price:BTC", "margin:cme/ES", "volatility:BTC:30d", "funding:BTC", ""].map(asksScale)).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });
  it("says what is open, and gives the mapping when nothing is", () => {
    const columns = suggestedColumns("gold.csv", table);
    const withVolatility = { ...columns, factors: { ...columns.factors, iv: "volatility:GOLD:30d" } };
    expect(openQuestions({ ...columns, factors: {} })).toEqual(["at least one factor"]);
    expect(openQuestions({ ...columns, factors: { settle: "gold" } })).toEqual([
      "a factor of settle such as price:BTC or volatility:BTC:30d",
    ]);
    expect(openQuestions({ ...columns, factors: { settle: "price:A", iv: "price:A" } })).toEqual([
      "another factor than price:A, which two columns have",
    ]);
    expect(openQuestions(withVolatility)).toEqual(["percent or fraction of iv"]);
    const said = { ...withVolatility, scales: { iv: "percent" } } as const;
    expect(openQuestions(said)).toEqual([]);
    expect(mappingOf(said)).toEqual({
      time: "day",
      stamp: "day",
      values: [
        { column: "settle", factor: "price:GOLD" },
        { column: "iv", factor: "volatility:GOLD:30d", scale: "percent" },
      ],
    });
  });
});
