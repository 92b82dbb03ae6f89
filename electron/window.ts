import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  nativeTheme,
  type Rectangle,
  screen,
  type WebPreferences,
} from "electron";
import { pageOrigin } from "./page-protocol.ts";
import { remembered } from "./remembered.ts";

interface WindowState extends Rectangle {
  readonly maximised: boolean;
}

const smallest = { width: 900, height: 600 };

/** What no page of ours may do, in whichever window. */
const restricted: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  spellcheck: false,
};

const background = (): string => (nativeTheme.shouldUseDarkColors ? "#16181d" : "#ffffff");

let main: BrowserWindow | undefined;

/** The window of the workstation, as long as it is open. */
export const mainWindow = (): BrowserWindow | undefined => (main?.isDestroyed() === false ? main : undefined);

/** A window for a popped-out panel: the same restrictions, and no bridge of its own. */
export function popoutOptions(): BrowserWindowConstructorOptions {
  return {
    minWidth: 320,
    minHeight: 240,
    title: "Marginscope",
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: { ...restricted, preload: "" },
  };
}

/**
 * The one window, where it was last time.
 *
 * @param userData folder of the shell's own state
 * @param preload  path of the built preload script
 * @param icon     path of the window's picture, where the system shows one
 */
export function openWindow(userData: string, preload: string, icon: string): BrowserWindow {
  const state = remembered(userData, "window", parseState);
  const before = state.get();
  const window = new BrowserWindow({
    ...(before !== undefined && isOnScreen(before) ? boundsOf(before) : { width: 1_440, height: 900 }),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: "Marginscope",
    icon,
    backgroundColor: background(),
    webPreferences: { ...restricted, preload },
  });
  main = window;
  // What was popped out belongs to the page of this window and cannot outlive it.
  window.on("closed", () => {
    for (const other of BrowserWindow.getAllWindows()) other.destroy();
  });
  if (before?.maximised) window.maximize();
  window.once("ready-to-show", () => window.show());
  window.on("close", () => state.set({ ...window.getNormalBounds(), maximised: window.isMaximized() }));
  window.webContents.on("render-process-gone", (_, { reason }) => {
    if (reason !== "clean-exit") void window.loadURL(`${pageOrigin}/`);
  });
  void window.loadURL(`${pageOrigin}/`);
  return window;
}

function parseState(value: unknown): WindowState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { x, y, width, height, maximised } = value as Record<string, unknown>;
  const numbers = [x, y, width, height].every((part) => Number.isInteger(part));
  return numbers && typeof maximised === "boolean" ? (value as WindowState) : undefined;
}

function boundsOf({ x, y, width, height }: WindowState): Rectangle {
  return { x, y, width: Math.max(width, smallest.width), height: Math.max(height, smallest.height) };
}

/** A screen may have gone since: the middle of the window's top edge must be on one, or it could not be moved. */
function isOnScreen({ x, y, width }: WindowState): boolean {
  const middle = x + width / 2;
  return screen.getAllDisplays().some(({ workArea: area }) => {
    return middle >= area.x && middle < area.x + area.width && y >= area.y && y < area.y + area.height;
  });
}
