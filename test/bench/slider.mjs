// From a step of a shock slider to the coarse surface on the screen, and to the fine one; a book of 2,016 options. Prints medians.
//
//     node test/bench/slider.mjs [--door browser|electron] [--runs 15]
import { parseArgs } from "node:util";
import { setup } from "../e2e/display.ts";
import { drop } from "../e2e/journey.ts";
import { largeBook } from "../e2e/large-book.ts";
import { launchBrowser, launchElectron, temporaryLibrary } from "../e2e/launch.ts";
import { noBrowser, noElectron } from "../e2e/machine.ts";

const { values } = parseArgs({ options: { door: { type: "string" }, runs: { type: "string", default: "15" } } });
const doors = {
  browser: { missing: noBrowser, launch: launchBrowser },
  electron: { missing: noElectron, launch: launchElectron },
};
const views = ["3D", "Contour"];
const endDisplay = await setup();

for (const [name, { missing, launch }] of Object.entries(doors)) {
  if (values.door !== undefined && values.door !== name) continue;
  const reason = missing();
  if (reason !== undefined) {
    process.stdout.write(`${name}: ${reason}\n`);
    continue;
  }
  const library = temporaryLibrary();
  const launched = await launch({ libraryPath: library.path });
  await withLargeBook(launched.page);
  for (const view of views) process.stdout.write(`${name}, ${view}: ${await measured(launched.page, view)}\n`);
  await launched.close();
  library.remove();
}

endDisplay?.();

async function withLargeBook(page) {
  await ready(page, "summary-strip");
  const { positions, market } = largeBook();
  const files = [...positions, ...market];
  await drop(page, files);
  await page.getByRole("button", { name: `Import ${files.length} files` }).click();
  await page.getByRole("button", { name: "Use this portfolio and market" }).click();
  await page.getByText("This is a synthetic sample.").waitFor({ state: "detached" });
  await ready(page, "summary-strip");
  await page.keyboard.press("Control+2");
  await ready(page, "surface");
}

async function ready(page, panel) {
  await page.locator(`[data-panel="${panel}"][data-state="ready"]`).waitFor({ timeout: 90_000 });
}

/** Medians over the steps after one that is not counted. */
async function measured(page, view) {
  await page.locator('[data-panel="surface"] label', { hasText: view }).first().click();
  await page.waitForTimeout(2_000);
  const found = [];
  const steps = Number(values.runs);
  for (let step = 0; step <= steps; step += 1) found.push(await stepOnce(page, step % 2 === 0));
  const counted = found.slice(1);
  const parts = ["coarse", "fine"].map((part) => `${part} ${median(counted.map((times) => times[part]))} ms`);
  return `${parts.join(", ")} (median of ${steps} steps of the slider)`;
}

async function stepOnce(page, up) {
  await page.getByRole("slider", { name: "Price range" }).focus();
  await page.evaluate(() => {
    const plot = document.querySelector('[data-panel="surface"] figure');
    const times = { begun: 0, coarse: 0, fine: 0 };
    globalThis.sliderTimes = times;
    addEventListener(
      "keydown",
      () => {
        times.begun = performance.now();
      },
      { capture: true, once: true },
    );
    // The frame after the one that Plotly drew in is on the screen.
    const shown = () =>
      requestAnimationFrame(() => {
        const lines = plot.data[0].z.length;
        const part = lines < 41 ? "coarse" : "fine";
        if (times.begun > 0 && times[part] === 0) times[part] = performance.now() - times.begun;
      });
    plot.removeAllListeners("plotly_afterplot");
    plot.on("plotly_afterplot", shown);
  });
  await page.keyboard.press(up ? "ArrowRight" : "ArrowLeft");
  await ready(page, "surface");
  await page.waitForTimeout(700);
  return page.evaluate(() => globalThis.sliderTimes);
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return Math.round(sorted[sorted.length >> 1]);
}
