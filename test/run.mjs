// `npm test`: everything this machine can run, one after another; says what it cannot run and why. With CI=true that is a
// failure. Ends with one line: `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, pinnedNode, root } from "../core/host/bin/built.mjs";

const isCi = process.env.CI === "true" || process.env.CI === "1";
const node = pinnedNode();
if (Number(process.versions.napi) < 10) {
  process.exit(spawnSync(node, [import.meta.filename ?? join(root, "test/run.mjs")], { stdio: "inherit" }).status ?? 1);
}
const { noBrowser, noElectron } = await import("./e2e/machine.ts");

let passed = 0;
let failed = 0;
const notes = [];

function count(ok, what) {
  if (ok) passed += 1;
  else failed += 1;
  if (!ok) notes.push(`failed: ${what}`);
}

const title = (text) => process.stdout.write(`\n== ${text}\n`);

/** A tool of node_modules on the pinned Node. */
function tool(path, args, options = {}) {
  return spawnSync(node, [join(root, "node_modules", path), ...args], { cwd: root, stdio: "inherit", ...options });
}

function check(name, path, args) {
  title(name);
  count(tool(path, args).status === 0, name);
}

/** Runs a Vitest configuration and adds its tests; a file that could not be run counts as one failure. */
function suite(name, config, args = []) {
  title(name);
  const report = join(root, "test-results", `${name.replace(/\W+/g, "-")}.json`);
  rmSync(report, { force: true });
  const options = [
    "run",
    "-c",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...args,
  ];
  const { status } = tool("vitest/vitest.mjs", options);
  if (!existsSync(report)) return count(false, `${name} ended without a report (exit code ${status})`);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  passed += numPassedTests;
  failed += numFailedTests + broken.length;
  for (const file of broken) notes.push(`failed: ${file.name}: ${file.message.split("\n")[0]}`);
  if (status !== 0 && numFailedTests + broken.length === 0) count(false, `${name} ended with exit code ${status}`);
}

/** A suite that needs something of the machine. */
function suiteIf(reason, name, config, args) {
  if (reason === undefined) return suite(name, config, args);
  if (isCi) return count(false, `${name}: ${reason}, and CI=true asks for it`);
  notes.push(`not run: ${name}: ${reason}`);
}

function build() {
  title("build");
  try {
    ensureBuilt((message) => process.stdout.write(`${message}\n`));
    count(true, "build");
    return true;
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    count(false, "build");
    return false;
  }
}

mkdirSync(join(root, "test-results"), { recursive: true });
check("biome", "@biomejs/biome/bin/biome", ["check", "."]);
for (const project of ["core", "core/host", "electron", "renderer", "test"]) {
  check(`types of ${project}`, "typescript/bin/tsc", ["-p", project]);
}
suite("unit and integration tests", "test/vitest.config.ts");
if (build()) {
  const e2e = "test/e2e/vitest.config.ts";
  suite("start tests", e2e, ["test/e2e/start"]);
  const without = (...names) => names.map((name) => `--exclude=test/e2e/${name}*.test.ts`);
  const timed = ["main-thread", "surface-drag"];
  // Three browsers at a time, because each often waits; tests that look at what holds up a page have the machine to themselves.
  const together = ["--fileParallelism", "--maxWorkers=3", ...without("electron", "start", ...timed)];
  suiteIf(noBrowser(), "browser tests", e2e, together);
  suiteIf(
    noBrowser(),
    "browser tests of the main thread",
    e2e,
    timed.map((name) => `test/e2e/${name}`),
  );
  suiteIf(noElectron(), "electron tests", e2e, ["test/e2e/electron"]);
} else {
  notes.push("not run: end-to-end tests: the program was not built");
}

process.stdout.write(`\n${notes.map((note) => `${note}\n`).join("")}\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
