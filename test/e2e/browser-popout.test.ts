import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Launched, launchBrowser, temporaryLibrary } from "./launch.ts";

/** Machines that draw in software may be busy. */
const patient = { timeout: 20_000 };
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

const panel = (id: string) => page.locator(`[data-panel="${id}"]`);

/** Chooses an item of a panel's menu. */
async function choose(id: string, item: string): Promise<void> {
  await panel(id)
    .getByRole("button", { name: /^Menu of/ })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

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

  it.each([
    { closed: "by its user", close: (second: Page) => second.evaluate(() => window.close()).catch(() => undefined) },
    { closed: "from outside", close: (second: Page) => second.close() },
  ])("has a menu that opens at the first click once its window was closed $closed", async ({ close }) => {
    const menuOf = (place: Page) => place.locator('[data-panel="matrix"]').getByRole("button", { name: /^Menu of/ });
    const [second] = await Promise.all([page.waitForEvent("popup"), choose("matrix", "Pop out to a window")]);
    await menuOf(second).waitFor();
    await close(second);
    await page.bringToFront();
    await expect.poll(() => menuOf(page).getAttribute("aria-expanded"), patient).toBe("false");
    await menuOf(page).click();
    await page.getByRole("menuitem", { name: "Duplicate panel" }).waitFor();
    expect(await menuOf(page).getAttribute("aria-expanded")).toBe("true");
    // The menu takes Esc once it has the focus.
    const isInMenu = () => page.evaluate(() => document.activeElement?.closest('[role="menu"]') !== null);
    await expect.poll(isInMenu, patient).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => menuOf(page).getAttribute("aria-expanded"), patient).toBe("false");
  });
});
