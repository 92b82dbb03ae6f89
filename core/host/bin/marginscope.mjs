#!/usr/bin/env node
// Starts the command line on the pinned Node whatever Node runs this file, building it first when that is due.
// Plain JavaScript: it must run on Node 20.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, pinnedNode, root } from "./built.mjs";

const bundle = join(root, "out/main/cli.cjs");

function say(message) {
  process.stderr.write(`marginscope: ${message}\n`);
}

try {
  ensureBuilt(say, "core");
  const child = spawn(pinnedNode(), [bundle, ...process.argv.slice(2)], { stdio: "inherit" });
  // The terminal sends Ctrl-C to both; waiting here lets the command end by itself.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    say(error.message);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
