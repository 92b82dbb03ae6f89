import { beforeAll, describe, expect, it } from "vitest";
import { type Keyboard, keyboardOf } from "./keyboard.ts";
import { launchElectron, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

/** The five questions users come with, asked in the desktop window by keyboard alone. */
const program = startedOnce(launchElectron);
let keys: Keyboard;

beforeAll(async () => {
  keys = keyboardOf(program.host.page);
  await ready("positions");
  await ready("matrix");
});

const panel = (id: string) => program.host.page.locator(`[data-panel="${id}"]`);
const ready = (id: string) =>
  program.host.page.locator(`[data-panel="${id}"][data-state="ready"]`).waitFor({ timeout: 60_000 });
/** Lets charts be drawn before a picture is taken. */
const picture = async (name: string): Promise<void> => {
  await program.host.page.waitForTimeout(1_500);
  await screenshot(program.host.page, `keyboard-${name}`);
};
const initialMargin = async (): Promise<number> => {
  await ready("summary-strip");
  return numberIn("summary-strip", '[data-metric="Initial margin"]');
};
const numberIn = async (id: string, selector: string): Promise<number> =>
  Number(await panel(id).locator(selector).first().getAttribute("data-value"));

describe("by keyboard alone", () => {
  it("finds the binding scenario and the positions that make it", async () => {
    await keys.command("Open Risk matrix");
    await keys.press("b");
    const binding = panel("matrix").locator("[data-binding]").first();
    await expect.poll(() => binding.evaluate((cell) => cell === document.activeElement)).toBe(true);
    expect(Number(await binding.getAttribute("data-value"))).toBeLessThan(0);
    await keys.press("Enter");
    const drill = panel("matrix").getByRole("region", { name: /^Positions in/ });
    await drill.getByText(/^\d+ positions, sum −/).waitFor();
    await picture("binding");
  });

  it("replays March 2020 and goes through it step by step", async () => {
    await keys.command("Layout: Stress");
    await keys.command("Replay March 2020");
    await ready("stress");
    const answer = panel("stress").getByText(/^Black Thursday .*: a loss of [\d,]+ USD/);
    await answer.waitFor({ timeout: 60_000 });
    const path = panel("stress").getByRole("radio", { name: /^Path \d+$/ });
    await keys.tabTo(/^choice of (Positions|Factors|Path \d+|Statement|Moves)$/);
    for (let step = 0; step < 5 && !(await path.isChecked()); step++) await keys.press("ArrowRight");
    expect(await path.isChecked()).toBe(true);
    await panel("stress").locator("[data-step]").waitFor();
    await picture("replay");
  });

  it("finds what exhausts equity", async () => {
    await keys.command("Find what exhausts equity");
    await ready("reverse-stress");
    const answer = panel("reverse-stress").getByText(/^The smallest plausible move that takes the equity of/);
    await answer.waitFor({ timeout: 60_000 });
    expect(await answer.textContent()).toMatch(/%/);
    await picture("equity");
  });

  it("sizes a hedge within a limit and saves the copy of the book", async () => {
    await keys.command("Layout: What-if");
    await panel("what-if").waitFor();
    await keys.command("Open What-if");
    await keys.tabTo("Add a contract");
    await keys.type("BTC-PERP");
    await program.host.page.getByRole("option", { name: /BTC-PERPETUAL/ }).waitFor();
    await keys.press("ArrowDown", "Enter");
    await keys.tabTo(/^Quantity of BTC-PERPETUAL/);
    await keys.overwrite("100000");
    const figure = (column: number) => `[data-figure="initial"] td:nth-of-type(${column})`;
    await expect.poll(() => numberIn("what-if-result", figure(3)), { timeout: 30_000 }).not.toBe(0);
    const before = await numberIn("what-if-result", figure(1));

    await keys.command("Open Before and after");
    await keys.tabTo("Bound, USD");
    await keys.type(String(Math.round(before * 1.05)));
    await keys.tabTo("Add limit");
    await keys.press("Enter");
    await panel("what-if-result").locator('[data-limit="initial"]').getByText(/^pass/).waitFor({ timeout: 30_000 });
    await keys.command("Open Before and after");
    await keys.tabTo("Find");
    await keys.press("Enter");
    const size = panel("what-if-result").locator('[data-direction="as-stated"] b');
    await size.waitFor({ timeout: 60_000 });
    expect(Number(await size.getAttribute("data-value"))).toBeGreaterThan(0);
    await keys.tabTo("Take this size");
    await keys.press("Enter");
    await expect
      .poll(() => numberIn("what-if-result", figure(2)), { timeout: 30_000 })
      .toBeLessThanOrEqual(before * 1.05);
    await picture("hedge");
    await keys.command("Open What-if");
    await keys.tabTo("Save as new portfolio");
    await keys.press("Enter");
    await panel("what-if")
      .getByText(/^Saved as/)
      .waitFor();
  });

  it("explains yesterday to today, to the last digit", async () => {
    const { page } = program.host;
    await keys.press("Control+s");
    await page.getByRole("dialog").getByLabel("Name").waitFor();
    await keys.overwrite("Yesterday");
    await keys.press("Enter");
    await page.getByText("Saved run “Yesterday”").waitFor();
    const before = await initialMargin();
    // The copy of the book that was saved with its hedge is today's.
    await keys.command("Sample (synthetic), what-if");
    await expect.poll(initialMargin, { timeout: 30_000 }).not.toBe(before);
    const after = await initialMargin();
    await keys.command("Open Explain of change");
    await panel("change").waitFor();
    await keys.command("Maximise or restore panel");
    await keys.command("Open Explain of change");
    await keys.tabTo("From, the earlier side");
    await keys.press("Enter", "ArrowDown", "ArrowDown", "Enter");
    await panel("change").locator('input[value="Yesterday"]').waitFor();
    await keys.tabTo("Explain");
    await keys.press("Enter");
    const sum = panel("change").locator("[data-sum]");
    await sum.waitFor({ timeout: 60_000 });
    expect(await sum.textContent()).toContain("✓");
    await panel("change").locator("figure .main-svg").first().waitFor();
    await picture("change");
    expect(after).toBeGreaterThan(before);
  });

  it("ends without an error of the page", () => expect(program.host.problems).toEqual([]));
});
