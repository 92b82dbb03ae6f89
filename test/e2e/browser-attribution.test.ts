import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const launched = programInBrowser();
const { panel, ready } = launched;

async function openPanel(title: string, id: string): Promise<void> {
  await launched.page.getByRole("button", { name: "Layouts and panels" }).click();
  await launched.page.getByRole("menuitem", { name: title, exact: true }).click();
  await panel(id).waitFor();
  // The whole window, as a double click on the tab does.
  await launched.page.locator(`[role="tab"][data-tab-panel-id="${id}"]`).dblclick();
  await launched.page.waitForTimeout(500);
}

async function choose(id: string, label: string, option: string | RegExp): Promise<void> {
  await panel(id).getByRole("combobox", { name: label }).click();
  await launched.page.getByRole("option", { name: option }).click();
}

/** Types over a cell. */
async function edit(target: Locator, value: string): Promise<void> {
  await target.dblclick();
  await launched.page.keyboard.press("Control+a");
  await launched.page.keyboard.type(value);
  await launched.page.keyboard.press("Enter");
}

/** Initial margin in the summary strip, full precision. */
async function initialMargin(): Promise<number> {
  await ready("summary-strip");
  const metric = panel("summary-strip").getByRole("button", { name: /Initial margin/ });
  return Number(await metric.locator("[data-value]").first().getAttribute("data-value"));
}

/** Rows below the table are numbered `b-0`, `b-1`, … */
const cell = (id: string, row: string, column: string) =>
  panel(id).locator(`[role="row"][row-index="${row}"] [col-id="${column}"] [data-value]`).first();
const valueOfCell = async (id: string, row: string, column: string): Promise<number> =>
  Number(await cell(id, row, column).getAttribute("data-value"));

describe("attribution by groups of positions", () => {
  it("splits the requirement by every way, and says that the parts add up", async () => {
    const { page } = launched;
    await openPanel("Attribution", "attribution");
    await choose("attribution", "What is split, and how", /^Shapley$/);
    await ready("attribution");
    await choose("attribution", "Groups of positions", "Expiry");
    await ready("attribution");
    const sums = panel("attribution").locator("[data-sum]");
    await sums.filter({ hasText: "✓" }).waitFor();
    expect(await sums.textContent()).toContain("coalitions");
    await panel("attribution").locator("figure .main-svg").first().waitFor();
    await page.waitForTimeout(900);
    await screenshot(page, "attribution-waterfall");
    expect(await violationsOf(page, '[data-panel="attribution"]')).toEqual([]);
  });

  it("shows what a treemap cannot in a strip", async () => {
    await panel("attribution").getByText("Treemap").click();
    await launched.page.waitForTimeout(1200);
    await screenshot(launched.page, "attribution-treemap");
  });

  it("has the ways side by side in a table, whose sums are the requirement", async () => {
    const { page } = launched;
    await panel("attribution").getByText("Table", { exact: true }).click();
    await cell("attribution", "b-2", "shapley").waitFor();
    const total = await valueOfCell("attribution", "b-2", "shapley");
    const groups = await valueOfCell("attribution", "b-0", "shapley");
    const rest = await valueOfCell("attribution", "b-1", "shapley");
    expect(Math.abs(groups + rest - total)).toBeLessThanOrEqual(1e-6 * total);
    await screenshot(page, "attribution-table");
    expect(await violationsOf(page, '[data-panel="attribution"]')).toEqual([]);
  });

  it("follows the requirement, and takes the user's tags", async () => {
    const { page } = launched;
    const before = await valueOfCell("attribution", "b-2", "shapley");
    await panel("attribution").getByText("Maintenance", { exact: true }).click();
    await ready("attribution");
    await expect.poll(async () => valueOfCell("attribution", "b-2", "shapley"), { timeout: 20_000 }).not.toBe(before);
    // A group that is selected in the table is selected everywhere; its positions take the tag.
    await panel("attribution").locator('[role="row"][row-index="0"] [col-id="count"]').first().click();
    await choose("attribution", "Groups of positions", "Strategy tag");
    await ready("attribution");
    await panel("attribution").getByRole("textbox", { name: "Tag" }).fill("Covered calls");
    await panel("attribution")
      .getByRole("button", { name: /^Tag .* selected position/ })
      .click();
    await panel("attribution").getByRole("gridcell", { name: "Covered calls" }).waitFor();
    await screenshot(page, "attribution-tags");
    expect(await violationsOf(page, '[data-panel="attribution"]')).toEqual([]);
  });

  it("is readable in the dark theme", async () => {
    const { page } = launched;
    await chooseTheme(page, "Dark");
    await choose("attribution", "Groups of positions", "Underlying");
    await ready("attribution");
    await panel("attribution").getByText("Waterfall").click();
    await page.waitForTimeout(1200);
    await screenshot(page, "attribution-dark");
    expect(await violationsOf(page, '[data-panel="attribution"]')).toEqual([]);
    await chooseTheme(page, "Light");
  });
});

describe("explain of change", () => {
  it("begins with what to hold today against", async () => {
    const { page } = launched;
    await page.locator('[role="tab"][data-tab-panel-id="attribution"]').dblclick();
    await openPanel("Explain of change", "change");
    await panel("change").getByText("Choose what to hold the present book").waitFor();
    await screenshot(page, "change-empty");
    expect(await violationsOf(page, '[data-panel="change"]')).toEqual([]);
  });

  it("explains what the user changed since the pin, to the last digit", async () => {
    const { page } = launched;
    const before = await initialMargin();
    await panel("change").getByRole("button", { name: "Pin the present state" }).click();
    await page.locator('[role="tab"][data-tab-panel-id="change"]').dblclick();
    await page.locator('[role="tab"][data-tab-panel-id="positions"]').click();
    await panel("positions").getByLabel("Filter positions").fill("BTC-PERPETUAL");
    await page.waitForTimeout(600);
    await edit(panel("positions").locator('[col-id="quantity"]:has([data-value])').first(), "250000");
    await expect.poll(initialMargin, { timeout: 30_000 }).not.toBe(before);
    const traded = await initialMargin();
    await page.getByRole("combobox", { name: "Rules" }).click();
    await page.getByRole("option", { name: /erm-2024-02-01/ }).click();
    await expect.poll(initialMargin, { timeout: 30_000 }).not.toBe(traded);
    const after = await initialMargin();
    await page.locator('[role="tab"][data-tab-panel-id="change"]').click();
    await page.locator('[role="tab"][data-tab-panel-id="change"]').dblclick();
    await panel("change").getByRole("button", { name: "Explain", exact: true }).click();
    const sums = panel("change").locator("[data-sum]");
    await sums.filter({ hasText: "to the last digit ✓" }).waitFor({ timeout: 60_000 });
    await panel("change").locator("figure .main-svg").first().waitFor();
    await page.waitForTimeout(900);
    await screenshot(page, "change-waterfall");
    await panel("change").focus();
    await page.keyboard.press("Enter");
    await cell("change", "b-0", "change").waitFor();
    expect(await valueOfCell("change", "b-0", "from")).toBe(before);
    expect(await valueOfCell("change", "b-0", "to")).toBe(after);
    expect(await valueOfCell("change", "b-0", "change")).toBe(after - before);
    await panel("change").getByRole("button", { name: "Open Positions" }).click();
    await page.waitForTimeout(400);
    await screenshot(page, "change-table");
    expect(await violationsOf(page, '[data-panel="change"]')).toEqual([]);
  });

  it("is readable in the dark theme", async () => {
    const { page } = launched;
    await chooseTheme(page, "Dark");
    await screenshot(page, "change-table-dark");
    expect(await violationsOf(page, '[data-panel="change"]')).toEqual([]);
    await panel("change").getByText("Waterfall").click();
    await page.waitForTimeout(900);
    await screenshot(page, "change-dark");
    expect(await violationsOf(page, '[data-panel="change"]')).toEqual([]);
    await chooseTheme(page, "Light");
  });

  it("leaves no error behind", () => expect(launched.problems).toEqual([]));
});
