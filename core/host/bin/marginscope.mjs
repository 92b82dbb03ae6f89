#!/usr/bin/env node
// Starts the command line on the pinned Node whatever Node runs this file, building the program first when its
// bundle is missing or older than its sources. Plain JavaScript: it must run on Node 20.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const bundle = join(root, "out/main/cli.cjs");
const pinned = join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
const node = existsSync(pinned) ? pinned : process.execPath;

if (node === process.execPath && Number(process.versions.napi) < 10) {
  fail(`Node ${process.versions.node} is too old and the pinned Node is missing: run npm ci first`);
}

/** Newest change below a folder, or of a file; 0 when there is none. */
function changedMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, changedMs(join(path, name))), 0);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function build() {
  process.stderr.write("marginscope: building, once…\n");
  const tool = join(root, "node_modules/electron-vite/bin/electron-vite.js");
  const built = spawnSync(node, [tool, "build", "-c", "electron.config.ts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (built.status !== 0) fail(`marginscope: the build failed\n${built.stdout}\n${built.stderr}`);
}

const sources = ["core", "resources", "electron.config.ts", "package.json"];
const isStale = () => sources.some((name) => changedMs(join(root, name)) > changedMs(bundle));
// An installed program has no sources and no build tool: its bundle is as it is.
if (!existsSync(bundle) || (existsSync(join(root, "electron.config.ts")) && isStale())) build();

const child = spawn(node, [bundle, ...process.argv.slice(2)], { stdio: "inherit" });
// The terminal sends Ctrl-C to both; waiting here lets the command end by itself.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
child.on("error", (error) => fail(error.message));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
