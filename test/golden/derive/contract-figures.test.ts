import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { MarginResult } from "../../../core/margin/index.ts";
import { catalog, type Methodology } from "../../../core/methodology/index.ts";
import { caseFile } from "../../core/methodology/case-file.ts";
import { amountOf } from "../../core/methodology/expected-amount.ts";
import { casesOf, rulebookOf, rulesOf, runCase } from "../../core/methodology/run-case.ts";
import { unwrapped } from "../../core/result-value.ts";

const figures = z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number()])));
const wholeDollars = figures.parse(read("whole-dollars.json"));
const rounded = figures.parse(read("rounded.json"));
const worst = z.record(z.string(), z.string()).parse(read("worst-scenarios.json"));
const unordered = z.record(z.string(), caseFile).parse(read("unordered-factors.json"));

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), "utf8"));
}

function methodologyOf(id: string): Methodology {
  const found = catalog.get(id);
  if (found === undefined) throw new Error(`no methodology ${id}`);
  return found;
}

async function accountOf(id: string, file: string): Promise<MarginResult["accounts"][number] | undefined> {
  const given = casesOf(id).find((named) => named.file === `${file}.json`);
  if (given === undefined) throw new Error(`no case ${file}`);
  const run = await runCase(methodologyOf(id), rulesOf(rulebookOf(id), given.content), given.content);
  return unwrapped<MarginResult>(run).accounts[0];
}

async function surplusOf(id: string, file: string): Promise<readonly (number | undefined)[]> {
  return (await accountOf(id, file))?.surplus?.map(({ amount }) => amount) ?? [];
}

/** Cut off to whole dollars as the contract tests do. */
function cutOff(amount: number | undefined): number {
  return amount === undefined ? Number.NaN : Math.trunc(amount + Math.sign(amount) * 1e-6) + 0;
}

const rows = (table: typeof wholeDollars) =>
  Object.entries(table).flatMap(([id, byFile]) =>
    Object.entries(byFile).map(([file, expected]) => ({ id, file, expected })),
  );

describe("figures the contract tests state", () => {
  it.each(rows(wholeDollars))("$id $file in whole dollars", async ({ id, file, expected }) => {
    expect((await surplusOf(id, file)).map(cutOff)).toEqual(expected);
  });

  it.each(rows(rounded))("$id $file to one in a thousand", async ({ id, file, expected }) => {
    const found = await surplusOf(id, file);
    expect(found).toHaveLength(2);
    expected.forEach((amount, index) => {
      expect(Math.abs((found[index] ?? Number.NaN) - amount)).toBeLessThanOrEqual(1e-3 * Math.abs(amount));
    });
  });
});

/** A box gains and loses the same in every scenario: the contract's own choice among equals follows its last decimals. */
describe("the scenario that binds", () => {
  it.each(Object.entries(worst))("%s: %s, or one equal to it", async (file, scenario) => {
    const [matrix] = (await accountOf("derive-portfolio-2", file))?.matrices ?? [];
    const amount = (id: string | undefined) =>
      matrix?.cells.find(({ scenarioId }) => scenarioId === id)?.amount ?? Number.NaN;
    const [named, bound] = [amount(scenario), amount(matrix?.bindingScenarioId)];
    expect(Math.abs(named - bound)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(named)));
    const equals = matrix?.cells.filter((cell) => Math.abs(cell.amount - named) <= 1e-8 * Math.max(1, Math.abs(named)));
    if (equals?.length === 1) expect(matrix?.bindingScenarioId).toBe(scenario);
  });
});

describe("loss factors in the other order", () => {
  it.each(Object.entries(unordered))("%s", async (_, given) => {
    const id = "derive-portfolio-2";
    const result = unwrapped(await runCase(methodologyOf(id), rulesOf(rulebookOf(id), given), given));
    const wrong = Object.entries(given.expected).filter(([name, amount]) => {
      const found = amountOf(result, name) ?? Number.NaN;
      return !(Math.abs(found - amount) <= 1e-8 * Math.max(1, Math.abs(amount)));
    });
    expect(wrong).toEqual([]);
  });
});
