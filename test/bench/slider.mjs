// From a step of a shock slider to the coarse surface on the screen, and to the fine one; a book of 2,016 options. Prints medians.
//
//     node test/bench/slider.mjs [--door browser|electron] [--runs 15]
import { parseArgs } from "node:util";
import { eachDoor, median, ready, withLargeBook } from "./window.mjs";

const { values } = parseArgs({ options: { door: { type: "string" }, runs: { type: "string", default: "15" } } });
const views = ["3D", "Contour"];

await eachDoor(values.door, async (name, page) => {
  await withLargeBook(page);
  await page.keyboard.press("Control+2");
  await ready(page, "surface");
  for (const view of views) process.stdout.write(`${name}, ${view}: ${await measured(page, view)}\n`);
});

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
    // The frame after the one that Plotly drew in is on the screen; in 3D when the driver has drawn what it was asked for, which the
    // answer for a pixel waits for.
    const driver = plot.querySelector(".gl-container canvas")?.getContext("webgl");
    const shown = () =>
      requestAnimationFrame(() => {
        driver?.readPixels(0, 0, 1, 1, driver.RGBA, driver.UNSIGNED_BYTE, new Uint8Array(4));
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
