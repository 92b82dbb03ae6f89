import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchElectron, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

const program = startedOnce(launchElectron);
const folder = mkdtempSync(join(tmpdir(), "marginscope-print-"));
const pdf = join(folder, "positions.pdf");
let page: Page;

beforeAll(async () => {
  page = program.host.page;
  await page.locator('[data-panel="matrix"][data-state="ready"]').waitFor();
  // What a user would answer in the dialog.
  await program.host.app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
  }, pdf);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

const windows = (): Promise<number> =>
  program.host.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

describe("printing", () => {
  it("writes the focused panel as a PDF where the user says", async () => {
    await page.locator('[data-panel="positions"]').focus();
    await page.keyboard.press("Control+p");
    await expect.poll(() => existsSync(pdf), { timeout: 30_000 }).toBe(true);
    await page.locator(".print-sheet").waitFor({ state: "detached" });
    const bytes = readFileSync(pdf).toString("latin1");
    expect(bytes.startsWith("%PDF-")).toBe(true);
    // A4 is 595 x 842 points; the many columns of the book turn it.
    expect(bytes).toMatch(/\/MediaBox \[0 0 84[12][.\d]* 59[45][.\d]*\]/);
    expect(bytes.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
  });

  it.each([
    ["no words", { name: "a.pdf", title: "", footer: "f", paper: "A4" }],
    ["another paper", { name: "a.pdf", title: "t", footer: "f", paper: "A3" }],
    ["a path as a name", { name: "../a.pdf", title: "t", footer: "f", paper: "A4" }],
    ["something more", { name: "a.pdf", title: "t", footer: "f", paper: "A4", path: "a" }],
    ["a turn that is no yes or no", { name: "a.pdf", title: "t", footer: "f", paper: "A4", landscape: "yes" }],
    ["nothing", null],
  ])("refuses a request with %s", async (_, request) => {
    const answer = await page.evaluate(`window.shell.printPdf(${JSON.stringify(request)})`);
    expect(answer).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
  });
});

describe("a second window", () => {
  it("takes a panel, with the restrictions of the first and no bridge, and gives it back", async () => {
    const panel = page.locator('[data-panel="matrix"]');
    const binding = await panel.locator("[data-binding]").first().getAttribute("data-value");
    await panel.getByRole("button", { name: /^Menu of/ }).click();
    const [second] = await Promise.all([
      program.host.app.waitForEvent("window"),
      page.getByRole("menuitem", { name: "Pop out to a window" }).click(),
    ]);
    const there = second.locator('[data-panel="matrix"]');
    await there.waitFor();
    expect(second.url()).toBe("app://bundle/popout.html");
    expect(await there.locator("[data-binding]").first().getAttribute("data-value")).toBe(binding);
    expect(await second.evaluate("[typeof window.core, typeof window.shell, typeof require, typeof process]")).toEqual(
      Array(4).fill("undefined"),
    );
    const preferences = await program.host.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        const contents = window.webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> };
        const { contextIsolation, sandbox, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
        return { contextIsolation, sandbox, nodeIntegration, webSecurity };
      }),
    );
    const restricted = { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true };
    expect(preferences).toEqual([restricted, restricted]);
    await second.close();
    await panel.waitFor();
    expect(await panel.locator("[data-binding]").first().getAttribute("data-value")).toBe(binding);
    expect(await windows()).toBe(1);
  });

  it.each([
    "app://bundle/",
    "app://bundle/index.html",
    "app://bundle/popout.html?x=1",
    "about:blank",
    "https://example.com/",
  ])("does not open for %s", async (url) => {
    const opened = await page.evaluate((address) => window.open(address) === null, url);
    expect(opened).toBe(true);
    expect(await windows()).toBe(1);
  });
});

it("ends without an error of the page", async () => {
  await screenshot(page, "electron-workstation");
  expect(program.host.problems).toEqual([]);
});
