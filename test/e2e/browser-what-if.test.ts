import { beforeAll, describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { launchBrowser, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

const program = startedOnce(launchBrowser);

beforeAll(async () => {
  await program.host.page.locator('[data-panel="positions"][data-state="ready"]').waitFor({ timeout: 60_000 });
});

const panel = (id: string) => program.host.page.locator(`[data-panel="${id}"]`);
const figure = (id: string, column: 0 | 1 | 2) =>
  panel("what-if-result").locator(`[data-method="deribit-portfolio"] [data-figure="${id}"] td`).nth(column);
const valueIn = async (id: string, column: 0 | 1 | 2): Promise<number> =>
  Number(await figure(id, column).getAttribute("data-value"));
/** Worst stress after the ticket, as the candidates' own line says it of the book with the ticket. */
const valueOfStress = async (): Promise<number> => {
  const text = (await panel("hedges").textContent()) ?? "";
  return Number(/worst stress (?:now )?−([\d,]+) USD/.exec(text)?.[1]?.replaceAll(",", "") ?? Number.NaN);
};
const parts = ['[data-panel="what-if"]', '[data-panel="what-if-result"]', '[data-panel="hedges"]'];

describe("the layout What-if", () => {
  it("opens by Mod+D with a ticket on a copy of the book", async () => {
    const { page } = program.host;
    await page.locator('[data-panel="positions"]').focus();
    await page.keyboard.press("Control+D");
    await panel("what-if").locator("strong", { hasText: "WHAT-IF" }).waitFor();
    await panel("what-if")
      .getByText(/on a copy of/)
      .waitFor();
    await figure("initial", 0).waitFor({ timeout: 60_000 });
    expect(await valueIn("initial", 2)).toBe(0);
    expect(await panel("what-if").locator("[data-what-if]").getAttribute("data-unsaved")).toBe("false");
  });

  it("leaves the focus with who types already when the frame that brings it to the panel comes late", async () => {
    const { page } = program.host;
    const restore = await page.evaluateHandle(() => {
      const { requestAnimationFrame } = window;
      window.requestAnimationFrame = (draw) => Number(setTimeout(() => requestAnimationFrame(draw), 500));
      return () => {
        window.requestAnimationFrame = requestAnimationFrame;
      };
    });
    await page.locator('[data-panel="hedges"]').focus();
    await page.keyboard.press("Control+D");
    const search = panel("what-if").getByRole("combobox", { name: "Add a contract" });
    await search.focus();
    await page.waitForTimeout(900);
    await restore.evaluate((back) => back());
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it("finds a contract by the keyboard, and has the change on screen while the quantity is typed", async () => {
    const { page } = program.host;
    const search = panel("what-if").getByRole("combobox", { name: "Add a contract" });
    await search.focus();
    await page.keyboard.type("BTC-PERP");
    await page.getByRole("option", { name: /BTC-PERPETUAL/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const quantity = panel("what-if").getByRole("textbox", { name: /Quantity of BTC-PERPETUAL/ });
    await quantity.waitFor();
    await expect.poll(() => valueIn("delta", 2), { timeout: 20_000 }).not.toBe(0);
    await quantity.fill("-250000");
    await expect.poll(() => valueIn("delta", 2), { timeout: 20_000 }).toBeCloseTo(-250_000, -3);
    expect(await panel("what-if").locator("[data-what-if]").getAttribute("data-unsaved")).toBe("true");
    await panel("what-if").locator("strong", { hasText: "WHAT-IF *" }).waitFor();
    const [before, after, change] = await Promise.all([0, 1, 2].map((at) => valueIn("initial", at as 0 | 1 | 2)));
    expect(after).toBeCloseTo((before ?? 0) + (change ?? 0), 6);
  });

  it("adds an option at a stated price, which changes equity", async () => {
    const { page } = program.host;
    const search = panel("what-if").getByRole("combobox", { name: "Add a contract" });
    await search.fill("option btc -P");
    const put = page.getByRole("option", { name: /^BTC-.*-P\b/ }).nth(4);
    await put.waitFor();
    await put.click();
    await expect.poll(() => panel("what-if").locator("[data-leg]").count()).toBe(2);
    await expect.poll(() => valueIn("vega", 2), { timeout: 20_000 }).not.toBe(0);
    expect(await valueIn("equity", 2)).toBe(0);
    const leg = panel("what-if").locator("[data-leg]").nth(1);
    await leg.getByRole("combobox", { name: /Price basis/ }).selectOption("stated");
    const price = leg.getByRole("textbox", { name: /^Price of/ });
    await price.fill("1");
    await expect.poll(() => valueIn("equity", 2), { timeout: 20_000 }).toBeLessThan(-1_000);
    await leg.getByRole("combobox", { name: /Price basis/ }).selectOption("mark");
    await expect.poll(() => valueIn("equity", 2), { timeout: 20_000 }).toBe(0);
  });

  it("judges limits, finds the largest size and the margin along the execution", async () => {
    const result = panel("what-if-result");
    await result.getByRole("textbox", { name: "Bound, USD" }).fill("5000000");
    await result.getByRole("button", { name: "Add limit" }).click();
    await result.locator('[data-limit="initial"]').getByText(/^pass/).waitFor({ timeout: 20_000 });
    await result.getByRole("region", { name: "Largest size" }).getByRole("button", { name: "Find" }).click();
    await result.locator('[data-direction="as-stated"] b').waitFor({ timeout: 60_000 });
    await result.getByRole("region", { name: "Steps of execution" }).getByRole("button", { name: "Compute" }).click();
    await result.locator('[data-peak="true"]').waitFor({ timeout: 60_000 });
    expect(await result.getByRole("region", { name: "Steps of execution" }).locator("tbody tr").count()).toBe(3);
  });

  it("holds the ticket against a set of the library: losses at once, margins under stress when it rests", async () => {
    const { page } = program.host;
    const result = panel("what-if-result");
    const grid = result.getByRole("grid", { name: "Scenarios before and after the ticket" });
    await grid.getByText("price −15 %", { exact: true }).waitFor();
    const before = await valueIn("stress", 1);
    // Over the whole window: columns beside what is seen are not in the page.
    const tab = page.locator('[role="tab"][data-tab-panel-id="what-if-result"]');
    await tab.dblclick();
    await result.getByRole("combobox", { name: "Stress sets" }).click();
    await page.getByRole("option", { name: /^Historical events \(19\)/ }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => valueIn("stress", 1), { timeout: 30_000 }).toBeLessThan(before);
    const first = grid.locator('.ag-row[row-index="0"]');
    const cell = async (column: string): Promise<number> =>
      Number(await first.locator(`[col-id="${column}"] [data-value]`).getAttribute("data-value"));
    await expect.poll(() => cell("initial after"), { timeout: 60_000 }).toBeGreaterThan(0);
    expect(await cell("pnl after")).toBeCloseTo(await valueIn("stress", 1), 2);
    expect(await cell("initial change")).toBeCloseTo((await cell("initial after")) - (await cell("initial before")), 6);
    // Along its path the worst step leads, and says where it is; every call on the way counts.
    const mode = result.getByRole("radiogroup", { name: "Mode of the stress sets" });
    await mode.getByText("Path", { exact: true }).click();
    await first.locator('[col-id="worstAt"]').getByText(/\S/).waitFor({ timeout: 60_000 });
    await grid.getByRole("columnheader", { name: "Called before" }).waitFor();
    await expect
      .poll(async () => (await cell("pnl after")) - (await valueIn("stress", 1)), { timeout: 30_000 })
      .toBe(0);
    await expect.poll(() => cell("initial after"), { timeout: 60_000 }).toBeGreaterThan(0);
    await screenshot(page, "what-if-stress-path");
    const path = await valueIn("stress", 1);
    await mode.getByText("Scaled", { exact: true }).click();
    await result.getByRole("textbox", { name: "Each shock this many times" }).fill("2");
    await expect.poll(() => valueIn("stress", 1), { timeout: 30_000 }).toBeLessThan(path);
    await mode.getByText("Instant", { exact: true }).click();
    await expect.poll(() => first.locator('[col-id="worstAt"]').count(), { timeout: 30_000 }).toBe(0);
    await expect.poll(() => cell("initial after"), { timeout: 60_000 }).toBeGreaterThan(0);
    await result.getByRole("combobox", { name: "Measure of the limit" }).selectOption("stress-loss");
    await result.getByRole("textbox", { name: "Bound, USD" }).fill("1000");
    await result.getByRole("button", { name: "Add limit" }).click();
    await result
      .locator('[data-limit="stress-loss"]')
      .getByText(/^FAIL by/)
      .waitFor({ timeout: 20_000 });
    await grid.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1_000);
    await screenshot(page, "what-if-stress");
    expect(await violationsOf(page, '[data-panel="what-if-result"]')).toEqual([]);
    await result.getByRole("button", { name: /^Remove limit: Worst stress loss/ }).click();
    await tab.dblclick();
  });

  it("ranks hedges and accepts one into the ticket", async () => {
    await panel("hedges").getByRole("button", { name: "Find hedges" }).click();
    await panel("hedges")
      .getByText(/trades against the book/)
      .waitFor({ timeout: 120_000 });
    // The sets of the ticket count: the worst stress of each candidate is that of the ticket less its relief.
    const { page } = program.host;
    await panel("hedges").getByRole("button", { name: "Stress: 1 set" }).waitFor();
    const line = panel("hedges").getByText(/trades against the book/);
    expect(await line.textContent()).toMatch(/worst stress −[\d,]+ USD \(/);
    await panel("hedges").getByRole("combobox", { name: "Ranked by" }).click();
    await page.getByRole("option", { name: "Worst stress", exact: true }).click();
    await panel("hedges").getByRole("button", { name: "Find", exact: true }).click();
    await expect.poll(() => panel("hedges").getAttribute("data-state"), { timeout: 120_000 }).toBe("ready");
    const tab = page.locator('[role="tab"][data-tab-panel-id="hedges"]');
    await tab.dblclick();
    const relief = panel("hedges").locator('.ag-row[row-index="0"] [col-id="stress"] [data-value]');
    expect(Number(await relief.getAttribute("data-value"))).toBeGreaterThan(0);
    await page.waitForTimeout(500);
    await screenshot(page, "hedges-stress");
    const worst = await valueOfStress();
    await panel("hedges").getByText("Plan", { exact: true }).click();
    await panel("hedges").getByRole("button", { name: "Stress: 1 set" }).click();
    const most = page.getByRole("textbox", { name: "Most the plan may lose in any of their scenarios" });
    await most.fill(String(Math.round(worst * 0.7)));
    await page.waitForTimeout(300);
    await screenshot(page, "hedges-stress-bound");
    await page.keyboard.press("Escape");
    await panel("hedges").getByRole("button", { name: "Find", exact: true }).click();
    const after = panel("hedges").locator("span[data-value]").filter({ hasText: "; worst stress" });
    await after.waitFor({ timeout: 120_000 });
    expect(-Number(await after.getAttribute("data-value"))).toBeLessThanOrEqual(Math.round(worst * 0.7) * 1.001);
    await screenshot(page, "hedges-stress-plan");
    await panel("hedges").getByText("Contracts", { exact: true }).click();
    await tab.dblclick();
    await panel("hedges")
      .getByRole("button", { name: /^Accept into ticket/ })
      .click();
    await expect.poll(() => panel("what-if").locator("[data-leg]").count()).toBe(3);
    await program.host.page.waitForTimeout(1_500);
    await screenshot(program.host.page, "what-if-light");
    expect(await violationsOf(program.host.page, ...parts)).toEqual([]);
  });

  it("takes edits back, and saves the copy as a portfolio of its own", async () => {
    const { page } = program.host;
    await panel("what-if").focus();
    await page.keyboard.press("Control+Z");
    await expect.poll(() => panel("what-if").locator("[data-leg]").count()).toBe(2);
    await panel("what-if").getByRole("button", { name: "Save as new portfolio" }).click();
    await panel("what-if")
      .getByText(/^Saved as/)
      .waitFor();
    expect(await panel("what-if").locator("[data-what-if]").getAttribute("data-unsaved")).toBe("false");
  });

  it("has its ticket again after a reload of the window, and after a restart of the program", async () => {
    const symbols = () =>
      panel("what-if")
        .locator("[data-leg]")
        .evaluateAll((legs) => legs.map((leg) => leg.getAttribute("data-leg")));
    const quantity = () => panel("what-if").getByRole("textbox", { name: /Quantity of BTC-PERPETUAL/ });
    const initial = await valueIn("initial", 1);
    const legs = await symbols();
    await program.host.page.waitForTimeout(600);
    await program.host.page.reload();
    await figure("initial", 1).waitFor({ timeout: 60_000 });
    expect(await symbols()).toEqual(legs);
    expect(await panel("what-if").locator("[data-what-if]").getAttribute("data-unsaved")).toBe("false");
    await expect.poll(() => valueIn("initial", 1), { timeout: 30_000 }).toBe(initial);
    // What is changed after it was saved is marked so by the next start, too.
    await quantity().fill("-260000");
    await program.host.page.waitForTimeout(600);
    expect(program.host.problems).toEqual([]);
    await program.restart();
    await figure("initial", 1).waitFor({ timeout: 60_000 });
    expect(await symbols()).toEqual(legs);
    expect(await quantity().inputValue()).toBe("-260,000");
    await panel("what-if").locator("strong", { hasText: "WHAT-IF *" }).waitFor();
    await panel("what-if")
      .getByText(/on a copy of/)
      .waitFor();
    await panel("what-if-result").locator('[data-limit="initial"]').waitFor();
    await panel("what-if-result")
      .getByText(/^Historical events \(19\)/)
      .first()
      .waitFor();
    await program.host.page.waitForTimeout(1_200);
    await screenshot(program.host.page, "what-if-restarted");
  });

  it("combines portfolios into a new one by the keyboard, and offers it", async () => {
    const { page } = program.host;
    await page.keyboard.press("Control+K");
    await page.getByRole("textbox", { name: "Find a command" }).fill("combine portfolios");
    await page.locator("[data-action][data-selected]").filter({ hasText: "Combine portfolios" }).waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Combine portfolios" });
    const count = dialog.getByRole("region", { name: "Result" }).locator("strong");
    await dialog.getByRole("textbox", { name: "Factor of portfolio 2" }).fill("-1");
    await dialog.getByRole("combobox", { name: "Portfolio 2" }).selectOption({ label: "Sample (synthetic)" });
    await dialog.getByRole("combobox", { name: "Portfolio 1" }).selectOption({ label: "Sample (synthetic)" });
    await expect.poll(() => count.getAttribute("data-value"), { timeout: 20_000 }).toBe("0");
    await dialog.getByRole("textbox", { name: "Factor of portfolio 2" }).fill("2");
    await expect
      .poll(async () => Number(await count.getAttribute("data-value")), { timeout: 20_000 })
      .toBeGreaterThan(0);
    expect(await violationsOf(page, '[role="dialog"]')).toEqual([]);
    await screenshot(page, "combine-portfolios");
    await dialog.getByRole("textbox", { name: "Save under" }).fill("Sample three times");
    await page.keyboard.press("Enter");
    await dialog.getByText("Saved as “Sample three times”").waitFor();
    await dialog.getByRole("button", { name: "Use this portfolio" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });

  it("is readable in the dark theme, beside a second method", async () => {
    const { page } = program.host;
    const methods = panel("what-if-result").getByRole("combobox", { name: "Further methods" });
    await methods.fill("okx");
    await page.getByRole("option", { name: "okx-portfolio" }).click();
    await panel("what-if-result").locator('[data-method="okx-portfolio"] [data-figure="initial"]').waitFor();
    await page.keyboard.press("Escape");
    await chooseTheme(page, "Dark");
    await page.waitForTimeout(1_000);
    await screenshot(page, "what-if-dark");
    expect(await violationsOf(page, ...parts)).toEqual([]);
  });

  it("had no error on the page", () => expect(program.host.problems).toEqual([]));
});
