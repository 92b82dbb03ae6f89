// What benches of the window share: a large book imported as a user would, and waiting for its panels.
import { setup } from "../e2e/display.ts";
import { drop } from "../e2e/journey.ts";
import { largeBook } from "../e2e/large-book.ts";
import { launchBrowser, launchElectron, temporaryLibrary } from "../e2e/launch.ts";
import { noBrowser, noElectron } from "../e2e/machine.ts";

const doors = {
  browser: { missing: noBrowser, launch: launchBrowser },
  electron: { missing: noElectron, launch: launchElectron },
};

/** Measures through the door of the name, or through each; what a machine lacks is said. */
export async function eachDoor(wanted, measure) {
  const endDisplay = await setup();
  for (const [name, { missing, launch }] of Object.entries(doors)) {
    if (wanted !== undefined && wanted !== name) continue;
    const reason = missing();
    if (reason !== undefined) {
      process.stdout.write(`${name}: ${reason}\n`);
      continue;
    }
    const library = temporaryLibrary();
    const launched = await launch({ libraryPath: library.path });
    await measure(name, launched.page);
    await launched.close();
    library.remove();
  }
  endDisplay?.();
}

/** Imports a synthetic book of 36 options a strike and computes its margin. */
export async function withLargeBook(page, strikes) {
  await ready(page, "summary-strip");
  const { positions, market } = largeBook(strikes);
  const files = [...positions, ...market];
  await drop(page, files);
  await page.getByRole("button", { name: `Import ${files.length} files` }).click();
  await page.getByRole("button", { name: "Use this portfolio and market" }).click();
  await page.getByText("This is a synthetic sample.").waitFor({ state: "detached", timeout: 90_000 });
  await ready(page, "summary-strip");
}

export async function ready(page, panel) {
  await page.locator(`[data-panel="${panel}"][data-state="ready"]`).waitFor({ timeout: 120_000 });
}

export function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return Math.round(sorted[sorted.length >> 1]);
}
