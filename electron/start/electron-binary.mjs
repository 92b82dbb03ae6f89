// Where Electron's binary is, and fetching it. Plain JavaScript: it must run on Node 20.
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pinnedNode, root } from "../../core/host/bin/built.mjs";

const names = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };
const folders = () => [process.env.ELECTRON_OVERRIDE_DIST_PATH, join(root, "node_modules/electron/dist")];

/** No byte for this long: the network does not give it. */
const stalledAfterMs = 20_000;

/** Path of Electron's binary; `undefined` when it is not on this machine. */
export function electronBinary() {
  const name = names[process.platform] ?? "electron";
  return folders()
    .filter((folder) => folder !== undefined && folder !== "")
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Fetches the pinned Electron; rejects with the reason in words when that fails or stalls. */
export function fetchElectron(say) {
  return new Promise((resolve, reject) => {
    const child = fork(join(root, "electron/start/fetch-electron.mjs"), {
      execPath: pinnedNode(),
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const stop = () => child.kill();
    let reason = "the download ended early";
    const stalled = () => {
      reason = `the network gave nothing for ${stalledAfterMs / 1_000} seconds`;
      child.kill("SIGKILL");
    };
    let timer = setTimeout(stalled, stalledAfterMs);
    child.on("message", (message) => {
      clearTimeout(timer);
      timer = setTimeout(stalled, stalledAfterMs);
      if (message.failure !== undefined) reason = message.failure;
      else say(message.step, message.percent);
    });
    process.once("exit", stop);
    child.on("exit", (code) => {
      clearTimeout(timer);
      process.off("exit", stop);
      if (code === 0) resolve();
      else reject(new Error(reason));
    });
  });
}
