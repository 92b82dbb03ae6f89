import { gzipSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { createResources } from "../../../core/host/resources.ts";
import {
  type ReadStressSet,
  readStressSet,
  type StressSet,
  stressSet,
  stressSetCsv,
  stressSetJson,
  stressSetWorkbook,
} from "../../../core/scenario/index.ts";

const file = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: typeof content === "string" ? strToU8(content) : content,
});

async function read(name: string, content: string | Uint8Array): Promise<ReadStressSet> {
  const found = await readStressSet(file(name, content));
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

async function refusal(name: string, content: string | Uint8Array): Promise<string | undefined> {
  const found = await readStressSet(file(name, content));
  return found.ok ? undefined : `${found.failure.reason}: ${found.failure.message}`;
}

const shocks = [
  {
    kind: "price",
    factor: "BTC",
    mode: "absolute",
    amount: -55.9,
    tenor: { fromDays: 0, toDays: 30 },
    note: '=1+1, "quoted"\nline',
  },
  { kind: "volatility", factor: "BTC", mode: "relative", amount: 0.5, delta: { from: 0, to: 0.25 } },
  {
    kind: "volatility",
    factor: "ETH",
    mode: "relative",
    amount: 0.5,
    rule: { tenor: { referenceDays: 30, shortPower: 0.3, longPower: 0.5, minimumDays: 1 } },
  },
  { kind: "skew", factor: "BTC", amount: 0.1 },
  { kind: "term", factor: "BTC", amount: 0.05 },
  { kind: "basis", factor: "BTC", amount: -0.1, contracts: "perpetual", quality: "published", source: "s" },
  { kind: "funding", factor: "BTC", amount: -0.00119, days: 1 / 3 },
  { kind: "rate", factor: "USD", amount: 0.01 },
  { kind: "stablecoin", factor: "USDC", mode: "level", amount: 0.9 },
  { kind: "haircut", factor: "ETH", amount: 0.2 },
  { kind: "correlation", amount: 0.5 },
  { kind: "liquidity", spreadTimes: 5, depthTimes: 0.1, furtherDays: 1 },
  { kind: "time", days: 1 },
];
const all: StressSet = stressSet.parse({
  ...{ name: "-All kinds", description: "d", owner: "Risk", tags: ["a", "b"], provenance: "p" },
  sources: [{ id: "s", title: "s", url: "" }],
  scenarios: [
    {
      id: "all",
      label: "+All",
      start: "2020-03-12",
      end: "2020-03-13",
      horizonDays: 2,
      weight: 0.1,
      stickiness: 1,
      tags: ["t"],
      shocks,
    },
    {
      ...{ id: "path", label: "Path", kind: "historical", note: "n" },
      path: [
        { label: "low", days: 1, shocks: [{ kind: "price", factor: "BTC", mode: "relative", amount: -0.3 }] },
        { label: "close", days: 1, shocks: [] },
      ],
    },
    { id: "base", label: "Nothing moves" },
  ],
});

describe("a set of every kind of shock", () => {
  it.each([
    ["json", () => stressSetJson(all)],
    ["csv", () => stressSetCsv(all)],
    ["xlsx", () => stressSetWorkbook(all)],
  ] as const)("comes back from %s", async (format, write) => {
    const found = await read(`a.${format}`, await write());
    expect(found.problems).toEqual([]);
    expect(found.set).toEqual(all);
    expect(found.format).toBe(format);
  });

  it("comes back from packed JSON, whatever the name", async () => {
    expect((await read("set.txt", gzipSync(strToU8(stressSetJson(all))))).set).toEqual(all);
  });

  it("is the same text each time", () => expect(stressSetJson(stressSet.parse({ ...all }))).toBe(stressSetJson(all)));
});

describe("sets that ship", () => {
  const [historical, hypothetical] = createResources()
    .stressSets()
    .map(({ content }) => content);
  it("come back whole from JSON and Excel, figures and sources too", async () => {
    for (const set of [historical, hypothetical]) {
      if (set === undefined) throw new Error("a set is missing");
      expect((await read("a.json", stressSetJson(set))).set).toEqual(set);
      expect((await read("a.xlsx", await stressSetWorkbook(set))).set).toEqual({ ...set, approval: "draft" });
    }
  });
});

describe("CSV", () => {
  const header = "scenario,shock,factor,mode,amount";
  it("needs no more than scenario and shock columns; the set is named after the file", async () => {
    const { set, decisions } = await read(
      "Our shocks.csv",
      `${header}\nfall,price,BTC,relative,-0.2\nfall,volatility,*,relative,50%\n`,
    );
    expect(set).toMatchObject({ name: "Our shocks", scenarios: [{ id: "fall", label: "fall" }] });
    expect(set.scenarios[0]?.shocks.map((shock) => "amount" in shock && shock.amount)).toEqual([-0.2, 0.5]);
    expect(decisions).toEqual(["numbers that end with % are read as percent: 50% is 0.5"]);
  });

  it("may have semicolons and decimal commas", async () => {
    const { set } = await read("a.csv", `${header.replaceAll(",", ";")}\nfall;price;BTC;relative;-0,25\n`);
    expect(set.scenarios[0]?.shocks[0]).toMatchObject({ amount: -0.25 });
  });

  it("guards texts against formulas and takes the guard off again", () => {
    const text = stressSetCsv(all);
    expect(text).toContain("'-All kinds");
    expect(text).toContain("'+All");
    expect(text).toContain(`"'=1+1, ""quoted""`);
    expect(text).toContain(",-55.9,");
  });

  it("leaves a scenario with anything wrong out whole, says row, column, value and rule, and keeps the others", async () => {
    const rows = [
      "good,price,BTC,relative,-0.2",
      "bad,price,BTC,relative,much",
      "bad,price,ETH,relative,-0.1",
      "low,price,BTC,relative,-1",
    ];
    const { set, problems, leftOut } = await read("a.csv", `${header}\n${rows.join("\n")}\n`);
    expect(set.scenarios.map(({ id }) => id)).toEqual(["good"]);
    expect(leftOut).toEqual(["bad", "low"]);
    expect(problems).toMatchObject([
      { at: "a.csv:3", row: 3, column: "amount", found: "much", rule: "amount is a number", scenario: "bad" },
      { at: "a.csv:5", row: 5, found: "-1", rule: expect.stringContaining("above -1"), scenario: "low" },
    ]);
  });

  it.each([
    ["fall,price,,relative,-0.2", "factor"],
    ["fall,weather,BTC,relative,-0.2", "shock"],
    ["fall,price,BTC,sideways,-0.2", "mode"],
    ["fall,correlation,BTC,,0.5", "factor"],
    [",price,BTC,relative,-0.2", "scenario"],
  ])("says which column is wrong in %s", async (row, column) => {
    const { problems } = await read("a.csv", `${header}\nok,price,BTC,relative,0.1\n${row}\n`);
    expect(problems).toMatchObject([{ row: 3, column }]);
  });

  it("refuses what is no table of shocks", async () => {
    expect(await refusal("a.csv", "instrument,amount\nBTC,1\n")).toBe(
      "parse-error: a.csv is no table of shocks: it has no column scenario and no column shock",
    );
    expect(await refusal("a.csv", `${header},wether\nfall,price,BTC,relative,1,2\n`)).toMatch(
      /columns that a table of shocks does not: wether/,
    );
    expect(await refusal("a.csv", `${header}\n`)).toBe("missing-data: the file has no rows");
    expect(await refusal("a.csv", `${header}\nfall,price,BTC,relative,1,2\n`)).toMatch(
      /a.csv:2 has 6 cells, the header 5/,
    );
    expect(await refusal("a.csv", `${header}\nbad,price,BTC,relative,x\n`)).toMatch(
      /^invalid-input: a.csv:2: amount is a number; found x/,
    );
  });

  it("refuses one step at two times", async () => {
    const rows =
      "fall,low,1,price,BTC,relative,-0.1\nfall,low,2,price,ETH,relative,-0.1\nok,,,price,BTC,relative,0.1\n";
    const { problems } = await read("a.csv", `scenario,step,step_days,shock,factor,mode,amount\n${rows}`);
    expect(problems).toMatchObject([{ row: 3, column: "step_days", rule: "step low is at 1 days in the row before" }]);
  });
});

describe("JSON", () => {
  it("keeps the good scenarios and leaves the others out", async () => {
    const bad = { id: "bad", label: "b", shocks: [{ kind: "price", factor: "BTC", mode: "relative", amount: -2 }] };
    const { set, leftOut, problems } = await read(
      "a.json",
      JSON.stringify({ ...all, scenarios: [...all.scenarios, bad] }),
    );
    expect(set).toEqual(all);
    expect(leftOut).toEqual(["bad"]);
    expect(problems).toMatchObject([{ scenario: "bad", shock: 1, found: "-2" }]);
  });

  it("refuses damage, other layouts and what is no set", async () => {
    expect(await refusal("a.json", '{"name": ')).toMatch(/^parse-error: the file is no JSON/);
    expect(await refusal("a.json", '{"schema": "stress-set/9", "set": {}}')).toBe(
      "unsupported: the file has the layout stress-set/9; this program reads stress-set/1",
    );
    expect(await refusal("a.json", "[1, 2]")).toMatch(/holds no stress set/);
    expect(await refusal("a.json", "{}")).toMatch(/^invalid-input/);
    expect(await refusal("a.json", "")).toBe("parse-error: the file is empty");
  });
});
