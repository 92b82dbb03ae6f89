import { describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const launched = programInBrowser();

const own = '[data-panel="insurance"]';
const panel = () => launched.page.locator(own);
const ready = () => launched.page.locator(`${own}[data-state="ready"]`).waitFor({ timeout: 60_000 });

async function choose(strategy: string): Promise<void> {
  const { page } = launched;
  await panel().getByRole("combobox", { name: "Strategy" }).click();
  await page.getByRole("option", { name: strategy }).click();
  await ready();
}

describe("the insurance panel", () => {
  it("opens from the palette and begins with the session's price", async () => {
    const { page } = launched;
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Find a command" }).fill("Insurance");
    await page.waitForTimeout(300);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await panel().waitFor();
    await panel().getByRole("button", { name: "Insure" }).click();
    await ready();
    const price = await panel().getByRole("textbox", { name: "Price" }).inputValue();
    expect(price).toMatch(/^[\d,.]+ USD$/);
    expect(Number.parseFloat(price.replaceAll(",", ""))).toBeGreaterThan(1000);
    await panel()
      .getByText(/at no cost\. Worth at least/)
      .first()
      .waitFor();
    await page.waitForTimeout(1_500);
    await screenshot(page, "insurance-collar");
    expect(await violationsOf(page, own)).toEqual([]);
  });

  it("answers every strategy, in the chart and as a table", async () => {
    const { page } = launched;
    await choose("Protective put");
    await panel()
      .getByText(/buy 1 put at/)
      .first()
      .waitFor();
    await choose("Constant proportion");
    await panel()
      .getByText(/drawn paths .* fell below the floor/)
      .first()
      .waitFor();
    await page.waitForTimeout(800);
    await screenshot(page, "insurance-cppi");
    await choose("Delta-hedge rules");
    await panel()
      .getByText(/no rule beats/)
      .first()
      .waitFor();
    await page.waitForTimeout(1_200);
    await screenshot(page, "insurance-bands");
    await panel().focus();
    await page.keyboard.press("Enter");
    await panel().getByRole("treegrid").or(panel().getByRole("grid")).first().waitFor();
    await chooseTheme(page, "Dark");
    await page.waitForTimeout(600);
    await screenshot(page, "insurance-table-dark");
    expect(await violationsOf(page, own)).toEqual([]);
  });

  it("says why a floor cannot be insured", async () => {
    await choose("All wealth with puts");
    await panel().getByRole("textbox", { name: "Floor" }).fill("120");
    await panel()
      .getByText(/cannot be insured/)
      .first()
      .waitFor({ timeout: 30_000 });
  });
});
