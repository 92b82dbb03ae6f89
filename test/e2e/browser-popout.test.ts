import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { programInBrowser } from "./program.ts";

/** Machines that draw in software may be busy. */
const patient = { timeout: 20_000 };
const launched = programInBrowser();
const { choose, panel } = launched;
let page: Page;

beforeAll(() => {
  page = launched.page;
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

describe("a menu that is open in a window of its own", () => {
  const menuOf = (place: Page) => place.locator('[data-panel="matrix"]').getByRole("button", { name: /^Menu of/ });

  it.each([
    { closed: "by its user", close: (second: Page) => second.evaluate(() => window.close()).catch(() => undefined) },
    { closed: "from outside", close: (second: Page) => second.close() },
  ])("has the focus, and the first click opens it here once its window was closed $closed", async ({ close }) => {
    const [second] = await Promise.all([page.waitForEvent("popup"), choose("matrix", "Pop out to a window")]);
    await menuOf(second).click();
    await second.getByRole("menuitem", { name: "Duplicate panel" }).waitFor();
    const isInMenu = () => second.evaluate(() => document.activeElement?.closest('[role="menu"]') !== null);
    await expect.poll(isInMenu, patient).toBe(true);
    await close(second);
    await page.bringToFront();
    await menuOf(page).waitFor();
    await expect.poll(() => menuOf(page).getAttribute("aria-expanded"), patient).toBe("false");
    await menuOf(page).click();
    await page.getByRole("menuitem", { name: "Duplicate panel" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menuitem", { name: "Duplicate panel" }).waitFor({ state: "hidden" });
  });

  it("ends without an error of the page", () => expect(launched.problems).toEqual([]));
});
