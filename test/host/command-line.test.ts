import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../core/host/bin/built.mjs";
import { readArguments } from "../../core/host/command-line/arguments.ts";
import { defaultLibraryPath } from "../../core/host/library-path.ts";
import { buildCore, bundles, node } from "./built.ts";

const folder = mkdtempSync(join(tmpdir(), "marginscope-cli-"));
const libraryPath = join(folder, "data", "library.sqlite");
const positions = join(root, "resources/sample/portfolio/synthetic-positions.json");
const balances = join(root, "resources/sample/portfolio/synthetic-account-summaries.json");
const market = ["btc", "eth"].map((coin) => join(root, `resources/sample/market/synthetic-book-summary-${coin}.json`));
const files = ["--positions", positions, "--positions", balances, ...market.flatMap((path) => ["--market", path])];

beforeAll(buildCore, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function marginscope(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(node, [bundles.cli, ...args, "--library", libraryPath], {
    encoding: "utf8",
    cwd: folder,
  });
  return { status, stdout, stderr };
}

describe("marginscope margin", () => {
  it("prints totals, accounts, the binding scenario, the statement and its rules", () => {
    const { status, stdout, stderr } = marginscope("margin", ...files, "--method", "deribit-portfolio");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Deribit segregated portfolio margin/);
    expect(stdout).toMatch(/rules erm-2026-09-23, from 2026-09-23/);
    expect(stdout).toMatch(/Initial margin +[\d,]+\.\d\d\n/);
    expect(stdout).toMatch(/BTC +BTC +\d+\.\d{8} .*vol (down|same|up) \(−/);
    expect(stdout).toMatch(/Account ETH\nStatement/);
    expect(stdout).toMatch(/ {4}Risk matrix margin +[\d.]+ +BTC +sum +9\.1/);
  });
  it("agrees with margin.run on the same files", () => {
    const short = marginscope("margin", ...files, "--method", "deribit-standard", "--json");
    const source = (paths: readonly string[]) => ({ files: paths.map((path) => ({ path })) });
    const request = {
      portfolio: source([positions, balances]),
      market: source(market),
      methodology: "deribit-standard",
    };
    const path = join(folder, "request.json");
    writeFileSync(path, JSON.stringify(request));
    const long = marginscope("margin.run", `@${path}`, "--json");
    expect(long.status).toBe(0);
    expect(long.stdout).toBe(short.stdout);
  });
  it("leaves no library behind when none is needed", () => {
    marginscope("margin", ...files, "--method", "deribit-standard");
    expect(existsSync(libraryPath)).toBe(false);
  });
  it("takes the marks that the positions state when no market is given", () => {
    const { status, stdout } = marginscope("margin", "--positions", positions, "--method", "deribit-standard");
    expect(status).toBe(0);
    expect(stdout).toMatch(/60 of 60|66 of 66/);
  });
  it("takes the suggested mapping of an unknown CSV when asked, and a mapping of the user's", () => {
    const table = join(folder, "book.csv");
    writeFileSync(table, "contract,qty\nBTC-PERPETUAL,1000\nnonsense,1\n");
    const of = (...flags: readonly string[]) =>
      marginscope("margin", "--positions", table, ...files.slice(4), "--method", "deribit-standard", ...flags);
    expect(of()).toMatchObject({ status: 1, stderr: expect.stringContaining("map the columns first") });
    const mapping = join(folder, "mapping.json");
    const columns = { symbol: "contract", quantity: "qty" };
    writeFileSync(mapping, JSON.stringify({ kind: "positions", columns, venue: "deribit" }));
    for (const choice of ["suggested", mapping]) {
      const { status, stdout } = of("--mapping", choice);
      expect(status).toBe(0);
      expect(stdout).toMatch(/1 of 1 positions included/);
      expect(stdout).toMatch(/rejected book\.csv:3/);
    }
  });
  it("takes rules by day, by name and from a file, and marks overrides", () => {
    const of = (...flags: readonly string[]) =>
      marginscope("margin", "--sample", "--method", "deribit-portfolio", ...flags).stdout;
    expect(of("--rules", "2026-03-01")).toContain("rules erm-2026-02-15");
    expect(of("--rules", "erm-2024-02-01")).toContain("rules erm-2024-02-01");
    const resolved = marginscope(
      "rulebook.resolve",
      '{"methodology":"deribit-portfolio","rules":{"name":"erm-2024-02-01"}}',
      "--json",
    );
    writeFileSync(join(folder, "own.json"), JSON.stringify(JSON.parse(resolved.stdout).parameters));
    expect(of("--rules", "own.json")).toContain("rules own.json");
    expect(of("--override", "general/maintenanceFactor=0.9")).toContain(
      "set by you: /general/maintenanceFactor = 0.9 (was 0.8)",
    );
  });
  it.each([
    ["a method that is not there", ["margin", "--sample", "--method", "none"], "there is no methodology"],
    [
      "a file that is not there",
      ["margin", "--positions", "no.json", "--market", "no.json", "--method", "x"],
      "no.json",
    ],
    [
      "a version that is not there",
      ["margin", "--sample", "--method", "deribit-portfolio", "--rules", "x"],
      "no rules",
    ],
    ["an override without value", ["margin", "--sample", "--method", "x", "--override", "a"], "PATH=VALUE"],
    ["an operation that is not there", ["price.nothing"], "no operation"],
    ["input that is not JSON", ["price.option", "{"], "not JSON"],
  ])("refuses %s with exit code 1 and the reason on stderr", (_, args, words) => {
    const { status, stdout, stderr } = marginscope(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^refused \([a-z-]+\): /);
    expect(stderr).toContain(words);
  });
});

const reply = join(root, "test/golden/oracle/deribit-pme-simulate-btc.json");

describe("marginscope reconcile", () => {
  it("takes everything from the reply and prints verdict, lines and cells", () => {
    const { status, stdout, stderr } = marginscope("reconcile", "--charged", reply);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^deribit-pme-simulate-btc.json against deribit: matched\n10 matched, 0 within rounding/);
    expect(stdout).toMatch(/ {4}Roll shock +0\.00315725898000 +0\.00315725898000 +BTC +matched/);
    expect(stdout).toContain("Scenario cells: 89 compared, 89 matched");
  });
  it("names the input that explains a gap, and the way from our figure to the charged one", () => {
    const { stdout } = marginscope("reconcile", "--charged", reply, "--override", "/pairs/btc_usd/priceRange=0.3");
    expect(stdout).toMatch(/: explained\n/);
    expect(stdout).toMatch(/Initial margin +.* explained +parameters of the reply/);
    expect(stdout).toMatch(/own +0\.\d+\nparameters of the reply +−0\.\d+\ncharged +0\.122861343/);
  });
  it("agrees with break-report.run", () => {
    const short = marginscope("reconcile", "--charged", reply, "--json");
    const long = marginscope("break-report.run", JSON.stringify({ charged: [{ path: reply }] }), "--json");
    expect(short.stdout).toBe(long.stdout);
  });
  it("refuses files that are no reply of charges", () => {
    expect(marginscope("reconcile", "--charged", market[0] ?? "")).toMatchObject({ status: 1, stdout: "" });
  });
});

describe("marginscope compare", () => {
  it("prints a column a method, the mapping and what binds", () => {
    const methods = ["deribit-portfolio", "deribit-portfolio@erm-2024-02-01", "bybit-portfolio"];
    const { status, stdout, stderr } = marginscope("compare", "--sample", ...methods.flatMap((id) => ["--method", id]));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/deribit-portfolio erm-2026-09-23 +deribit-portfolio erm-2024-02-01 +± +bybit-portfolio/);
    expect(stdout).toMatch(/\nInitial margin +[\d,.]+ +[\d,.]+ +[+−][\d,.]+ +[\d,.]+ +[+−][\d,.]+\n/);
    expect(stdout).toMatch(/mapped, .*inverse, settled in BTC becomes linear.*: BTC-\S+-C, /);
    expect(stdout).toMatch(/binds: .*price/);
  });
});

describe("marginscope", () => {
  it("lists every operation, with schemas as JSON", () => {
    const text = marginscope("operations");
    expect(text.stdout).toMatch(/margin\.run +job +Margin of a portfolio/);
    const operations = JSON.parse(marginscope("operations", "--json").stdout);
    const margin = operations.find((operation: { name: string }) => operation.name === "margin.run");
    expect(margin.input).toMatchObject({ type: "object", required: ["portfolio", "methodology"] });
    expect(JSON.stringify(margin.input)).toContain('"$bytes"');
  });
  it("says on stderr that a damaged library was set aside, and answers from a new one", () => {
    const damaged = join(folder, "damaged.sqlite");
    writeFileSync(damaged, "this is no library");
    const args = [bundles.cli, "portfolio.list", "{}", "--json", "--library", damaged];
    const { status, stdout, stderr } = spawnSync(node, args, { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "[]\n" });
    expect(stderr).toMatch(/^marginscope: The library was damaged .* It is kept as damaged\.damaged-\S+\.sqlite/);
  });
  it("takes a request from stdin", () => {
    const { stdout } = spawnSync(node, [bundles.cli, "document.get", "@-", "--json"], {
      encoding: "utf8",
      input: '{"id":"methodology/deribit-standard"}',
    });
    expect(JSON.parse(stdout).markdown).toMatch(/^# /);
  });
  it("prints help and version with exit code 0", () => {
    expect(marginscope("--help")).toMatchObject({ status: 0, stderr: "" });
    expect(marginscope("--help").stdout).toContain("MARGINSCOPE_THREADS");
    expect(marginscope("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
  it.each([
    [[]],
    [["margin"]],
    [["margin", "--sample"]],
    [["margin", "--sample", "--method", "x", "--method", "y"]],
    [["margin", "--sample", "--method", "x", "--charged", "a.json"]],
    [["reconcile"]],
    [["reconcile", "--charged", "a.json", "--sample"]],
    [["compare", "--sample"]],
    [["compare", "--sample", "--method", "x", "--reference", "2"]],
    [["margin", "--market", "a.json", "--method", "x"]],
    [["margin", "--sample", "--positions", "a.json", "--method", "x"]],
    [["price.option", "{}", "more"]],
    [["price.option", "--method", "x"]],
    [["operations", "--unknown"]],
  ])("answers the misuse %j with usage and exit code 2", (args) => {
    const { status, stdout, stderr } = marginscope(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Exit codes:");
  });
  it("runs from its launcher on whatever Node there is", () => {
    const { status, stdout } = spawnSync(process.execPath, [bundles.launcher, "--version"], { encoding: "utf8" });
    expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: marginscope("--version").stdout.trim() });
  });
  it("keeps the library in the user's data folder", () => {
    expect(defaultLibraryPath("linux", { XDG_DATA_HOME: "/data" })).toBe("/data/marginscope/library.sqlite");
    expect(defaultLibraryPath("linux", { XDG_DATA_HOME: "relative" })).toMatch(/\.local\/share\/marginscope/);
    expect(readArguments(["library.info"])).toMatchObject({ libraryPath: defaultLibraryPath() });
  });
});
