import { describe, expect, it } from "vitest";
import { walk } from "../../../../core/methodology/index.ts";
import strategyBased from "../../../../core/methodology/strategy-based/index.ts";
import { unwrapped } from "../../result-value.ts";
import { caseInputs } from "../case-file.ts";
import { casesOf, rulebookOf, rulesOf, runCase } from "../run-case.ts";

const rulebook = rulebookOf("strategy-based");

function contentOf(file: string) {
  const found = casesOf("strategy-based").find((one) => one.file === `${file}.json`);
  if (found === undefined) throw new Error(`no case ${file}`);
  return found.content;
}

async function linesOf(file: string, which: "initial" | "maintenance" = "initial", share = 1) {
  const content = contentOf(file);
  const { portfolio } = caseInputs(content);
  const positions = portfolio.positions.map((position) => ({ ...position, quantity: position.quantity * share }));
  const changed = { portfolio: { ...portfolio, positions } };
  const result = unwrapped(await runCase(strategyBased, rulesOf(rulebook, content), content, changed));
  const [account] = result.accounts;
  if (account === undefined) throw new Error("no account");
  return [...walk(account[which])];
}

describe("the statement of strategy-based margin", () => {
  it.each([
    ["index-put-credit-spread", "Vertical put spread × 1"],
    ["long-put-condor", "Long put condor × 1"],
    ["long-put-butterfly-unequal", "Long put butterfly × 1"],
    ["iron-butterfly", "Iron butterfly × 1"],
    ["diagonal", "Diagonal call spread × 1"],
    ["index-short-straddle", "Short straddle × 1"],
    ["short-box-spy", "Short box × 1"],
    ["covered-put", "Covered put × 1"],
  ] as const)("names %s a %s", async (file, name) => {
    expect((await linesOf(file)).map(({ label }) => label)).toContain(name);
  });

  it.each([
    ["collar-maintenance", "Collar × 1"],
    ["reverse-conversion", "Reverse conversion × 1"],
    ["own-conversion", "Conversion × 1"],
    ["own-protective-call", "Protective call × 1"],
  ] as const)("names %s a %s at maintenance", async (file, name) => {
    expect((await linesOf(file, "maintenance")).map(({ label }) => label)).toContain(name);
  });

  it("shows every leg with its contracts and price, and says what pairing saved", async () => {
    const lines = await linesOf("iron-butterfly");
    const legs = lines.filter(({ id }) => /\/value\/\d+$/.test(id));
    expect(legs.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-700, -20, 10, 400]);
    expect(legs.every(({ positionId }) => positionId !== undefined)).toBe(true);
    const pool = lines.find(({ rule }) => rule === "9");
    const input = (label: RegExp) => pool?.inputs.find((one) => label.test(one.label))?.value;
    expect(input(/apart/)).toBeGreaterThan(400);
    expect(Number(input(/apart/)) - Number(input(/saved by pairing/))).toBeCloseTo(400, 6);
  });

  it("pairs whole contracts only: a fraction stands alone", async () => {
    const lines = await linesOf("index-put-credit-spread", "initial", 1.5);
    const groups = lines.filter(({ id }) => /^USD\/initial\/SPX\/\d+$/.test(id)).map(({ label }) => label);
    expect(groups).toContain("Vertical put spread × 1");
    expect(groups.filter((label) => label.includes("0.5"))).toHaveLength(2);
  });
});
