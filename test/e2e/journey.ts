import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Launched, type LaunchOptions, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

const sample = resolve(import.meta.dirname, "../../resources/sample");
/** One after another, as a user would drop them: the book, then the market. */
const book = ["portfolio/synthetic-positions.json", "portfolio/synthetic-account-summaries.json"];
const market = [
  ...["synthetic-book-summary-btc.json", "synthetic-book-summary-eth.json"],
  ...["synthetic-ticker-btc-perpetual.json", "synthetic-ticker-eth-perpetual.json"],
].map((name) => `market/${name}`);

/** Drops files on the window, as the desktop and the browser take them alike. */
export async function drop(
  page: Page,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  await page.evaluate((given) => {
    const data = new DataTransfer();
    for (const { name, text } of given) data.items.add(new File([text], name));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files);
}

const contentOf = (paths: readonly string[]) =>
  paths.map((path) => ({ name: path.replace(/^.*\//, ""), text: readFileSync(join(sample, path), "utf8") }));

async function press(page: Page, keys: string): Promise<void> {
  await page.keyboard.press(keys);
  await page.waitForTimeout(300);
}

const ready = (page: Page, panel: string) => page.locator(`[data-panel="${panel}"][data-state="ready"]`).waitFor();

/** Initial margin in the summary strip, full precision. */
async function initialMargin(page: Page): Promise<number> {
  await ready(page, "summary-strip");
  const metric = page.locator('[data-panel="summary-strip"]').getByRole("button", { name: /Initial margin/ });
  return Number(await metric.locator("[data-value]").first().getAttribute("data-value"));
}

/**
 * The whole journey: import, margin, matrix, surface, override, save, reopen.
 *
 * @param door   `browser` or `electron`: names the pictures
 * @param launch starts the program at that door
 */
export function describeJourney(door: string, launch: (options: LaunchOptions) => Promise<Launched>): void {
  describe(`the whole journey in ${door}`, () => {
    const program = startedOnce(launch);

    beforeAll(async () => {
      await ready(program.host.page, "positions");
    });

    it("imports a table of unknown columns and tells which row was rejected", async () => {
      const { page } = program.host;
      const text = "Contract,Size,Entry\nBTC-PERPETUAL,lots,90000\nBTC-PERPETUAL,20000,90000\n";
      await drop(page, [{ name: "unknown.csv", text }]);
      await page.getByText("unknown table").waitFor();
      await page.getByLabel("Inverse futures and perpetuals count").first().click();
      await page.getByRole("option", { name: /quote currency/ }).click();
      await screenshot(page, `${door}-journey-mapping`);
      await page.getByRole("button", { name: "Use these columns" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
      const problems = page.getByRole("grid", { name: "Import problems" });
      await problems.waitFor();
      const cells = await problems.locator('[role="row"][row-index="0"] [role="gridcell"]').allTextContents();
      expect(cells.slice(0, 5)).toEqual(["error", "unknown.csv", "2", "Size", "lots"]);
      await screenshot(page, `${door}-journey-report`);
      await press(page, "Escape");
    });

    it("imports a book and a market and shows their margin", async () => {
      const { page } = program.host;
      const before = await initialMargin(page);
      await drop(page, contentOf([...book, ...market]));
      await page.getByRole("button", { name: "Import 6 files" }).click();
      await page.getByRole("button", { name: "Use this portfolio and market" }).click();
      await page.getByText("This is a synthetic sample.").waitFor({ state: "detached" });
      await ready(page, "positions");
      expect(await initialMargin(page)).toBe(before);
      await screenshot(page, `${door}-journey-margin`);
    });

    it("marks the binding cell of the risk matrix and drills from it", async () => {
      const { page } = program.host;
      const binding = page.locator('[data-panel="matrix"] [data-binding]').first();
      expect(Number(await binding.getAttribute("data-value"))).toBeLessThan(0);
      await binding.focus();
      await press(page, "ArrowRight");
      await press(page, "b");
      expect(await binding.evaluate((cell) => cell === document.activeElement)).toBe(true);
    });

    it("draws the surface and has no upload button", async () => {
      const { page } = program.host;
      await press(page, "Control+2");
      await ready(page, "surface");
      await page.locator('[data-panel="surface"] canvas').first().waitFor();
      await page.waitForTimeout(1500);
      expect(
        await page.locator('[data-title*="cloud" i], [data-title*="share" i], [data-title*="upload" i]').count(),
      ).toBe(0);
      await screenshot(page, `${door}-journey-surface`);
    });

    it("marks an override everywhere and takes it back with undo", async () => {
      const { page } = program.host;
      await press(page, "Control+1");
      const before = await initialMargin(page);
      await page.getByRole("tab", { name: "Parameters" }).click();
      const cell = page.locator('[data-panel="parameters"] [row-id="/general/maintenanceFactor"] [col-id="value"]');
      await cell.dblclick();
      await page.keyboard.press("Control+a");
      await page.keyboard.type("0.9");
      await page.keyboard.press("Enter");
      await page.locator('[data-panel="positions"] [data-mark="override"]').waitFor();
      await page.locator('[data-panel="matrix"] [data-mark="override"]').waitFor();
      expect(await initialMargin(page)).toBe(before);
      await screenshot(page, `${door}-journey-override`);
      await page.locator('[data-panel="parameters"]').focus();
      await press(page, "Control+z");
      await page.locator('[data-panel="positions"] [data-mark="override"]').waitFor({ state: "detached" });
    });

    it("saves the run, and finds everything again at the next start", async () => {
      await press(program.host.page, "Control+s");
      await program.host.page.getByLabel("Name").fill("Journey");
      await program.host.page.getByRole("dialog").getByRole("button", { name: "Save run" }).click();
      await program.host.page.getByText("Saved run “Journey”").waitFor();
      const before = await initialMargin(program.host.page);
      expect(program.host.problems).toEqual([]);
      await program.restart();
      const { page } = program.host;
      await ready(page, "positions");
      expect(await initialMargin(page)).toBe(before);
      expect(await page.getByText("This is a synthetic sample.").count()).toBe(0);
      await page.getByRole("button", { name: "Library", exact: true }).click();
      await page.getByText("Runs 1").click();
      await page.getByRole("button", { name: "Replay" }).click();
      await page.locator('[data-verdict="equal"]').waitFor();
      await screenshot(page, `${door}-journey-replay`);
    });

    it("ends without an error of the page", () => expect(program.host.problems).toEqual([]));
  });
}
