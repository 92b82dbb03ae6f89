import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Arguments, readArguments } from "../../core/host/command-line/arguments.ts";
import { runCommand } from "../../core/host/command-line/run-command.ts";
import { memoryDoor } from "../core/api/memory-core.ts";

const folder = mkdtempSync(join(tmpdir(), "marginscope-validate-"));
const file = join(folder, "house.csv");
const days = Array.from({ length: 300 }, (_, at) => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10));
writeFileSync(
  file,
  ["time,loss,margin", ...days.map((day, at) => `${day},${at % 60 === 7 ? 120 : -5},100`)].join("\n"),
);

async function outcomeOf(args: readonly string[]) {
  const given: Arguments = readArguments(["validate", ...args]);
  return runCommand(given, { core: memoryDoor(), version: "0", onEvent: () => {}, job: "job" });
}

describe("marginscope validate", () => {
  const method = ["--method", "deribit-portfolio"];

  it("prints the pack: tests with critical value, p-value and decision, exceptions, disclosure", async () => {
    const outcome = await outcomeOf(["--series", file, ...method, "--confidence", "0.98"]);
    const text = outcome.code === 0 ? outcome.output : "";
    expect(text).toContain("house: tests of loss over margin");
    expect(text).toMatch(/Kupiec proportion of failures +0\.\d+ +above +3\.84146 +0\.\d+ +300 +accept/);
    expect(text).toContain("2025-01-08");
    expect(text).toContain("Public quantitative disclosure");
  });

  it.each([
    ["html", "<!doctype html>"],
    ["csv", "section,row,column,value,data"],
    ["json", '{"report":'],
    ["series", "series,unit,time,time_ms,loss,margin"],
  ])("writes the pack as %s", async (format, start) => {
    const outcome = await outcomeOf(["--series", file, ...method, "--format", format]);
    expect(outcome.code === 0 ? outcome.output : "").toContain(start);
  });

  it.each([
    [[...method], "validate needs --series FILE with --method ID, or --backtest ID"],
    [["--series", file], "validate needs --method ID for --series"],
    [["--series", file, ...method, "--confidence", "99"], "--confidence 99: expected a fraction"],
    [["--series", file, ...method, "--horizon", "0"], "--horizon 0: expected whole rows"],
    [["--series", file, ...method, "--format", "pdf"], "--format pdf: expected html, csv, json or series"],
    [["--series", file, ...method, "--charged", "x"], "--charged does not belong to: marginscope validate"],
  ])("misused as %j says why", async (args, words) => {
    const outcome = await outcomeOf(args);
    expect(outcome.code === 2 ? outcome.usage : "").toContain(words);
  });

  it("refuses a file that is not there and a backtest that is not stored", async () => {
    const missing = await outcomeOf(["--series", join(folder, "none.csv"), ...method]);
    expect(missing.code === 1 ? missing.failure.message : "").toContain("there is no such file");
    const unknown = await outcomeOf(["--backtest", "nobody"]);
    expect(unknown.code === 1 ? unknown.failure.reason : "").toBe("not-found");
  });
});
