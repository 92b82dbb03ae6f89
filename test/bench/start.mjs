// Warm starts: from starting the program to the first computed number on the screen. Prints the median and each part of it.
//
//     node test/bench/start.mjs [--door browser|electron] [--runs 5]
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, _electron as electron } from "playwright-core";
import { ensureBuilt, root } from "../../core/host/bin/built.mjs";
import { electronBinary } from "../../electron/start/electron-binary.mjs";
import { chromiumBinary, noBrowser, noElectron } from "../e2e/machine.ts";

const { values } = parseArgs({ options: { door: { type: "string" }, runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
const flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const number = '[data-panel="summary-strip"][data-state="ready"]';

const doors = {
  browser: { missing: noBrowser, start: startInBrowser },
  electron: { missing: noElectron, start: startInElectron },
};

ensureBuilt((line) => process.stderr.write(`${line}\n`));
for (const [name, door] of Object.entries(doors)) {
  if (values.door !== undefined && values.door !== name) continue;
  const missing = door.missing();
  process.stdout.write(`${name}: ${missing ?? (await measured(door.start))}\n`);
}

/** Medians over the runs after one that is not counted, ms since the program was started. */
async function measured(start) {
  const folder = mkdtempSync(join(tmpdir(), "marginscope-start-"));
  const found = [];
  for (let run = 0; run <= runs; run += 1) found.push(await start(folder));
  rmSync(folder, { recursive: true, force: true });
  const counted = found.slice(1);
  const parts = Object.keys(counted[0]).map((part) => `${part} ${median(counted.map((times) => times[part]))} ms`);
  return `${parts.join(", ")} (median of ${runs} warm starts)`;
}

/** The loopback host is started anew each time, the browser is running already. */
async function startInBrowser(folder) {
  const browser = await chromium.launch({ executablePath: chromiumBinary(), args: flags });
  const begun = performance.now();
  const args = [join(root, "out/main/loopback.cjs"), "--library", join(folder, "library.sqlite")];
  const host = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve) => {
    host.stdout.setEncoding("utf8").on("data", (text) => resolve(/http:\S+/.exec(text)?.[0]));
  });
  const served = performance.now() - begun;
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  const opened = performance.now() - begun;
  await page.goto(url, { waitUntil: "commit" });
  const times = await timesOf(page, begun);
  await browser.close();
  host.kill();
  await new Promise((resolve) => host.on("close", resolve));
  return { served, opened, ...times };
}

async function startInElectron(folder) {
  const begun = performance.now();
  const app = await electron.launch({
    executablePath: electronBinary(),
    args: [...flags, `--user-data-dir=${join(folder, "user")}`, root, `--library=${join(folder, "library.sqlite")}`],
    cwd: root,
  });
  const page = await app.firstWindow();
  const opened = performance.now() - begun;
  const times = await timesOf(page, begun);
  await app.close();
  return { opened, ...times };
}

/** When the page's own clock began, and when the first number stood on the page. */
async function timesOf(page, begun) {
  await page.locator(number).waitFor({ timeout: 60_000 });
  const computed = performance.now() - begun;
  const origin = await page.evaluate(() => performance.timeOrigin);
  return { page: origin - (performance.timeOrigin + begun), number: computed };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[sorted.length >> 1]);
}
