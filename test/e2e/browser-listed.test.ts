import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { syntheticXml } from "../core/import/parameter-file/synthetic-file.ts";
import { drop } from "./journey.ts";
import { launchBrowser, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

const sample = resolve(import.meta.dirname, "../../resources/sample/listed");
const contentOf = (name: string) => ({ name, text: readFileSync(join(sample, name), "utf8") });

const ready = (page: Page, panel: string) => page.locator(`[data-panel="${panel}"][data-state="ready"]`).waitFor();

/** Picks a method by its title and waits for its margin. */
async function pick(page: Page, title: RegExp): Promise<void> {
  await page.getByLabel("Method", { exact: true }).click();
  await page.getByRole("option", { name: title }).first().click();
}

/** Initial margin in the summary strip, full precision. */
async function initialMargin(page: Page): Promise<number> {
  await ready(page, "summary-strip");
  const metric = page.locator('[data-panel="summary-strip"]').getByRole("button", { name: /Initial margin/ });
  return Number(await metric.locator("[data-value]").first().getAttribute("data-value"));
}

describe("a listed book in the browser", () => {
  const program = startedOnce(launchBrowser);

  beforeAll(async () => {
    await ready(program.host.page, "positions");
  });

  it("is imported, and its strategy-based margin is shown leg by leg", async () => {
    const { page } = program.host;
    await pick(page, /^Strategy-based/);
    await drop(page, ["synthetic-listed-positions.csv", "synthetic-listed-market.csv"].map(contentOf));
    await page.getByRole("button", { name: "Import 2 files" }).click();
    await page.getByRole("button", { name: "Use this portfolio and market" }).click();
    await page.getByText("This is a synthetic sample.").waitFor({ state: "detached" });
    await ready(page, "positions");
    expect(await initialMargin(page)).toBeGreaterThan(1_000_000);
    await page.getByRole("tab", { name: "Statement" }).click();
    await ready(page, "statement");
    await screenshot(page, "browser-listed-strategy");
  });

  it("has a lower margin under the risk-based method, with a matrix a group", async () => {
    const { page } = program.host;
    const strategy = await initialMargin(page);
    await pick(page, /^Risk-based/);
    await page.locator('[data-panel="matrix"][data-state="ready"]').waitFor();
    await page.waitForTimeout(500);
    const risk = await initialMargin(page);
    expect(risk).toBeGreaterThan(0);
    expect(risk).toBeLessThan(strategy);
    await screenshot(page, "browser-listed-risk");
  });

  it("shows the rows of a broker's statement that were rejected, and uses the rest", async () => {
    const { page } = program.host;
    const text = [
      "Position Statement for 987 (synthetic) on 1/13/26 15:30:00",
      "",
      "None",
      "Instrument,Qty,Days,Trade Price,Mark,Mrk Chng,P/L Open,P/L Day,BP Effect",
      "ALFA,,,,,,$0.00,$0.00,$0.00",
      'ALFA CORP COM,+300,,95.5,98,-.31,"$750.00",$0.00,',
      "100 20 MAR 26 100 CALL,-3,66,2.5,2.91,.00,($123.00),$0.00,",
      "100 20 MAR 26 95 PUT,two,66,2.5,2.0,.00,($15.00),$0.00,",
    ].join("\n");
    await drop(page, [{ name: "2026-01-13-PositionStatement.csv", text }]);
    await page.getByText("thinkorswim position statement").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
    const problems = page.getByRole("grid", { name: "Import problems" });
    await problems.waitFor();
    const cells = await problems.locator('[role="row"][row-index="0"] [role="gridcell"]').allTextContents();
    expect(cells.slice(0, 5)).toEqual(["error", "2026-01-13-PositionStatement.csv", "8", "Qty", "two"]);
    await screenshot(page, "browser-listed-statement");
    await page.getByRole("button", { name: "Use this portfolio and market" }).click();
    await page.waitForTimeout(500);
    await ready(page, "positions");
    expect(await initialMargin(page)).toBeGreaterThan(0);
    await screenshot(page, "browser-listed-covered-call");
  });

  it("is margined by a clearing house's parameter file at the file's own prices", async () => {
    const { page } = program.host;
    const positions =
      "product,type,month,strike,right,quantity\nP0,FUT,202509,,,3\nP0,OOP,202509,10.50,C,-2\nP0,OOP,202509,10,C,1\n";
    await drop(page, [{ name: "synthetic-listed.csv", text: positions }]);
    await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("button", { name: "Use this portfolio" }).click();
    const text = [...syntheticXml({ families: 1, months: 1, strikes: 8 })].join("");
    await drop(page, [{ name: "synthetic.spn", text }]);
    await page.getByText("parameter file of a clearing house").waitFor();
    await page.getByRole("button", { name: /^Import parameter file/ }).click();
    await page.getByRole("button", { name: "Use this parameter file" }).click();
    await page.getByLabel("Market", { exact: true }).click();
    await page.getByRole("option", { name: "The parameter file's prices" }).click();
    await pick(page, /^SPAN-type/);
    await page.locator('[data-panel="summary-strip"][data-state="ready"]').waitFor();
    await page.getByText("P0", { exact: true }).first().waitFor();
    expect(await initialMargin(page)).toBeGreaterThan(0);
    await screenshot(page, "browser-listed-arrays");
  });

  it("ends without an error of the page", () => expect(program.host.problems).toEqual([]));
});
