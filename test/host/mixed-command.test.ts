import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../core/host/bin/built.mjs";
import { readArguments } from "../../core/host/command-line/arguments.ts";
import { runCommand } from "../../core/host/command-line/run-command.ts";
import { memoryDoor } from "../core/api/memory-core.ts";

const sample = (path: string) => join(root, "resources/sample", path);
/** A listed book and a crypto book as one, each with the market of its own files. */
const files = [
  ...["--positions", sample("listed/synthetic-listed-positions.csv")],
  ...["--positions", sample("portfolio/synthetic-positions.json")],
  ...["--market", sample("listed/synthetic-listed-market.csv")],
  ...["--market", sample("market/synthetic-book-summary-btc.json")],
];
const listed = files.filter((_, place) => [0, 1, 4, 5].includes(place));

async function outcomeOf(...args: readonly string[]) {
  const outcome = await runCommand(readArguments(args), {
    core: memoryDoor(),
    version: "0",
    onEvent: () => {},
    job: "job",
  });
  return { code: outcome.code, text: outcome.code === 0 ? outcome.output : "" };
}

describe("marginscope coverage", () => {
  it("prints methods with their counts and, for each position, who margins it", async () => {
    const { text } = await outcomeOf("coverage", ...listed);
    expect(text).toMatch(/12 positions, 0 that no method margins/);
    expect(text).toMatch(/strategy-based +12\n/);
    expect(text).toMatch(/BRAVO +10,000 +risk-based-customer, strategy-based/);
  });
  it("prints the reason where none does", async () => {
    const { text } = await outcomeOf("coverage", ...listed, "--method", "deribit-portfolio");
    expect(text).toMatch(/BRAVO +10,000 +none +BRAVO is a listed contract; this method margins contracts of crypto/);
  });
});

describe("marginscope mixed", () => {
  it("prints the parts of a book of crypto and listed products, and positions that are in none", async () => {
    const { text } = await outcomeOf(
      "mixed",
      ...files,
      "--method",
      "deribit-portfolio",
      "--method",
      "risk-based-customer",
    );
    expect(text).toMatch(/Deribit segregated portfolio margin .* +\d+ +[\d,]+\.\d\d/);
    expect(text).toMatch(/BTC-27NOV26-96000-C +−30 +Deribit segregated/);
    expect(text).toMatch(/Sum of the parts, nothing netted between them: initial [\d,]+\.\d\d/);
    // The market of the crypto book is later: the listed options have expired by then, and are named.
    expect(text).toMatch(/BRAVO 2026-03-20 100 C is in no part:\n {2}Deribit.*\n {2}Risk-based.*expired on 2026-03-20/);
  });
  it.each([
    [["mixed", ...files]],
    [["mixed", "--method", "x"]],
    [["coverage"]],
    [["mixed", ...files, "--reference", "1"]],
  ])("refuses %j", async (args) => expect((await outcomeOf(...args)).code).toBe(2));
  it("refuses an unknown method", async () =>
    expect((await outcomeOf("mixed", ...listed, "--method", "none")).code).toBe(1));
});
