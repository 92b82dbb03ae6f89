import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { drop } from "./journey.ts";
import { largeBook } from "./large-book.ts";
import { launchBrowser } from "./launch.ts";
import { grossLimitMs, mainThreadTasks, slowdown } from "./page-tasks.ts";
import { startedOnce } from "./program.ts";

const program = startedOnce(launchBrowser);
const ready = (page: Page) => page.locator('[data-panel="summary-strip"][data-state="ready"]').waitFor();

describe("a book of 2,016 options in a browser", () => {
  it("is imported and computed", async () => {
    const { page } = program.host;
    await ready(page);
    const { positions, market } = largeBook();
    await drop(page, [...positions, ...market]);
    await page.getByRole("button", { name: "Import 4 files" }).click();
    await page.getByRole("button", { name: "Use this portfolio and market" }).click();
    await page.getByText("This is a synthetic sample.").waitFor({ state: "detached" });
    await ready(page);
    await page.getByText(/2,016 of 2,016 positions included|2016 of 2016 positions included/).waitFor();
    await page.waitForTimeout(2_000);
  });

  it("does not hold up the page while a new result comes in", async () => {
    const { page } = program.host;
    // The processor's caches are shared with whatever else runs: the best of three.
    const longest: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const recalculate = async (): Promise<void> => {
        await page.getByRole("button", { name: "Recalculate" }).click();
        await page.waitForTimeout(300);
        await ready(page);
        await page.waitForTimeout(1_500);
      };
      const tasks = await mainThreadTasks(page, recalculate);
      expect(tasks.length).toBeGreaterThan(10);
      longest.push((tasks[0] ?? Number.NaN) / (await slowdown(page)));
    }
    expect(Math.min(...longest)).toBeLessThan(grossLimitMs);
  });

  it("has no error of the page", () => expect(program.host.problems).toEqual([]));
});
