// What every start script needs: the pinned Node, and a build that is not older than its sources.
// Plain JavaScript: it must run on Node 20.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

const outputs = ["out/main/index.cjs", "out/main/cli.cjs", "out/preload/index.cjs", "out/renderer/index.html"];
const sources = ["core", "electron", "renderer", "electron.config.ts", "package.json"];

/** The Node that the native addon needs: the one of node_modules, else the running one when it is new enough. */
export function pinnedNode() {
  const pinned = join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.napi) >= 10) return process.execPath;
  throw new Error(`Node ${process.versions.node} is too old and the pinned Node is missing: run npm ci first`);
}

/** Builds when an output is missing or older than a source; an installed program has no sources and is as it is. */
export function ensureBuilt(say) {
  if (!existsSync(join(root, "electron.config.ts"))) return;
  const oldestOutput = Math.min(...outputs.map((path) => changedMs(join(root, path))));
  if (sources.every((path) => changedMs(join(root, path)) <= oldestOutput)) return;
  say("building, once…");
  const tool = join(root, "node_modules/electron-vite/bin/electron-vite.js");
  if (!existsSync(tool)) throw new Error("the program is not built and its build tool is missing: run npm ci first");
  const built = spawnSync(pinnedNode(), [tool, "build", "-c", "electron.config.ts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (built.status !== 0) throw new Error(`the build failed\n${built.stdout}\n${built.stderr}`);
}

/** Newest change below a folder, or of a file; 0 when there is none. */
function changedMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, changedMs(join(path, name))), 0);
}
