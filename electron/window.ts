import { BrowserWindow, nativeTheme, type Rectangle, screen } from "electron";
import { pageOrigin } from "./page-protocol.ts";
import { remembered } from "./remembered.ts";

interface WindowState extends Rectangle {
  readonly maximised: boolean;
}

const smallest = { width: 900, height: 600 };

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
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#16181d" : "#ffffff",
    webPreferences: {
      preload,
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
    },
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
