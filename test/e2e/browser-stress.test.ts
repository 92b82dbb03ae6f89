import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

/** Machines that draw in software may be busy. */
const patient = { timeout: 20_000 };
const launched = programInBrowser();
const { panel, ready } = launched;

const ofPanel = (id: string): string => `[data-panel="${id}"]`;
const tab = (id: string) => launched.page.locator(`[role="tab"][data-tab-panel-id="${id}"]`);

/** Runs a command as the palette does, by keyboard alone. */
async function command(words: string): Promise<void> {
  const { page } = launched;
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Find a command" }).fill(words);
  await page.locator("[data-action][data-selected]").waitFor();
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
}

/** Lets charts be drawn before a picture is taken. */
const drawn = () => launched.page.waitForTimeout(1_200);

describe("the layout Stress", () => {
  it("is there by name, and says the next call at once", async () => {
    const { page } = launched;
    await page.getByRole("button", { name: "Layouts and panels" }).click();
    await page.getByRole("menuitem", { name: /^Stress (Ctrl|⌘)/ }).click();
    await ready("kinks");
    const headline = panel("kinks").getByText(/^Next call at prices/);
    expect(await headline.textContent()).toMatch(/−5\.53 % \(BTC 89,040, ETH 3,005 USD\) or \+7\.88 %/);
    await panel("kinks")
      .getByText(/^Liquidation at prices −8\.39 % \(BTC\) or \+11\.70 % \(BTC\)/)
      .waitFor();
    await drawn();
    await screenshot(page, "stress-layout");
    expect(await violationsOf(page, ofPanel("kinks"), ofPanel("stress"), ofPanel("reverse-stress"))).toEqual([]);
  });

  it("opens a kink by keyboard and shows it on the surface", async () => {
    const { page } = launched;
    await panel("kinks").focus();
    await page.keyboard.press("Enter");
    const grid = panel("kinks").getByRole("grid", { name: "Kinks by axis, nearest first" });
    await grid.getByText("Other binding scenario").first().waitFor();
    await grid.locator(".ag-row").first().locator(".ag-cell").first().focus();
    for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const detail = panel("kinks").getByRole("region", { name: "Kink" });
    await detail.getByText("Margin call").waitFor();
    expect(Number(await detail.locator("[data-value]").getAttribute("data-value"))).toBeCloseTo(-0.05529, 4);
    await screenshot(page, "stress-kinks-table");
    expect(await violationsOf(page, ofPanel("kinks"))).toEqual([]);
    await detail.getByRole("button", { name: "Show on the surface" }).click();
    await ready("surface");
    await command("Distance to the next call");
    await ready("kinks");
  });
});

describe("questions asked from the palette", () => {
  it("replays March 2020 step by step", async () => {
    const { page } = launched;
    await command("Replay March 2020");
    await ready("stress");
    await panel("stress")
      .getByText(/^Black Thursday .* at its worst step: a loss of [\d,]+ USD/)
      .waitFor();
    await panel("stress")
      .getByText(
        /^Worst at step 2 of 2, 2020-03-13 low; called along the path: [\d,]+ USD\. The event at once: −[\d,]+ USD\.$/,
      )
      .waitFor();
    // What is opened is the step that leads: its positions add up to the number above.
    const leading = panel("stress").locator('.ag-row[row-index="0"] [col-id="worst"] [data-value]');
    const total = panel("stress").locator('.ag-row-pinned [col-id="pnl"] [data-value]');
    const shownIn = async (cell: typeof total): Promise<number> => Number(await cell.getAttribute("data-value"));
    await expect
      .poll(async () => Math.abs((await shownIn(total)) - (await shownIn(leading))), patient)
      .toBeLessThan(0.01);
    await panel("stress").getByRole("combobox", { name: "Opened at" }).click();
    await page.getByRole("option", { name: "Event at once" }).click();
    const said =
      (await panel("stress")
        .getByText(/The event at once:/)
        .textContent()) ?? "";
    const once = -Number(/at once: −([\d,]+) USD/.exec(said)?.[1]?.replaceAll(",", ""));
    await expect.poll(async () => Math.round(await shownIn(total)), patient).toBe(once);
    const path = panel("stress").getByText(/^Path \d+$/);
    await path.click();
    await panel("stress").getByRole("button", { name: "Step", exact: true }).click();
    expect(await panel("stress").locator("[data-step]").getAttribute("data-step")).toBe("1");
    await panel("stress")
      .getByText(/called so far/)
      .waitFor();
    await drawn();
    await screenshot(page, "stress-replay");
    expect(await violationsOf(page, ofPanel("stress"))).toEqual([]);
  });

  it("finds what exhausts equity, each factor alone as well", async () => {
    const { page } = launched;
    await command("Find what exhausts equity");
    await ready("reverse-stress");
    await panel("reverse-stress")
      .getByText(/^The smallest plausible move that takes the equity of account ETH to 0/)
      .waitFor();
    await panel("reverse-stress")
      .getByText(/real tails are fatter/)
      .waitFor();
    await drawn();
    await screenshot(page, "stress-reverse");
    expect(await violationsOf(page, ofPanel("reverse-stress"))).toEqual([]);
    await panel("reverse-stress").getByText("Ladder", { exact: true }).click();
    await drawn();
    await screenshot(page, "stress-reverse-ladder");
    expect(await violationsOf(page, ofPanel("reverse-stress"))).toEqual([]);
    await panel("reverse-stress").getByText("Covariance", { exact: true }).click();
    await panel("reverse-stress")
      .getByRole("button", { name: /^State my own/ })
      .click();
    expect(await violationsOf(page, ofPanel("reverse-stress"))).toEqual([]);
    await panel("reverse-stress").getByRole("button", { name: "Back to the history" }).click();
    await panel("reverse-stress").getByText("Push", { exact: true }).first().click();
    await panel("reverse-stress").getByRole("button", { name: "Push", exact: true }).click();
    await panel("reverse-stress")
      .getByText(/^All factors pushed 3 deviations to their losing sides lose [\d,]+ USD/)
      .waitFor();
    await drawn();
    await screenshot(page, "stress-push");
    expect(await violationsOf(page, ofPanel("reverse-stress"))).toEqual([]);
    await panel("reverse-stress").getByText("Solutions", { exact: true }).click();
  });

  it("keeps the move as a scenario of the library", async () => {
    await panel("reverse-stress").getByRole("button", { name: "Keep as a scenario" }).click();
    await ready("scenarios");
    await panel("scenarios")
      .getByText(/^Reverse stress: equity/)
      .first()
      .waitFor();
    await panel("scenarios").getByRole("button", { name: "Save", exact: true }).click();
    await panel("scenarios").getByText("Saved, version 1.").waitFor();
  });

  it("says what goes when correlations go to one", async () => {
    const { page } = launched;
    await command("Diversification failure: correlations");
    await ready("dependence");
    await panel("dependence")
      .getByText(/If all factors moved as one, 99 % of the diversification/)
      .waitFor();
    await drawn();
    await screenshot(page, "stress-dependence");
    expect(await violationsOf(page, ofPanel("dependence"))).toEqual([]);
    for (const view of ["Table", "Pairs", "Clusters"]) {
      await panel("dependence").getByText(view, { exact: true }).click();
      await page.waitForTimeout(300);
      expect(await violationsOf(page, ofPanel("dependence"))).toEqual([]);
    }
  });
});

describe("a stress run", () => {
  it("runs a whole set, ranks it and opens the worst by position, factor and statement", async () => {
    const { page } = launched;
    await tab("stress").click();
    await panel("stress").getByText("Instant", { exact: true }).click();
    await panel("stress")
      .getByRole("button", { name: /: 1 scenario/ })
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "All scenarios" }).click();
    await page.keyboard.press("Escape");
    await panel("stress").getByRole("button", { name: "Run", exact: true }).click();
    await ready("stress");
    await panel("stress")
      .getByText(/^19 scenarios, event at once/)
      .waitFor();
    const grid = panel("stress").getByRole("grid", { name: "Scenarios by loss" });
    const losses = await grid
      .locator('.ag-row [col-id="pnl"] [data-value]')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-value"))));
    expect(losses.length).toBeGreaterThan(4);
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    const positions = panel("stress").getByRole("grid", { name: "Profit by position and factor" });
    const total = await positions.locator('.ag-row-pinned [col-id="pnl"] [data-value]').getAttribute("data-value");
    expect(Number(total)).toBeCloseTo(losses[0] ?? 0, 2);
    await screenshot(page, "stress-run");
    expect(await violationsOf(page, ofPanel("stress"))).toEqual([]);
    await panel("stress").getByText("Ranking", { exact: true }).click();
    await panel("stress").getByText("Factors", { exact: true }).click();
    await drawn();
    await screenshot(page, "stress-ranking");
    expect(await violationsOf(page, ofPanel("stress"))).toEqual([]);
    await panel("stress").getByText("Statement", { exact: true }).click();
    await panel("stress")
      .getByRole("treegrid", { name: "Statement under stress" })
      .getByText("Initial margin")
      .first()
      .waitFor();
    await panel("stress").getByText("Moves", { exact: true }).click();
    await panel("stress").getByText("its own entry").first().waitFor();
    expect(await violationsOf(page, ofPanel("stress"))).toEqual([]);
  });

  it("asks several methods at once", async () => {
    const { page } = launched;
    await panel("stress").getByRole("button", { name: "deribit-portfolio" }).click();
    const methods = page.getByRole("dialog");
    await methods.getByRole("checkbox", { name: /OKX/ }).first().check();
    await page.keyboard.press("Escape");
    await panel("stress").getByRole("button", { name: "Run", exact: true }).click();
    await ready("stress");
    await panel("stress").getByText("All methods", { exact: true }).click();
    await panel("stress").getByRole("grid", { name: "Scenarios under every method" }).waitFor();
    await screenshot(page, "stress-methods");
    expect(await violationsOf(page, ofPanel("stress"))).toEqual([]);
  });
});

describe("a second panel of stress runs", () => {
  it("begins with the run of the first, and runs another one beside it", async () => {
    const { page } = launched;
    const headline = (id: string) => panel(id).locator("p[aria-live=polite]").first().textContent();
    const first = await headline("stress");
    await panel("stress")
      .getByRole("button", { name: /^Menu of/ })
      .click();
    await page.getByRole("menuitem", { name: "Duplicate panel" }).click();
    await ready("stress~2");
    expect(await headline("stress~2")).toBe(first);
    await panel("stress~2").getByText("Scaled", { exact: true }).click();
    await panel("stress~2").getByRole("textbox", { name: "Each shock this many times" }).fill("0.5");
    await panel("stress~2").getByRole("button", { name: "Run", exact: true }).click();
    await panel("stress~2")
      .getByText(/each shock × 0\.5/)
      .waitFor({ timeout: 60_000 });
    expect(await headline("stress~2")).not.toBe(first);
    expect(await headline("stress")).toBe(first);
    await panel("stress")
      .getByText(/^19 scenarios, event at once, rules/)
      .waitFor();
    await drawn();
    await screenshot(page, "stress-two-runs");
    expect(await violationsOf(page, ofPanel("stress~2"))).toEqual([]);
    await tab("stress~2").focus();
    await page.keyboard.press("Delete");
    await panel("stress~2").waitFor({ state: "detached" });
  });
});

describe("the scenario library", () => {
  const own = () => panel("scenarios");
  const amount = () =>
    own()
      .getByRole("grid", { name: /^Shocks of/ })
      .locator('.ag-row[row-index="0"] [col-id="amount"]');

  async function type(text: string): Promise<void> {
    const { page } = launched;
    await amount().click();
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  }

  it("shows the shipped events with their figures, and what they do to the book", async () => {
    const { page } = launched;
    await command("Scenario library");
    await ready("scenarios");
    await own()
      .getByRole("button", { name: /^Historical events/ })
      .click();
    await own()
      .getByText(/^Figures of the event \d+/)
      .click();
    await own().getByText("▲ uncertain").first().waitFor();
    await own()
      .getByText(/Not moved:/)
      .waitFor({ timeout: 30_000 });
    await screenshot(page, "stress-library");
    expect(await violationsOf(page, ofPanel("scenarios"))).toEqual([]);
  });

  it("refuses what is no number, says what is wrong at once, and keeps edits of a shipped set as a copy", async () => {
    const { page } = launched;
    await type("minus ten");
    await own()
      .getByText(/"minus ten" is not a number/)
      .waitFor();
    await type("-150");
    await own()
      .getByText(/1 problem, cannot be saved/)
      .waitFor();
    await own().getByRole("list", { name: "Problems" }).waitFor();
    await screenshot(page, "stress-problem");
    expect(await violationsOf(page, ofPanel("scenarios"))).toEqual([]);
    await own().focus();
    await page.keyboard.press("Control+z");
    await own()
      .getByText(/1 problem/)
      .waitFor({ state: "detached" });
    await type("-20");
    await own().getByRole("button", { name: "Save as a copy" }).click();
    await own()
      .getByText(/^Saved as a copy, /)
      .waitFor();
    await own()
      .getByRole("button", { name: /^Version 1/ })
      .waitFor();
  });

  it("keeps versions, brings back an earlier one, and says who approved", async () => {
    const { page } = launched;
    await type("-33");
    await own().getByRole("button", { name: "Save", exact: true }).click();
    await own().getByText("Saved, version 2.").waitFor();
    await own()
      .getByRole("button", { name: /^Version 2/ })
      .click();
    await page.getByRole("menuitem", { name: /^1: / }).click();
    await own().getByRole("button", { name: "Restore version 1" }).click();
    await own().getByText("Version 1 is the current one again.").waitFor();
    expect(await amount().textContent()).toContain("−20 %");
    await own().getByRole("combobox", { name: "Approval" }).click();
    await page.getByRole("option", { name: "approved" }).click();
    await own().getByText("Now approved.").waitFor();
  });

  it("edits a path step by step, by keyboard: added, moved, changed, refused by its name, taken back", async () => {
    const { page } = launched;
    const steps = () => own().getByRole("grid", { name: /^Steps of/ });
    const cell = (row: number, column: string) => steps().locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`);
    const labels = () => steps().locator('.ag-row [col-id="label"]').allTextContents();
    const retype = async (row: number, column: string, text: string) => {
      await cell(row, column).click();
      await page.keyboard.press("F2");
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    };
    await cell(1, "label").click();
    await own().getByRole("button", { name: "Add step" }).click();
    await expect.poll(labels, patient).toEqual(["2020-03-12 close", "2020-03-13 low", "Step 3"]);
    await retype(2, "label", "Aftershock");
    await retype(2, "days", "5");
    await own()
      .getByRole("grid", { name: "Shocks of step Aftershock" })
      .locator('.ag-row[row-index="0"] [col-id="amount"]')
      .click();
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("-60");
    await page.keyboard.press("Enter");
    await expect.poll(() => cell(2, "moves").textContent(), patient).toMatch(/^BTC −60 %/);
    await own().getByRole("combobox", { name: "Step that is previewed" }).waitFor();
    await expect
      .poll(() => own().getByRole("combobox", { name: "Step that is previewed" }).inputValue())
      .toMatch(/Aftershock$/);
    await cell(2, "label").click();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(labels, patient).toEqual(["2020-03-12 close", "Aftershock", "2020-03-13 low"]);
    expect(await cell(1, "days").textContent()).toBe("2");
    // A step in the past is refused by its name, and Undo goes back.
    await retype(2, "days", "1");
    await own()
      .getByRole("list", { name: "Problems" })
      .getByText(/step 2020-03-13 low: a path does not go back in time; the step before is at 2/)
      .waitFor();
    await steps().locator('.ag-row.row-problem[row-index="2"]').waitFor();
    await cell(1, "label").scrollIntoViewIfNeeded();
    await screenshot(page, "stress-path-problem");
    expect(await violationsOf(page, ofPanel("scenarios"))).toEqual([]);
    await own().focus();
    await page.keyboard.press("Control+z");
    await own().getByRole("list", { name: "Problems" }).waitFor({ state: "detached" });
    expect(await own().locator(".ag-row.row-problem").count()).toBe(0);
    await page.waitForTimeout(1_000);
    await screenshot(page, "stress-path");
    expect(await violationsOf(page, ofPanel("scenarios"))).toEqual([]);
    await cell(1, "label").click();
    await page.keyboard.press("Delete");
    await expect.poll(labels, patient).toEqual(["2020-03-12 close", "2020-03-13 low"]);
    await own().focus();
    await page.keyboard.press("Control+z");
    await expect.poll(labels, patient).toEqual(["2020-03-12 close", "Aftershock", "2020-03-13 low"]);
    await own().getByRole("button", { name: "Save", exact: true }).click();
    await own()
      .getByText(/^Saved, version \d+\./)
      .waitFor();
  });

  it("writes a set as a file and reads it back", async () => {
    const { page } = launched;
    await own().getByRole("button", { name: "Export" }).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "CSV", exact: true }).click();
    const file = await waiting;
    const path = await file.path();
    expect(readFileSync(path, "utf8")).toContain("BTC");
    expect(readFileSync(path, "utf8")).toContain("Aftershock");
    await own()
      .locator('input[type="file"]')
      .setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: readFileSync(path) });
    await own()
      .getByText(/^Imported "/)
      .waitFor();
    await own()
      .getByRole("grid", { name: /^Steps of/ })
      .getByText("Aftershock")
      .waitFor();
    expect(await violationsOf(page, ofPanel("scenarios"))).toEqual([]);
  });

  it("shows the scenarios of the method, read only", async () => {
    await own()
      .getByRole("button", { name: /^Scenarios of the method/ })
      .click();
    await own().getByText("read only", { exact: true }).waitFor();
    await screenshot(launched.page, "stress-venue-set");
    expect(await violationsOf(launched.page, ofPanel("scenarios"))).toEqual([]);
  });
});

describe.each([["Dark"], ["High contrast"]])("in the theme %s", (theme) => {
  it("every panel is readable", async () => {
    const { page } = launched;
    await chooseTheme(page, theme);
    for (const id of ["scenarios", "stress", "reverse-stress", "dependence"]) {
      await tab(id).click();
      await drawn();
      await screenshot(page, `stress-${theme.toLowerCase().replace(" ", "-")}-${id}`);
      expect(await violationsOf(page, ofPanel(id), ofPanel("kinks"))).toEqual([]);
    }
    await chooseTheme(page, "Light");
    expect(launched.problems).toEqual([]);
  });
});
