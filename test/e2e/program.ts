import { afterAll, beforeAll } from "vitest";
import { type Launched, type LaunchOptions, launchBrowser, temporaryLibrary } from "./launch.ts";

/** Machines that draw in software may be busy, ms. */
const patience = 60_000;

/**
 * The program over a library of its own, for all tests of a file: started before the first and ended after the last.
 *
 * @returns what runs, once it does; and how to start it again over the same library
 */
export function startedOnce<Host extends Launched>(launch: (options: LaunchOptions) => Promise<Host>) {
  const library = temporaryLibrary();
  let host: Host;
  beforeAll(async () => {
    host = await launch({ libraryPath: library.path });
  });
  afterAll(async () => {
    await host?.close();
    library.remove();
  });
  return {
    get host() {
      return host;
    },
    libraryPath: library.path,
    restart: async (): Promise<void> => {
      await host.close();
      host = await launch({ libraryPath: library.path });
    },
  };
}

/**
 * The program in a browser, as `startedOnce`.
 *
 * @returns what a test sees of it, once it runs, and words for what journeys do at every turn
 */
export function programInBrowser() {
  const started = startedOnce(launchBrowser);
  beforeAll(() => ready("positions"));
  const panel = (id: string) => started.host.page.locator(`[data-panel="${id}"]`);
  const ready = (id: string, timeout = patience) =>
    started.host.page.locator(`[data-panel="${id}"][data-state="ready"]`).waitFor({ timeout });
  return {
    get page() {
      return started.host.page;
    },
    get problems() {
      return started.host.problems;
    },
    panel,
    ready,
    restart: started.restart,
    /** Chooses an item of a panel's menu, which is gone when it returns: the next menu is not taken for it. */
    choose: async (id: string, item: string): Promise<void> => {
      await panel(id)
        .getByRole("button", { name: /^Menu of/ })
        .click();
      const chosen = started.host.page.getByRole("menuitem", { name: item });
      await chosen.click();
      await chosen.waitFor({ state: "hidden" });
    },
    press: async (keys: string): Promise<void> => {
      await started.host.page.keyboard.press(keys);
      await started.host.page.waitForTimeout(400);
    },
  };
}
