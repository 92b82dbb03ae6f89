import { afterAll, beforeAll } from "vitest";
import { type Launched, launchBrowser, temporaryLibrary } from "./launch.ts";

/** Machines that draw in software may be busy, ms. */
const patience = 60_000;

/**
 * The program in a browser over a library of its own, for all tests of a file: started before the first and ended after the last.
 *
 * @returns what a test sees of it, once it runs, and words for what journeys do at every turn
 */
export function programInBrowser() {
  const library = temporaryLibrary();
  let launched: Launched;
  beforeAll(async () => {
    launched = await launchBrowser({ libraryPath: library.path });
    await ready("positions");
  });
  afterAll(async () => {
    await launched?.close();
    library.remove();
  });
  const panel = (id: string) => launched.page.locator(`[data-panel="${id}"]`);
  const ready = (id: string, timeout = patience) =>
    launched.page.locator(`[data-panel="${id}"][data-state="ready"]`).waitFor({ timeout });
  return {
    get page() {
      return launched.page;
    },
    get problems() {
      return launched.problems;
    },
    panel,
    ready,
    /** Chooses an item of a panel's menu, which is gone when it returns: the next menu is not taken for it. */
    choose: async (id: string, item: string): Promise<void> => {
      await panel(id)
        .getByRole("button", { name: /^Menu of/ })
        .click();
      const chosen = launched.page.getByRole("menuitem", { name: item });
      await chosen.click();
      await chosen.waitFor({ state: "hidden" });
    },
    press: async (keys: string): Promise<void> => {
      await launched.page.keyboard.press(keys);
      await launched.page.waitForTimeout(400);
    },
  };
}
