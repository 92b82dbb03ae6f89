import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readArguments } from "../../core/host/command-line/arguments.ts";
import { marginReport } from "../../core/host/command-line/margin-report.ts";
import { runCommand } from "../../core/host/command-line/run-command.ts";
import { localCore } from "../../core/host/local-core.ts";
import type { MarginResult } from "../../core/margin/index.ts";
import { memoryDoor } from "../core/api/memory-core.ts";

/** The report of a book of one perpetual, with the rows given after its header. */
async function reportOf(...rows: readonly string[]): Promise<string> {
  const text = ["symbol,quantity,mark_price,index_price", ...rows].join("\n");
  const source = { files: [{ name: "book.csv", text }] };
  const core = localCore({ libraryPath: ":unused:", host: "test" });
  const answer = await core.call({
    operation: "margin.run",
    input: { portfolio: source, market: source, methodology: "deribit-portfolio", rules: { date: "2026-11-20" } },
  });
  await core.close();
  if (!answer.ok) throw new Error(answer.failure.message);
  return marginReport(answer.value as MarginResult);
}

describe("the printed margin report", () => {
  const good = "BTC-PERPETUAL,1000,94270.34,94250.55";

  it("says above the totals that rows were rejected, and names each below", async () => {
    const report = await reportOf(good, "BTC-25DEC26,abc,94900,94250.55");
    expect(report.indexOf("were rejected and are not in these totals")).toBeGreaterThan(0);
    expect(report.indexOf("were rejected")).toBeLessThan(report.indexOf("All accounts, USD"));
    expect(report).toContain("- 1 row of book.csv was rejected when it was imported");
    expect(report.match(/- rejected book\.csv:3: quantity is "abc"/g)).toHaveLength(1);
  });
  it("says nothing of rejected rows where there are none", async () => {
    expect(await reportOf(good)).not.toContain("rejected");
  });
});

describe("marginscope margin", () => {
  const run = (...args: readonly string[]) =>
    runCommand(readArguments(["margin", "--sample", ...args]), {
      ...{ core: memoryDoor(), version: "0", job: "job" },
      onEvent: () => {},
    });

  it("prints decompositions with the check of their sum, the largest parts first", async () => {
    const outcome = await run("--method", "var-es-margin", "--history", "sample");
    const text = outcome.code === 0 ? outcome.output : JSON.stringify(outcome);
    expect(text).toContain("the parts add up");
    expect(text).toMatch(/the 12 largest of \d+ parts/);
    expect(text).toMatch(/loss > 0 +Weight/);
  });

  it.each([
    ["xlsx", "PK"],
    ["csv", "row,account,of,id"],
    ["json", '{"'],
    ["html", "<!doctype html>"],
  ])("writes a file ending in .%s", async (ending, start) => {
    const folder = mkdtempSync(join(tmpdir(), "marginscope-margin-"));
    const path = join(folder, `margin.${ending}`);
    const outcome = await run("--method", "deribit-portfolio", "--output", path);
    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining(`wrote ${path}`) });
    expect(readFileSync(path).toString("latin1").startsWith(start)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it("refuses an ending it does not write, and a folder that is not there", async () => {
    expect(await run("--method", "deribit-portfolio", "--output", "margin.pdf")).toMatchObject({
      code: 2,
      usage: expect.stringContaining(".xlsx, .csv, .json or .html"),
    });
    const nowhere = join(tmpdir(), "no-such-folder-of-marginscope", "margin.csv");
    expect(await run("--method", "deribit-portfolio", "--output", nowhere)).toMatchObject({
      code: 1,
      failure: { message: expect.stringContaining(`cannot write ${nowhere}`) },
    });
  });
});
