import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const launched = programInBrowser();
const { panel, ready, press } = launched;

describe("margin through time", () => {
  it("offers a worked example while there is nothing", async () => {
    await press("Control+6");
    await panel("backtest").getByRole("button", { name: "Load the synthetic example" }).waitFor();
    await screenshot(launched.page, "backtest-empty");
    await panel("backtest").getByRole("button", { name: "Load the synthetic example" }).click();
    await ready("backtest-series");
    await ready("validation");
    await launched.page.waitForTimeout(1500);
    await screenshot(launched.page, "backtest-light");
  });
});

const figureOf = (id: string) => panel(id).locator("figure .main-svg").first();

async function openTab(id: string): Promise<void> {
  await launched.page.locator(`[role="tab"][data-tab-panel-id="${id}"]`).click();
  await panel(id).waitFor();
}

/** The first number of a text such as `✕ var-es-margin, 41,203 USD`. */
const numberIn = (text: string | null): number => Number(/([\d,]+) USD/.exec(text ?? "")?.[1]?.replaceAll(",", ""));

describe("a back-test on the synthetic panel", () => {
  it("marks breaches in the chart and lists them first", async () => {
    const { page } = launched;
    await openTab("backtest-series");
    await figureOf("backtest-series").waitFor();
    const rows = panel("backtest-days").locator('[role="row"] [col-id="breaches"]', { hasText: "✕" });
    expect(await rows.count()).toBeGreaterThanOrEqual(1);
    await panel("backtest-series").focus();
    await page.keyboard.press("b");
    await panel("backtest-series").locator("[data-day]").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    const legend = panel("backtest-series").getByRole("list", { name: "Lines and marks" });
    expect(await legend.textContent()).toMatch(/✕ [1-9]/);
  });

  it("shows each method's tests side by side", async () => {
    const figures = panel("validation").locator("tr[data-figure]");
    const ids = await figures.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.figure));
    expect(ids).toEqual(expect.arrayContaining(["zone", "exceptions", "kupiec-pof", "rise 20 12", "cost"]));
    const zones = panel("validation").locator('tr[data-figure="zone"] td');
    expect(await zones.count()).toBe(5);
    expect(await zones.first().textContent()).toMatch(/green|yellow|red/);
  });

  it("opens a day as a run that states the same margin", async () => {
    const { page } = launched;
    await panel("backtest-series").getByRole("button", { name: "Open as a run" }).click();
    await page.waitForTimeout(400);
    const item = page.getByRole("menuitem", { name: /var-es-margin historical/ });
    const asked = numberIn(await item.textContent());
    await item.click();
    await panel("statement").waitFor();
    await page.waitForTimeout(800);
    await ready("statement");
    await screenshot(page, "backtest-opened-day");
    const total = await panel("statement").locator("[data-value]").first().getAttribute("data-value");
    expect(Math.round(Number(total))).toBe(asked);
  });

  it("splits the opened run's requirement, and shows its tail", async () => {
    const { page } = launched;
    await openTab("attribution");
    await figureOf("attribution").waitFor();
    expect(await panel("attribution").locator("[data-sum]").textContent()).toContain("add up to");
    await page.waitForTimeout(800);
    await screenshot(page, "backtest-attribution");
    await panel("attribution").getByText("Treemap").click();
    await page.waitForTimeout(1200);
    await screenshot(page, "backtest-treemap");
    await openTab("tail");
    await figureOf("tail").waitFor();
    await page.waitForTimeout(800);
    await screenshot(page, "backtest-tail");
    await panel("tail").getByText("QQ").click();
    await page.waitForTimeout(1000);
    await screenshot(page, "backtest-qq");
    await openTab("calibration");
    await ready("calibration");
    await page.waitForTimeout(1500);
    await screenshot(page, "backtest-calibration");
    await panel("calibration").getByText("Residuals").click();
    await page.waitForTimeout(2000);
    await screenshot(page, "backtest-residuals");
    await panel("calibration").getByText("Correlation").click();
    await ready("calibration");
    await page.waitForTimeout(2000);
    await screenshot(page, "backtest-correlation");
    await openTab("backtest-series");
  });
});

describe("stored back-tests", () => {
  it("walks the opened book along three months of the history", async () => {
    const { page } = launched;
    await panel("backtest").getByText("One market, a history").click();
    await panel("backtest").getByLabel("From", { exact: true }).fill("2025-11-01");
    await panel("backtest").getByLabel("To", { exact: true }).fill("2026-01-31");
    await panel("backtest").getByLabel("Name", { exact: true }).fill("Along the history");
    await panel("backtest").getByRole("button", { name: "Run", exact: true }).click();
    await panel("backtest").getByText("Along the history", { exact: true }).first().waitFor();
    await page.waitForFunction(() => document.querySelector('[data-panel="backtest"][data-state="loading"]') === null);
    await ready("backtest-series");
    await ready("validation");
    await page.waitForTimeout(1500);
    await screenshot(page, "backtest-along-history");
    expect(await panel("validation").locator('tr[data-figure="observations"] td').first().textContent()).toMatch(
      /9[0-2]/,
    );
  });

  it("opens the first one again, with its set-up", async () => {
    const stored = panel("backtest").getByRole("region", { name: "Stored back-tests" }).locator("li");
    expect(await stored.count()).toBe(2);
    await stored.filter({ hasText: "Short strangle of BTC, 5 methods" }).getByRole("button", { name: "Open" }).click();
    await stored.filter({ hasText: "Short strangle of BTC, 5 methods" }).getByText("· shown").waitFor();
    await ready("backtest-series");
    await ready("validation");
    const kind = panel("backtest").getByRole("combobox", { name: "Kind of book" });
    expect(await kind.inputValue()).toBe("Short strangle");
  });

  it("exports the validation report as a page", async () => {
    const { page } = launched;
    await panel("validation").getByRole("button", { name: "Menu of Validation" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Export report as a page" }).click(),
    ]);
    const text = readFileSync(await download.path(), "utf8");
    expect(text).toContain("<html");
    expect(text).toContain("Kupiec");
  });
});

describe.each([
  ["Light", "light"],
  ["Dark", "dark"],
] as const)("in the theme %s", (label, name) => {
  it("the layout passes axe", async () => {
    await chooseTheme(launched.page, label);
    await launched.page.waitForTimeout(1500);
    await screenshot(launched.page, `axe-${name}-backtest`);
    expect(await violationsOf(launched.page)).toEqual([]);
  });
});

it("ends without an error of the page", () => expect(launched.problems).toEqual([]));
