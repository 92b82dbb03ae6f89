// From a quantity typed into a what-if to its change on the screen; a book of 10,008 options. Prints medians.
//
//     node test/bench/ticket.mjs [--door browser|electron] [--runs 15]
import { parseArgs } from "node:util";
import { eachDoor, median, ready, withLargeBook } from "./window.mjs";

const { values } = parseArgs({ options: { door: { type: "string" }, runs: { type: "string", default: "15" } } });
const strikes = 278;
const runs = Number(values.runs);

await eachDoor(values.door, async (name, page) => {
  await withLargeBook(page, strikes);
  const times = await typed(page);
  process.stdout.write(`${name}: change on the screen after ${median(times)} ms (median of ${runs} quantities)\n`);
});

/** Times of one quantity after the other, after one that is not counted. */
async function typed(page) {
  await page.locator('[data-panel="positions"]').focus();
  await page.keyboard.press("Control+D");
  await ready(page, "what-if-result");
  const search = page.locator('[data-panel="what-if"]').getByRole("combobox", { name: "Add a contract" });
  await search.fill("option btc -C");
  await page
    .getByRole("option", { name: /^BTC-.*-C\b/ })
    .nth(3)
    .click();
  const quantity = page.locator('[data-panel="what-if"]').getByRole("textbox", { name: /^Quantity of/ });
  await quantity.waitFor();
  await page.waitForTimeout(3_000);
  const times = [];
  for (let run = 0; run <= runs; run += 1) times.push(await once(page, quantity, 100 + 7 * run));
  return times.slice(1);
}

async function once(page, quantity, amount) {
  await page.evaluate(() => {
    const cells = () =>
      [...document.querySelectorAll('[data-panel="what-if-result"] [data-figure] td')]
        .map((cell) => cell.getAttribute("data-value"))
        .join();
    const before = cells();
    globalThis.changed = new Promise((resolve) => {
      let begun = 0;
      addEventListener(
        "input",
        () => {
          begun = performance.now();
        },
        { capture: true, once: true },
      );
      const look = () => {
        if (begun > 0 && cells() !== before) resolve(performance.now() - begun);
        else requestAnimationFrame(look);
      };
      look();
    });
  });
  await quantity.fill(String(amount));
  const time = await page.evaluate(() => globalThis.changed);
  await page.waitForTimeout(800);
  return time;
}
