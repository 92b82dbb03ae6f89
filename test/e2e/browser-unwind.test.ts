import { beforeAll, describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const launched = programInBrowser();
const { panel } = launched;

beforeAll(async () => {
  await panel("positions").focus();
  await launched.page.keyboard.press("Control+D");
  await panel("hedges").waitFor();
});

const days = () => panel("hedges").locator("[data-day]");
const legs = () => panel("what-if").locator("[data-leg]");
const initial = async (column: 0 | 1 | 2): Promise<number> => {
  const row = panel("what-if-result").locator('[data-method="deribit-portfolio"] [data-figure="initial"] td');
  return Number(await row.nth(column).getAttribute("data-value"));
};

/** What a day of the plan says: its trades as read, and its figures. */
async function dayOf(at: number) {
  const cells = days().nth(at).locator("td");
  const texts = await cells.nth(0).locator("[data-quantity]").allTextContents();
  const [costUsd = Number.NaN, requirementUsd = Number.NaN, releasedUsd = Number.NaN] = await Promise.all(
    [1, 2, 3].map(async (column) => Number(await cells.nth(column).getAttribute("data-value"))),
  );
  const trades = texts.map((text) =>
    /^(?<side>Buy|Sell) (?<size>[\d,.]+) (?<symbol>\S+) (?<share>[\d.]+)\s%$/.exec(text),
  );
  return { trades: trades.map((trade) => trade?.groups), costUsd, requirementUsd, releasedUsd };
}

describe("the unwind in the panel Hedges", () => {
  it("says what it plans before it is asked", async () => {
    await panel("hedges").getByText("Unwind", { exact: true }).click();
    await panel("hedges")
      .getByText(/Which positions to close on which day/)
      .waitFor();
    expect(await panel("hedges").getAttribute("data-state")).toBe("empty");
  });

  it("plans days within a share of each day's volume, with the margin that each releases", async () => {
    const { page } = launched;
    await panel("hedges").getByRole("textbox", { name: "Days to close the book" }).fill("3");
    await panel("hedges").getByRole("textbox", { name: "Most of each day's volume, percent" }).fill("20");
    await page.keyboard.press("Tab");
    await panel("hedges").getByRole("button", { name: "Plan the unwind" }).click();
    await days().first().waitFor({ timeout: 120_000 });
    expect(await days().count()).toBe(3);
    const before = await initial(0);
    let last = before;
    for (const at of [0, 1, 2]) {
      const { trades, costUsd, requirementUsd, releasedUsd } = await dayOf(at);
      expect(trades.length).toBeGreaterThan(0);
      for (const trade of trades) {
        expect(Number(trade?.share)).toBeGreaterThan(0);
        expect(Number(trade?.share)).toBeLessThanOrEqual(20);
      }
      expect(costUsd).toBeGreaterThan(0);
      expect(requirementUsd).toBeLessThan(last);
      expect(releasedUsd).toBeCloseTo(before - requirementUsd, 2);
      last = requirementUsd;
    }
    expect(Number(await panel("hedges").locator("b[data-value]").getAttribute("data-value"))).toBe(last);
  });

  it("is readable in both themes", async () => {
    for (const theme of ["Light", "Dark"]) {
      await chooseTheme(launched.page, theme);
      await launched.page.waitForTimeout(1_000);
      await screenshot(launched.page, `unwind-${theme.toLowerCase()}`);
      expect(await violationsOf(launched.page, '[data-panel="hedges"]')).toEqual([]);
    }
  });

  it("puts the trades of a day into the ticket, which then shows the margin of the plan", async () => {
    const { trades, requirementUsd } = await dayOf(0);
    await panel("hedges").getByRole("button", { name: "Accept day 1 into ticket" }).click();
    await expect.poll(() => legs().count(), { timeout: 20_000 }).toBe(trades.length);
    await expect.poll(() => initial(1), { timeout: 60_000 }).toBeCloseTo(requirementUsd, 2);
    expect(await initial(2)).toBeLessThan(0);
    await panel("what-if").focus();
    await launched.page.keyboard.press("Control+Z");
    await expect.poll(() => legs().count()).toBe(0);
  });

  it("is out of date once it is asked of other days, and is planned anew", async () => {
    await panel("hedges").getByRole("textbox", { name: "Days to close the book" }).fill("2");
    await launched.page.keyboard.press("Tab");
    await expect.poll(() => panel("hedges").getAttribute("data-state")).toBe("stale");
    await panel("hedges").getByRole("button", { name: "Find", exact: true }).click();
    await expect.poll(() => days().count(), { timeout: 120_000 }).toBe(2);
    expect(await panel("hedges").getAttribute("data-state")).toBe("ready");
  });

  it("had no error on the page", () => expect(launched.problems).toEqual([]));
});
