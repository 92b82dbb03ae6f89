import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../core/host/bin/built.mjs";
import { readArguments } from "../../core/host/command-line/arguments.ts";
import { runCommand } from "../../core/host/command-line/run-command.ts";
import { memoryDoor } from "../core/api/memory-core.ts";

const listed = (name: string) => join(root, "resources/sample/listed", `synthetic-listed-${name}.csv`);
const files = ["--positions", listed("positions"), "--market", listed("market")];

async function outcomeOf(...args: readonly string[]) {
  return runCommand(readArguments(["netting-benefit", ...args]), {
    core: memoryDoor(),
    version: "0",
    onEvent: () => {},
    job: "job",
  });
}

describe("marginscope netting-benefit", () => {
  it("prints groups, totals and positions against the strategy-based baseline", async () => {
    const outcome = await outcomeOf(...files);
    const text = outcome.code === 0 ? outcome.output : "";
    expect(text).toMatch(/DELTA +71,800\.00 +7,500\.00 +64,300\.00/);
    expect(text).toMatch(/INDF, INDX +7,241,700\.00 +47,885\.\d\d/);
    expect(text).toMatch(/Requirement +8,502,300\.00 +371,38\d\.\d\d +8,130,91\d\.\d\d/);
    expect(text).toMatch(/CHARLIE 2026-03-20 95 P +10,000 +19,200\.00/);
  });

  it("takes other methods and another baseline", async () => {
    const methods = ["--method", "risk-based-customer", "--method", "strategy-based", "--reference", "2"];
    const outcome = await outcomeOf(...files, ...methods);
    expect(outcome.code === 0 ? outcome.output : "").toMatch(/Group +risk-based-customer +benefit +strategy-based/);
  });

  it.each([
    [[]],
    [["--positions", "x.csv", "--sample"]],
    [[...files, "--reference", "0"]],
    [[...files, "--charged", "x"]],
  ])("refuses %j", async (args) => {
    expect((await outcomeOf(...args)).code).toBe(2);
  });

  it("refuses an unknown method and crypto positions", async () => {
    expect((await outcomeOf(...files, "--method", "none")).code).toBe(1);
    const crypto = ["portfolio/synthetic-positions.json", "market/synthetic-book-summary-btc.json"].map((name) =>
      join(root, "resources/sample", name),
    );
    const [positions = "", market = ""] = crypto;
    expect((await outcomeOf("--positions", positions, "--market", market)).code).toBe(1);
  });
});
