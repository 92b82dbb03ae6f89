#!/usr/bin/env node
// Starts the command line on the pinned Node whatever Node runs this file, building the program first when its
// bundle is missing or older than its sources. Plain JavaScript: it must run on Node 20.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, pinnedNode, root } from "./built.mjs";

function fail(message) {
  process.stderr.write(`marginscope: ${message}\n`);
  process.exit(1);
}

try {
  ensureBuilt((message) => process.stderr.write(`marginscope: ${message}\n`));
  const child = spawn(pinnedNode(), [join(root, "out/main/cli.cjs"), ...process.argv.slice(2)], { stdio: "inherit" });
  // The terminal sends Ctrl-C to both; waiting here lets the command end by itself.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
} catch (error) {
  fail(error.message);
}
