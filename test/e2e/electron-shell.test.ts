import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { electronBinary } from "../../electron/start/electron-binary.mjs";
import { type LaunchedElectron, launchElectron, screenshot, temporaryLibrary } from "./launch.ts";

const sample = join(import.meta.dirname, "../../resources/sample");
const positions = join(sample, "portfolio/synthetic-positions.json");
const library = temporaryLibrary();
const userData = mkdtempSync(join(tmpdir(), "marginscope-user-"));
let launched: LaunchedElectron;

const launch = (args: readonly string[] = []): Promise<LaunchedElectron> =>
  launchElectron({ libraryPath: library.path, userData, args });

/** Chooses a menu item as a user does. */
const choose = (id: string): Promise<void> =>
  launched.app.evaluate(({ Menu }, label) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    const item = items.find((candidate) => candidate.label === label);
    if (item === undefined) throw new Error(`no menu item ${label}`);
    item.click();
  }, id);

beforeAll(async () => {
  launched = await launch();
});

afterAll(async () => {
  await launched?.close();
  library.remove();
  rmSync(userData, { recursive: true, force: true });
});

describe("the first start", () => {
  it("shows the margin of the synthetic sample, computed", async () => {
    const summary = launched.page.locator('[data-panel="summary-strip"][data-state="ready"]');
    await summary.waitFor();
    const text = await summary.textContent();
    expect(text).toMatch(/Initial margin\s*[\d,]+\.\d\d\s*USD/);
    expect(text).toContain("synthetic");
    await screenshot(launched.page, "electron-sample");
  });

  it("has no error of the page, its policy included", () => expect(launched.problems).toEqual([]));
});

describe("the menu", () => {
  it("runs the commands of the page", async () => {
    await choose("Keyboard shortcuts");
    await launched.page.getByRole("dialog").waitFor();
    await launched.page.keyboard.press("Escape");
    await launched.page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("lists recent files and forgets them", async () => {
    const recent = (): Promise<readonly string[]> =>
      launched.app.evaluate(({ Menu }) => {
        const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
        return (items.find(({ label }) => label === "Open recent")?.submenu?.items ?? []).map(({ label }) => label);
      });
    await launched.page.evaluate(
      `window.core.call({ operation: "recent.add", input: { path: ${JSON.stringify(positions)}, name: "positions" } })`,
    );
    await expect.poll(recent).toContain("positions");
    const file = await launched.page.evaluate(`window.shell.openRecent(${JSON.stringify(positions)})
      .then((answer) => answer.value.map(({ name, bytes }) => [name, bytes.length]))`);
    expect(file).toEqual([["synthetic-positions.json", readFileSync(positions).length]]);
    await launched.page.evaluate(`window.core.call({ operation: "recent.clear", input: {} })`);
    await expect.poll(recent).not.toContain("positions");
  });
});

describe("dialogs", () => {
  it("hand over the files the user chose, and remember their folder", async () => {
    await launched.app.evaluate(({ dialog }, path) => {
      const shown: unknown[] = [];
      Object.assign(globalThis, { shown });
      dialog.showOpenDialog = async (...given: readonly unknown[]) => {
        shown.push(given.at(-1));
        return { canceled: false, filePaths: [path] };
      };
    }, positions);
    const open = `window.shell.openFiles().then((answer) => answer.value.map(({ name, path }) => [name, path]))`;
    expect(await launched.page.evaluate(open)).toEqual([["synthetic-positions.json", positions]]);
    await launched.page.evaluate(open);
    const folders = await launched.app.evaluate(() =>
      (globalThis as unknown as { shown: { defaultPath: string }[] }).shown.map(({ defaultPath }) => defaultPath),
    );
    expect(folders[1]).toBe(join(sample, "portfolio"));
  });

  it("save what the page hands out, byte for byte", async () => {
    const target = join(userData, "saved.bin");
    await launched.app.evaluate(({ session }, path) => {
      session.defaultSession.once("will-download", (_, item) => item.setSavePath(path));
    }, target);
    await launched.page.evaluate(`(() => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([new Uint8Array([0, 1, 254, 255])]));
      link.download = "saved.bin";
      link.click();
    })()`);
    await expect.poll(() => existsSync(target) && readFileSync(target).length).toBe(4);
    expect([...readFileSync(target)]).toEqual([0, 1, 254, 255]);
  });
});

describe("a second start", () => {
  it("ends at once and hands its files to the window that is open", async () => {
    const binary = electronBinary() ?? "electron";
    const root = join(import.meta.dirname, "../..");
    const second = spawn(binary, ["--no-sandbox", `--user-data-dir=${userData}`, root, positions], { stdio: "ignore" });
    const code = await new Promise((resolve) => second.once("exit", resolve));
    expect(code).toBe(0);
    await launched.page.getByRole("dialog").getByText("synthetic-positions.json").first().waitFor();
    expect(launched.app.windows()).toHaveLength(1);
    await launched.page.keyboard.press("Escape");
  });
});

describe("the next start", () => {
  it("has the window where it was, and opens the files of its command line", async () => {
    const bounds = { x: 40, y: 30, width: 1_100, height: 700 };
    await launched.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds);
    await launched.close();

    launched = await launch([positions]);
    await launched.page.getByRole("dialog").getByText("synthetic-positions.json").first().waitFor();
    const first = await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(first).toMatchObject({ width: bounds.width, height: bounds.height });
  });
});
