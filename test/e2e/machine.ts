import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { electronBinary } from "../../electron/start/electron-binary.mjs";

/** What end-to-end tests need of a machine. Plain TypeScript without Vitest: `test/run.mjs` asks the same questions. */

const browserNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** Path of a program on the search path. */
function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The system's Chromium. */
export function chromiumBinary(): string | undefined {
  return process.env.MARGINSCOPE_CHROMIUM ?? browserNames.map(onPath).find((path) => path !== undefined);
}

export function displayServer(): string | undefined {
  return onPath("Xvfb");
}

export function hasDisplay(): boolean {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/** Why the browser journeys cannot run here; `undefined` when they can. */
export function noBrowser(): string | undefined {
  return chromiumBinary() === undefined ? "there is no Chromium on this machine" : undefined;
}

/** Why the desktop window cannot be tested here; `undefined` when it can. */
export function noElectron(): string | undefined {
  if (electronBinary() === undefined) {
    return "Electron's binary is not on this machine (npx install-electron fetches it, ELECTRON_OVERRIDE_DIST_PATH names another)";
  }
  return hasDisplay() || displayServer() !== undefined ? undefined : "there is no display and no Xvfb";
}
