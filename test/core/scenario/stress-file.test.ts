import { Workbook } from "@cj-tech-master/excelts";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import {
  parseStressSet,
  readStressSet,
  type StressSet,
  stressSetCsv,
  stressSetJson,
  stressSetWorkbook,
} from "../../../core/scenario/index.ts";

const { set: parsed } = parseStressSet({
  name: "Two falls",
  description: "=1+1 is text here",
  owner: "desk",
  tags: ["a", "b"],
  provenance: "made by hand",
  sources: [{ id: "s", title: "A source", url: "none", version: "1" }],
  scenarios: [
    {
      id: "fall",
      label: "-50 %, and more",
      kind: "historical",
      start: "2020-03-12",
      end: "2020-03-13",
      horizonDays: 2,
      note: "a note\nof two lines",
      shocks: [
        { kind: "price", factor: "BTC", mode: "relative", amount: -0.514, quality: "dataset", source: "s" },
        { kind: "price", factor: "WTI", mode: "absolute", amount: -55.9 },
        {
          ...{ kind: "volatility", factor: "*", mode: "relative", amount: 1 / 3 },
          ...{ tenor: { fromDays: 0, toDays: 30 }, delta: { from: 0.1, to: 0.4 } },
        },
        { kind: "liquidity", spreadTimes: 5, furtherDays: 1 },
        { kind: "time", days: 1 },
      ],
      path: [
        { label: "close", days: 1, shocks: [{ kind: "price", factor: "BTC", mode: "relative", amount: -0.39 }] },
        { label: "low", days: 2, shocks: [{ kind: "price", factor: "BTC", mode: "relative", amount: -0.51 }] },
      ],
      figures: [{ factor: "BTC", from: 7938.05, to: 3858, change: -0.514, quality: "dataset", source: "s" }],
    },
    { id: "still", label: "Nothing moves" },
  ],
});
if (parsed === undefined) throw new Error("the set of the test is sound");
const set: StressSet = parsed;

const bytes = (text: string) => new TextEncoder().encode(text);

async function read(name: string, content: Uint8Array) {
  const result = await readStressSet({ name, bytes: content });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function refusal(name: string, content: Uint8Array): Promise<string> {
  const result = await readStressSet({ name, bytes: content });
  return result.ok ? "no refusal" : result.failure.message;
}

describe("a stress set as a file", () => {
  it("comes back from JSON and from Excel as it was", async () => {
    expect(await read("a.json", bytes(stressSetJson(set)))).toMatchObject({ set, problems: [], leftOut: [] });
    expect(await read("a.xlsx", await stressSetWorkbook(set))).toMatchObject({ set, problems: [], leftOut: [] });
  });

  it("comes back from CSV but for observed figures and titles of sources", async () => {
    const back = await read("a.csv", bytes(stressSetCsv(set)));
    expect(back.problems).toEqual([]);
    const without = set.scenarios.map((scenario) => ({ ...scenario, figures: [] }));
    expect(back.set).toEqual({ ...set, scenarios: without, sources: [{ id: "s", title: "s", url: "" }] });
  });

  it("guards text that a spreadsheet would run, and leaves numbers alone", () => {
    const text = stressSetCsv(set);
    expect(text).toContain("'=1+1 is text here");
    expect(text).toContain(",-0.514,");
  });
});

describe("a stress set from outside", () => {
  const header = "set,scenario,shock,factor,mode,amount";

  it("leaves a scenario with anything wrong out whole, and says where", async () => {
    const rows = [
      header,
      "Mine,good,price,BTC,relative,-0.2",
      "Mine,bad,price,BTC,relative,-0.2",
      "Mine,bad,price,ETH,relative,-1.5",
      "Mine,worse,price,ETH,relative,much",
    ];
    const back = await read("mine.csv", bytes(rows.join("\n")));
    expect(back.set.scenarios.map(({ id }) => id)).toEqual(["good"]);
    expect(back.leftOut).toEqual(["bad", "worse"]);
    expect(back.problems.map(({ row }) => row)).toEqual(expect.arrayContaining([4, 5]));
    for (const { at, rule } of back.problems) {
      expect(at).toContain("mine.csv:");
      expect(rule.length).toBeGreaterThan(5);
    }
  });

  it("refuses a file in which nothing is sound, by its first problem", async () => {
    expect(await refusal("a.csv", bytes(`${header}\nMine,a,price,BTC,relative,-2`))).toContain("a.csv:2");
    expect(await refusal("a.json", bytes('{"scenarios":[]}'))).not.toBe("no refusal");
  });

  it("names another layout, damaged JSON, an empty table and an unknown column", async () => {
    expect(await refusal("a.json", bytes('{"schema":"stress-set/9","set":{}}'))).toContain("stress-set/9");
    expect(await refusal("a.json", bytes('{"name":'))).toContain("no JSON");
    expect(await refusal("a.csv", bytes(header))).toContain("no rows");
    expect(await refusal("a.csv", bytes("a,b\n1,2"))).not.toBe("no refusal");
  });

  it("does not read formulas of a workbook: the scenario is left out", async () => {
    const book = new Workbook();
    const sheet = book.addWorksheet("Shocks");
    sheet.addRow(header.split(","));
    sheet.addRow(["Mine", "good", "price", "BTC", "relative", -0.2]);
    sheet.addRow(["Mine", "late", "price", "BTC", "relative", { formula: "1-2", result: -0.3 }]);
    const back = await read("a.xlsx", new Uint8Array(await book.xlsx.writeBuffer()));
    expect(back.set.scenarios.map(({ id }) => id)).toEqual(["good"]);
    expect(back.problems[0]).toMatchObject({ row: 3, column: "amount", found: "a formula" });
  });

  it("refuses a workbook that unpacks to too much, a zip that is none, and a cut one", async () => {
    const bomb = zipSync({ "xl/workbook.xml": strToU8("<a/>"), "xl/worksheets/a.xml": new Uint8Array(201_000_000) });
    expect(await refusal("bomb.xlsx", bomb)).toContain("unpacks to more than");
    expect(await refusal("a.xlsx", zipSync({ "a.txt": strToU8("x") }))).toContain("no Excel workbook");
    expect(await refusal("a.xlsx", (await stressSetWorkbook(set)).subarray(0, 900))).toContain("damaged");
  });
});
