import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type ElectronApplication, _electron as electron, type Page } from "playwright-core";
import { electronBinary } from "../../electron/start/electron-binary.mjs";
import { chromiumBinary, noBrowser, noElectron } from "./machine.ts";

const root = resolve(import.meta.dirname, "../..");
const results = join(root, "test-results");
const size = { width: 1_440, height: 900 };

/** Software drawing, and nothing of the browser's own that would use the network. */
const flags = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Launched {
  readonly page: Page;
  /** Errors of the page and of its console, refused loads included; a journey ends by expecting none. */
  readonly problems: readonly string[];
  /** What the program wrote to its output so far. */
  readonly output: () => string;
  /** Ends the program; the library stays. */
  readonly close: () => Promise<void>;
}

export interface LaunchedElectron extends Launched {
  readonly app: ElectronApplication;
}

export interface LaunchOptions {
  readonly libraryPath: string;
  /** Folder of the shell's own state, kept by the caller; default: a new one, and a window of 1440 × 900. */
  readonly userData?: string;
  /** Further arguments, e.g. files to open. */
  readonly args?: readonly string[];
}

/** A path for a library in a folder of its own, and what removes the folder. */
export function temporaryLibrary(): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "marginscope-e2e-"));
  return { path: join(folder, "library.sqlite"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The desktop window of the built program. */
export async function launchElectron({ libraryPath, args = [], ...given }: LaunchOptions): Promise<LaunchedElectron> {
  const missing = noElectron();
  if (missing !== undefined) throw new Error(missing);
  const userData = given.userData ?? mkdtempSync(join(tmpdir(), "marginscope-user-"));
  const app = await electron.launch({
    executablePath: electronBinary() ?? "electron",
    args: [...flags, `--user-data-dir=${userData}`, root, `--library=${libraryPath}`, ...args],
    cwd: root,
  });
  const output = collect(app.process());
  const page = await app.firstWindow();
  const problems = watch(page);
  if (given.userData === undefined) {
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
  }
  return {
    app,
    page,
    problems,
    output,
    close: async () => {
      // `close` waits for the output too, which a helper process of Chromium may keep open after the program has ended.
      const ended = new Promise<void>((resolve) => app.process().once("exit", () => resolve()));
      const late = setTimeout(() => {
        process.stderr.write("the program did not end within 30 s of being closed, and was killed\n");
        app.process().kill("SIGKILL");
      }, 30_000);
      await Promise.race([app.close(), ended]);
      clearTimeout(late);
      if (given.userData === undefined) rmSync(userData, { recursive: true, force: true });
    },
  };
}

/** The same page served on loopback, in the system's Chromium. */
export async function launchBrowser({ libraryPath, args = [] }: LaunchOptions): Promise<Launched> {
  const executablePath = chromiumBinary();
  if (executablePath === undefined) throw new Error(noBrowser());
  const program = join(root, "out/main/loopback.cjs");
  const host = spawn(process.execPath, [program, "--library", libraryPath, ...args], { cwd: root });
  const output = collect(host);
  const url = await printedUrl(host, output);
  const browser = await chromium.launch({ executablePath, args: [...flags] });
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1 });
  const problems = watch(page);
  await page.goto(url);
  return {
    page,
    problems,
    output,
    close: async () => {
      await browser.close();
      await ended(host);
    },
  };
}

/** Saves what the window shows as `test-results/<name>.png`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(results, { recursive: true });
  await page.screenshot({ path: join(results, `${name}.png`), animations: "disabled" });
}

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return problems;
}

function collect(process: ChildProcess): () => string {
  let text = "";
  for (const stream of [process.stdout, process.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

function printedUrl(host: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolveUrl, reject) => {
    const look = (): void => {
      const url = /http:\/\/127\.0\.0\.1:\S+/.exec(output())?.[0];
      if (url !== undefined) resolveUrl(url);
    };
    host.stdout?.on("data", look);
    host.once("exit", (code) => reject(new Error(`the loopback host ended with code ${code}: ${output()}`)));
  });
}

async function ended(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return;
  const exit = new Promise((resolveExit) => host.once("exit", resolveExit));
  host.kill("SIGTERM");
  await exit;
}
