import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { buildBook, runMargin, underRules } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { decayLine, mostDecay } from "../../../core/methodology/okx-portfolio/decay.ts";
import { rules as schema } from "../../../core/methodology/okx-portfolio/rules.ts";
import { hedgeVolumes } from "../../../core/methodology/okx-portfolio/stablecoin-hedge.ts";
import { unitsOf } from "../../../core/methodology/okx-portfolio/units.ts";
import { type RulesChoice, resolveRules } from "../../../core/rulebook/index.ts";
import { unwrapped } from "../result-value.ts";
import { caseInputs } from "./case-file.ts";
import { amountOf } from "./expected-amount.ts";
import { casesOf, rulebookOf, rulesOf } from "./run-case.ts";

const amounts = z.object({ USDT: z.number(), USDC: z.number(), USD: z.number() });
const volumes = z.object({
  expected: z.object({
    cases: z.array(z.object({ cashDelta: amounts, usdtUsd: z.number(), usdtUsdc: z.number(), usdcUsd: z.number() })),
  }),
});

it("matches deltas against stablecoins in the venue's order of priority", () => {
  const path = resolve(import.meta.dirname, "../../golden/okx/mr9-hedge-volumes.json");
  const { expected } = volumes.parse(JSON.parse(readFileSync(path, "utf8")));
  for (const { cashDelta, usdtUsd, usdtUsdc, usdcUsd } of expected.cases)
    expect(hedgeVolumes(cashDelta).map(({ volume }) => volume)).toEqual([usdtUsd, usdtUsdc, usdcUsd]);
});

const methodology = catalog.get("okx-portfolio");
if (methodology === undefined) throw new Error("okx-portfolio is in the catalogue");
const rulebook = rulebookOf("okx-portfolio");

function named(file: string) {
  const found = casesOf("okx-portfolio").find((entry) => entry.file === file);
  if (found === undefined) throw new Error(`no case ${file}`);
  return caseInputs(found.content);
}

const run = async (inputs: ReturnType<typeof named>, choice: RulesChoice, more: object = {}) =>
  unwrapped(await runMargin({ ...inputs, methodology, rules: unwrapped(resolveRules(rulebook, choice)), ...more }));

describe("rule versions", () => {
  const inputs = named("own-roll-out.json");
  it("of the roll-out are chosen by name: one unit against two", async () => {
    const byDate = await run(inputs, { date: "2025-01-02" });
    const byName = await run(inputs, { name: "merged-2024-12-30" });
    expect(byDate.rules.version).toBe("separate-2024-06-05");
    expect(byDate.accounts[0]?.matrices.map(({ title }) => title)).toEqual([
      "Stress test of BTC-USDT",
      "Stress test of BTC-USD",
    ]);
    expect(byName.accounts[0]?.matrices.map(({ title }) => title)).toEqual(["Stress test of BTC"]);
    expect(byName.totals.initialUsd).toBeLessThan(byDate.totals.initialUsd);
  });
  it("hold by date once the merge is over", async () => {
    const versions = ["2025-01-20", "2025-01-21", "2026-08-01"].map((date) =>
      unwrapped(resolveRules(rulebook, { date })),
    );
    expect(versions.map(({ version }) => version)).toEqual([
      "separate-2025-01-15",
      "merged-2025-01-21",
      "merged-2025-12-04",
    ]);
  });
});

describe("a part the venue states", () => {
  const inputs = named("own-calendars.json");
  const today = { date: "2026-01-10" } as const;
  const set = (underlying?: string) => ({
    components: [{ id: "basis-contingency", currency: "USD", amount: 5000, ...(underlying && { underlying }) }],
  });
  it("replaces the computed one of its unit, and is shown as set", async () => {
    const result = await run(inputs, today, set("SOL"));
    expect(amountOf(result, "SOL/mr4")).toBe(5000);
    expect(amountOf(result, "BTC/mr4")).toBe(amountOf(await run(inputs, today), "BTC/mr4"));
    expect(result.remarks.filter(({ message }) => message.includes("not used"))).toEqual([]);
  });
  it("is named when it belongs to no unit of the book", async () => {
    for (const underlying of ["DOGE", undefined]) {
      const { remarks } = await run(inputs, today, set(underlying));
      expect(remarks.filter(({ message }) => message.includes("not used"))).toHaveLength(1);
    }
  });
});

it("says which parts of a book with options are not modelled", async () => {
  const { accuracy, remarks } = await run(named("own-options.json"), { date: "2026-01-10" });
  expect(accuracy).toBe("approximate");
  const text = remarks.map(({ message }) => message).join("\n");
  expect(text).toContain("MR3 (vega across 4 expiries)");
  expect(text).toContain("MR5 (interest rate of options)");
});

it("takes the adjusted equity of the whole account where a reply states nothing else", async () => {
  const inputs = named("own-roll-out.json");
  const whole = {
    currency: "USD",
    equity: 90_000,
    marginBalance: 80_000,
    wholeAccount: true,
    basis: "imported",
  } as const;
  const portfolio = { ...inputs.portfolio, balances: [whole] };
  const result = await run({ ...inputs, portfolio }, { name: "merged-2024-12-30" });
  expect(amountOf(result, "cross/margin-balance")).toBe(80_000);
  expect(amountOf(result, "cross/equity")).toBe(90_000);
});

it("bounds what time takes from options: MR2 is left out of amounts only where it cannot be the largest", () => {
  const found: number[] = [];
  for (const { content } of casesOf("okx-portfolio")) {
    const rules = rulesOf(rulebook, content);
    const under = unwrapped(underRules(methodology, rules));
    const { book } = unwrapped(buildBook({ ...caseInputs(content), methodology: under }));
    const parameters = schema.parse(rules.parameters);
    for (const unit of unitsOf(book, parameters)) {
      const { amount } = decayLine(unit, parameters, false);
      expect(amount).toBeLessThanOrEqual(mostDecay(unit, parameters));
      if (amount > 0) found.push(amount / mostDecay(unit, parameters));
    }
  }
  // At the money the bound is nearly reached, so that it would not hold if it were smaller.
  expect(Math.max(...found)).toBeGreaterThan(0.9);
});
