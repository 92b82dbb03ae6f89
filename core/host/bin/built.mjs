// What every start script needs: the pinned Node, and bundles that are not older than their sources.
// Plain JavaScript: it must run on Node 20.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** What is built from what; files that are read at run time (`resources/`) are not listed. */
const parts = {
  core: { mode: "core", outputs: ["out/main/index.cjs", "out/main/cli.cjs"], sources: ["core", "electron"] },
  all: {
    mode: "production",
    outputs: ["out/main/index.cjs", "out/main/cli.cjs", "out/preload/index.cjs", "out/renderer/index.html"],
    sources: ["core", "electron", "renderer"],
  },
};
const settings = ["electron.config.ts", "package.json"];

/** The Node that the native addon needs: the one of node_modules, else the running one when it is new enough. */
export function pinnedNode() {
  const pinned = join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.napi) >= 10) return process.execPath;
  throw new Error(`Node ${process.versions.node} is too old and the pinned Node is missing: run npm ci first`);
}

/**
 * Builds what is missing or stale, one builder at a time.
 *
 * @param {(line: string) => void} say told when a build begins
 * @param {"core" | "all"} part `core` is enough for the command line and for tests of the hosts
 * @throws Error with the output of a build that failed
 */
export function ensureBuilt(say, part = "all") {
  // An installed program has no sources and no build tool: its bundles are as they are.
  if (!existsSync(join(root, "electron.config.ts")) || isFresh(parts[part])) return;
  const unlock = lock();
  try {
    if (!isFresh(parts[part])) build(parts[part], say);
  } finally {
    unlock();
  }
}

function isFresh({ outputs, sources }) {
  const oldestMs = Math.min(...outputs.map((path) => changedMs(join(root, path))));
  return oldestMs > 0 && [...sources, ...settings].every((path) => changedMs(join(root, path)) <= oldestMs);
}

function build({ mode }, say) {
  say("building, once…");
  const tool = join(root, "node_modules/electron-vite/bin/electron-vite.js");
  if (!existsSync(tool)) throw new Error("the program is not built and its build tool is missing: run npm ci first");
  const args = [tool, "build", "-c", "electron.config.ts", "--mode", mode, "--ignoreConfigWarning"];
  const built = spawnSync(pinnedNode(), args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (built.status !== 0) throw new Error(`the build failed\n${built.stdout}\n${built.stderr}`);
}

/** Newest change of a file or below a folder; 0 when there is none. */
function changedMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, changedMs(join(path, name))), 0);
}

/** Waits until no other process builds; a lock whose process is gone does not count. */
function lock() {
  const folder = join(root, "out");
  const file = join(folder, ".building");
  mkdirSync(folder, { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!holderLives(file)) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function holderLives(file) {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return true;
  } catch (error) {
    // Gone between two looks counts as free; a process of another user lives.
    return error.code === "EPERM";
  }
}
