import { readFileSync } from "node:fs";
import { Workbook } from "@cj-tech-master/excelts";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Launched, launchBrowser, screenshot, temporaryLibrary } from "./launch.ts";

const library = temporaryLibrary();
let launched: Launched;
let page: Page;

beforeAll(async () => {
  launched = await launchBrowser({ libraryPath: library.path });
  page = launched.page;
  await page.locator('[data-panel="positions"][data-state="ready"]').waitFor();
});

afterAll(async () => {
  await launched?.close();
  library.remove();
});

async function press(keys: string): Promise<void> {
  await page.keyboard.press(keys);
  await page.waitForTimeout(300);
}

const panel = (id: string) => page.locator(`[data-panel="${id}"]`);

/** Chooses an item of a panel's menu. */
async function choose(id: string, item: string): Promise<void> {
  await panel(id)
    .getByRole("button", { name: /^Menu of/ })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** The file that an action hands out. */
async function fileOf(action: () => Promise<void>): Promise<{ readonly download: Download; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), action()]);
  return { download, bytes: readFileSync(await download.path()) };
}

const nameOfFile = (ending: string) =>
  new RegExp(`^[\\x21-\\x7e]+_positions_\\d{8}T\\d{6}Z_[0-9a-f]{4}(-[0-9a-f]{4}){2}\\.${ending}$`);

describe("files of a panel", () => {
  it("are CSV with marks and full precision, by key", async () => {
    await panel("positions").focus();
    const { download, bytes } = await fileOf(() => press("Control+e"));
    expect(download.suggestedFilename()).toMatch(nameOfFile("csv"));
    const text = bytes.toString();
    expect(text).toMatch(/^# run [0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\r\n# portfolio .* sha256 [0-9a-f]{64}/);
    expect(text).toContain("# data synthetic data");
    expect(text).toContain("non-binding estimate");
  });

  it("are Excel workbooks with typed cells, parameters and what they rest on", async () => {
    const { download, bytes } = await fileOf(() => choose("positions", "Export Excel"));
    expect(download.suggestedFilename()).toMatch(nameOfFile("xlsx"));
    const book = new Workbook();
    await book.xlsx.load(Uint8Array.from(bytes));
    expect(book.worksheets.map(({ name }) => name)).toEqual(["Positions", "Parameters", "About"]);
    const sheet = book.getWorksheet("Positions");
    expect(sheet?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
    const cells = sheet?.getRow(2).values;
    expect(Array.isArray(cells) && cells.some((cell) => typeof cell === "number")).toBe(true);
    const about = JSON.stringify(book.getWorksheet("About")?.getSheetValues());
    expect(about).toContain("deribit-portfolio");
    expect(about).toContain("synthetic");
  });

  it("are JSON with everything beside the numbers", async () => {
    const { bytes } = await fileOf(() => choose("positions", "Export JSON"));
    const value = JSON.parse(bytes.toString()) as { schema: string; tables: { rows: unknown[] }[]; about: string[][] };
    expect(value.schema).toBe("panel/1");
    expect(value.tables[0]?.rows.length).toBeGreaterThan(5);
    expect(value.about.some(([label]) => label === "methodology")).toBe(true);
  });
});

describe("paper", () => {
  it("shows a sheet of the focused panel alone, light, with marks, and the window comes back", async () => {
    await page.evaluate(() => {
      const seen = { text: "", rules: "", image: 0 };
      Object.assign(window, {
        seen,
        print: () => {
          const sheet = document.querySelector(".print-sheet");
          seen.text = sheet?.textContent ?? "";
          seen.image = sheet?.querySelectorAll("img").length ?? 0;
          seen.rules =
            [...document.querySelectorAll("style")]
              .map((style) => style.textContent)
              .join("")
              .match(/@page[^}]*\{[^]*$/)?.[0] ?? "";
        },
      });
    });
    await panel("positions").focus();
    await press("Control+p");
    await page.waitForFunction(() => (window as unknown as { seen: { text: string } }).seen.text !== "");
    const seen = (await page.evaluate("window.seen")) as { text: string; rules: string };
    expect(seen.text).toContain("BTC-PERPETUAL");
    expect(seen.text).toContain("What these figures rest on");
    expect(seen.text).toContain("sha256");
    expect(seen.rules).toContain("size: A4");
    expect(seen.rules).toContain("run ");
    await page.locator(".print-sheet").waitFor({ state: "detached" });
  });
});

describe("edits", () => {
  it("of the layout are taken back and made again, and named", async () => {
    await page.getByRole("tab", { name: "Risk matrix" }).focus();
    await press("Delete");
    await panel("matrix").waitFor({ state: "detached" });
    await press("Control+z");
    await page.getByText("Undone: closing of Risk matrix").waitFor();
    await panel("matrix").waitFor();
    await press("Control+Shift+z");
    await panel("matrix").waitFor({ state: "detached" });
    await press("Control+z");
    await panel("matrix").waitFor();
  });
});

describe("a panel in a window of its own", () => {
  it("keeps its state, follows theme and keys, and comes back when the window closes", async () => {
    await page.getByRole("tab", { name: "Risk matrix" }).click();
    const binding = await panel("matrix").locator("[data-binding]").first().getAttribute("data-value");
    const [second] = await Promise.all([page.waitForEvent("popup"), choose("matrix", "Pop out to a window")]);
    expect(new URL(second.url()).pathname).toBe("/popout.html");
    const there = second.locator('[data-panel="matrix"]');
    await there.waitFor();
    expect(await there.locator("[data-binding]").first().getAttribute("data-value")).toBe(binding);
    expect(await second.evaluate(() => document.documentElement.dataset.theme)).toBe(
      await page.evaluate(() => document.documentElement.dataset.theme),
    );
    await second.waitForTimeout(500);
    await second.screenshot({ path: "test-results/workstation-popout.png" });
    await second.close();
    await panel("matrix").waitFor();
    expect(await panel("matrix").locator("[data-binding]").first().getAttribute("data-value")).toBe(binding);
  });
});

it("ends without an error of the page", async () => {
  await screenshot(page, "workstation-end");
  expect(launched.problems).toEqual([]);
});
