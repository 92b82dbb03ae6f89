import { readFileSync } from "node:fs";
import { Workbook } from "@cj-tech-master/excelts";
import type { Download, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

/** Machines that draw in software may be busy. */
const patient = { timeout: 20_000 };
const launched = programInBrowser();
const { choose, panel, press } = launched;
let page: Page;

beforeAll(() => {
  page = launched.page;
});

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
              .match(/@page.*/s)?.[0] ?? "";
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

describe("a duplicated panel", () => {
  const mode = (id: string) => panel(id).getByRole("radiogroup", { name: /^Value of cells/ });
  const checked = (id: string) => mode(id).locator("input:checked").getAttribute("value");

  it("begins as its original, with its letter, then has a view of its own", async () => {
    await panel("matrix").locator("[data-binding]").first().waitFor();
    await mode("matrix").getByText("% of equity", { exact: true }).click();
    await choose("matrix", "Link group B");
    await choose("matrix", "Duplicate panel");
    await panel("matrix~2").locator("[data-binding]").first().waitFor();
    await page.getByRole("tab", { name: "Risk matrix 2" }).waitFor();
    const original = await checked("matrix");
    expect(await checked("matrix~2")).toBe(original);
    await panel("matrix~2").locator('[data-link="B"]').waitFor();
    await mode("matrix~2").getByText("Amount", { exact: true }).click();
    await expect.poll(() => checked("matrix~2"), patient).not.toBe(original);
    expect(await checked("matrix")).toBe(original);
    // The same result in both, and Recalculate, keys and files work by the instance that has the focus.
    const binding = (id: string) => panel(id).locator("[data-binding]").first().getAttribute("data-value");
    expect(await binding("matrix~2")).toBeTruthy();
    await panel("matrix~2").focus();
    const { download } = await fileOf(() => press("Control+e"));
    expect(download.suggestedFilename()).toMatch(/_matrix_/);
    await page.waitForTimeout(600);
    await screenshot(page, "workstation-duplicate");
    expect(await violationsOf(page, '[data-panel="matrix~2"]')).toEqual([]);
  });

  it("follows another selection by another letter", async () => {
    const selected = (id: string) => panel(id).locator('[aria-pressed="true"]').count();
    await choose("matrix~2", "Link group C");
    await panel("matrix~2").locator('[data-link="C"]').waitFor();
    await panel("matrix~2").locator("[data-binding]").first().click();
    await expect.poll(() => selected("matrix~2"), patient).toBe(1);
    expect(await selected("matrix")).toBe(0);
    await page.getByRole("tab", { name: "Risk matrix 2" }).focus();
    await press("Delete");
    await panel("matrix~2").waitFor({ state: "detached" });
    await press("Control+z");
    await panel("matrix~2").waitFor();
    await panel("matrix~2").locator('[data-link="C"]').waitFor();
  });

  it("has a layer of its own as a surface, of which three may be open", async () => {
    await choose("surface", "Duplicate panel");
    await panel("surface~2").locator(".js-plotly-plot").waitFor({ timeout: 60_000 });
    const layer = (id: string) => panel(id).getByRole("combobox", { name: "Layer" });
    const first = await layer("surface").inputValue();
    expect(await layer("surface~2").inputValue()).toBe(first);
    await layer("surface~2").click();
    await page.getByRole("option", { name: /^Profit/ }).click();
    await expect.poll(() => layer("surface~2").inputValue(), patient).toMatch(/^Profit/);
    expect(await layer("surface").inputValue()).toBe(first);
    await page.waitForTimeout(1_500);
    await screenshot(page, "workstation-two-surfaces");
    expect(await violationsOf(page, '[data-panel="surface~2"]')).toEqual([]);
    await choose("surface~2", "Duplicate panel");
    await panel("surface~3").waitFor();
    await panel("surface~3")
      .getByRole("button", { name: /^Menu of/ })
      .click();
    expect(await page.getByRole("menuitem", { name: "Duplicate panel" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Margin surface 3" }).focus();
    await press("Delete");
    await panel("surface~3").waitFor({ state: "detached" });
  });

  it("is part of the layout after a reload", async () => {
    await page.waitForTimeout(1_200);
    await page.reload();
    await panel("matrix~2").locator('[data-link="C"]').waitFor({ timeout: 60_000 });
    await panel("surface~2").waitFor();
    await page.getByRole("button", { name: "Layouts and panels" }).click();
    await page.getByRole("menuitem", { name: /^Reset layout/ }).click();
    await panel("matrix~2").waitFor({ state: "detached" });
    await choose("matrix", "Leave link group B");
  });
});

describe("the palette", () => {
  const search = () => page.getByLabel("Find a command");
  const found = () => page.locator(".mantine-Spotlight-action");

  it("finds an instrument of the book and selects it in the positions", async () => {
    await press("Control+k");
    await search().fill("@btc-perp");
    await found().filter({ hasText: "BTC-PERPETUAL" }).waitFor();
    await press("Enter");
    await panel("positions")
      .locator('.ag-row-selected [col-id="tree"]')
      .filter({ hasText: "BTC-PERPETUAL" })
      .first()
      .waitFor();
  });

  it("finds a parameter and opens its row", async () => {
    await press("Control+k");
    await search().fill("#maintenanceFactor");
    await found().first().waitFor();
    await press("Enter");
    await panel("parameters").locator('.ag-row-selected[row-id="/general/maintenanceFactor"]').first().waitFor();
  });

  it("names what an undo would change, and what more there is", async () => {
    await press("Control+k");
    await screenshot(page, "workstation-palette");
    await search().fill("undo");
    await found().first().waitFor();
    expect(await found().first().textContent()).toMatch(/^Undo/);
    await search().fill("btc");
    await page.locator('[style*="more: type on"]').first().waitFor();
    await press("Escape");
  });
});

describe("link groups", () => {
  it("print their letter and keep a selection to themselves", async () => {
    await choose("positions", "Link group A");
    await panel("positions").locator('[data-link="A"]').waitFor();

    await press("Control+z");
    await panel("positions").locator('[data-link="A"]').waitFor({ state: "detached" });
  });
});

describe("find everywhere", () => {
  const search = () => page.getByLabel("Find everywhere");
  const found = () => page.locator(".mantine-Spotlight-action");

  it("opens a document at the section that holds the words", async () => {
    await press("Control+Shift+f");
    await search().fill("?contingency");
    await found().first().waitFor();
    await screenshot(page, "workstation-find");
    await press("Enter");
    await page
      .getByRole("dialog")
      .getByText(/contingency/i)
      .first()
      .waitFor();
    await press("Escape");
  });

  it("opens a row of a panel by its text", async () => {
    await press("Control+Shift+f");
    await search().fill("ETH-PERPETUAL");
    await found().filter({ hasText: "ETH-PERPETUAL" }).first().waitFor();
    await press("Enter");
    await panel("positions").getByText("ETH-PERPETUAL").first().waitFor();
  });
});

describe("what is this", () => {
  const help = () => page.getByRole("dialog", { name: "Help" });

  it("opens the rule of a statement line by key", async () => {
    await page.getByRole("tab", { name: "Statement" }).click();
    const cell = panel("statement").locator('[col-id="amount"][role="gridcell"]').nth(3);
    await cell.click();
    await press("i");
    await help().waitFor();
    await page.waitForFunction(() => /^section-\d/.test(document.activeElement?.id ?? ""));
    await press("Escape");
    await help().waitFor({ state: "detached" });
  });

  it("opens the word of a column by the right button", async () => {
    await page.getByRole("tab", { name: "Positions" }).click();
    await panel("positions").locator('[col-id="vega"][role="gridcell"]').first().click({ button: "right" });
    await page.getByRole("menuitem", { name: /What is this/ }).waitFor();
    await screenshot(page, "workstation-cell-menu");
    await page.getByRole("menuitem", { name: /What is this/ }).click();
    await help().waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-term") === "vega");
    await press("Escape");
    await help().waitFor({ state: "detached" });
  });

  it("explains what is clicked in help mode, and does nothing else", async () => {
    await press("Shift+F1");
    await page.getByText("Click a number, a line or a control").waitFor();
    await page.locator('[data-metric="Initial margin"]').first().click();
    await help().waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-term") === "initial-margin");
    await screenshot(page, "workstation-what-is-this");
    await press("Escape");
    await help().waitFor({ state: "detached" });
    expect(await page.getByText("Click a number, a line or a control").count()).toBe(0);
  });
});

describe.each([
  ["Light", "light"],
  ["Dark", "dark"],
])("in the theme %s", (label, name) => {
  it("the palette, find everywhere and the menu of a cell pass", async () => {
    await chooseTheme(page, label);
    await press("Control+k");
    await press("ArrowDown");
    await screenshot(page, `workstation-${name}-palette`);
    expect(await violationsOf(page, "[role=dialog]")).toEqual([]);
    await press("Escape");
    await press("Control+Shift+f");
    await page.keyboard.type("margin");
    await page.waitForTimeout(1000);
    await screenshot(page, `workstation-${name}-find`);
    expect(await violationsOf(page, "[role=dialog]")).toEqual([]);
    await press("Escape");
    await panel("positions").locator('[col-id="vega"][role="gridcell"]').first().click({ button: "right" });
    await page.getByRole("menuitem", { name: /What is this/ }).waitFor();
    expect(await violationsOf(page, "[role=menu]")).toEqual([]);
    await press("Escape");
    await choose("positions", "Link group A");
    await panel("positions").locator('[data-link="A"]').waitFor();
    await screenshot(page, `workstation-${name}-linked`);
    expect(await violationsOf(page, '[data-panel="positions"]')).toEqual([]);
    await choose("positions", "Leave link group A");
    await press("Control+,");
    await page.getByRole("tab", { name: "Numbers and work" }).click();
    await page.waitForTimeout(300);
    await screenshot(page, `workstation-${name}-settings`);
    expect(await violationsOf(page, "[role=dialog]")).toEqual([]);
    await press("Escape");
  });
});

it("ends without an error of the page", async () => {
  await screenshot(page, "workstation-end");
  expect(launched.problems).toEqual([]);
});
