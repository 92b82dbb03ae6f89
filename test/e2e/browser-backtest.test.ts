import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Launched, launchBrowser, screenshot, temporaryLibrary } from "./launch.ts";

const library = temporaryLibrary();
let launched: Launched;

beforeAll(async () => {
  launched = await launchBrowser({ libraryPath: library.path });
  await launched.page.waitForSelector('[data-panel="positions"][data-state="ready"]');
});

afterAll(async () => {
  await launched?.close();
  library.remove();
});

const panel = (id: string) => launched.page.locator(`[data-panel="${id}"]`);
const ready = (id: string, timeout = 110_000) =>
  launched.page.locator(`[data-panel="${id}"][data-state="ready"]`).waitFor({ timeout });

async function press(keys: string): Promise<void> {
  await launched.page.keyboard.press(keys);
  await launched.page.waitForTimeout(400);
}

async function chooseTheme(label: string): Promise<void> {
  const { page } = launched;
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitem", { name: label }).click();
  await page.waitForTimeout(600);
}

async function violations(): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page: launched.page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .setLegacyMode()
    .analyze();
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target, html }) => `${id}: ${help}: ${target} ${html}`));
}

describe("margin through time", () => {
  it("offers a worked example while there is nothing", async () => {
    await press("Control+5");
    await panel("backtest").getByRole("button", { name: "Load the synthetic example" }).waitFor();
    await screenshot(launched.page, "backtest-empty");
    await panel("backtest").getByRole("button", { name: "Load the synthetic example" }).click();
    await ready("backtest-series");
    await ready("validation");
    await launched.page.waitForTimeout(1500);
    await screenshot(launched.page, "backtest-light");
  });
});

describe.each([
  ["Light", "light"],
  ["Dark", "dark"],
] as const)("in the theme %s", (label, name) => {
  it("the layout passes axe", async () => {
    await chooseTheme(label);
    await launched.page.waitForTimeout(1500);
    await screenshot(launched.page, `axe-${name}-backtest`);
    expect(await violations()).toEqual([]);
  });
});

it("ends without an error of the page", () => expect(launched.problems).toEqual([]));
