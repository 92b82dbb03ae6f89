import { beforeAll, describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const launched = programInBrowser();
const { press } = launched;

const themes = [
  ["Light", "light"],
  ["Dark", "dark"],
  ["High contrast", "contrast"],
] as const;

describe.each(themes)("in the theme %s", (label, name) => {
  beforeAll(() => chooseTheme(launched.page, label));

  it.each([
    ["Monitor", "Control+1"],
    ["Surface", "Control+2"],
    ["Audit", "Control+4"],
  ])("every panel of the layout %s passes", async (layout, keys) => {
    const { page } = launched;
    await press(keys);
    await page.waitForFunction(() => document.querySelectorAll('[data-panel][data-state="loading"]').length === 0);
    await page.waitForTimeout(1500);
    await screenshot(page, `axe-${name}-${layout.toLowerCase()}`);
    expect(await violationsOf(launched.page)).toEqual([]);
  });

  // High contrast changes colours of the theme only; what stands in front shows them.
  if (name !== "contrast")
    it("every panel that stands behind another passes", async () => {
      const { page } = launched;
      for (const layout of ["Control+1", "Control+2", "Control+4"]) {
        await press(layout);
        for (const tab of await page.locator('[role="tab"][data-tab-panel-id][aria-selected="false"]').all()) {
          const panel = await tab.getAttribute("data-tab-panel-id");
          await tab.click();
          await page.waitForTimeout(500);
          expect(await violationsOf(launched.page, `[data-panel="${panel}"]`)).toEqual([]);
        }
      }
      await press("Control+1");
    });

  it.each([
    ["command palette", "Control+k", "palette"],
    ["keyboard shortcuts", "?", "shortcuts"],
    ["settings", "Control+,", "settings"],
    ["import wizard", "Control+o", "import"],
    ["help", "F1", "help"],
    ["save run", "Control+s", "save-run"],
  ])("the %s passes", async (_, keys, picture) => {
    const dialog = launched.page.locator("[role=dialog]");
    await press(keys);
    await dialog.first().waitFor();
    await launched.page.waitForTimeout(400);
    if (picture === "palette") await press("ArrowDown");
    await screenshot(launched.page, `axe-${name}-${picture}`);
    const found = await violationsOf(launched.page, "[role=dialog]");
    await press("Escape");
    // What is asked next must not go to a dialog that is still closing.
    await dialog.first().waitFor({ state: "detached" });
    expect(found).toEqual([]);
  });
});
