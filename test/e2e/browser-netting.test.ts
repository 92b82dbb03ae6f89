import { describe, expect, it } from "vitest";
import { syntheticXml } from "../core/import/parameter-file/synthetic-file.ts";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { drop } from "./journey.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const launched = programInBrowser();
const { panel, ready } = launched;

const own = '[data-panel="netting-benefit"]';
const requirementOf = async (method: string): Promise<number> =>
  Number(await panel("netting-benefit").locator(`[data-method="${method}"] td`).first().getAttribute("data-value"));

describe("the netting benefit of the listed sample", () => {
  it("offers the sample while there is nothing", async () => {
    const { page } = launched;
    await page.getByRole("button", { name: "Layouts and panels" }).click();
    await page.getByRole("menuitem", { name: /^Listed/ }).click();
    await panel("netting-benefit").waitFor();
    await screenshot(page, "netting-empty");
    await panel("netting-benefit").getByRole("button", { name: "Open the synthetic listed sample" }).click();
    await ready("netting-benefit");
    await page.waitForTimeout(1_500);
  });

  it("shows the methods side by side, by group and by position", async () => {
    const { page } = launched;
    expect(await requirementOf("strategy-based")).toBeCloseTo(8_502_300, 2);
    expect(await requirementOf("risk-based-customer")).toBeCloseTo(371_386.94, 2);
    const arrays = panel("netting-benefit").locator('[data-method="span-array"]');
    await arrays.getByRole("button", { name: "Choose a parameter file…" }).waitFor();
    const grid = panel("netting-benefit").getByRole("treegrid", { name: "Netting benefit by group and position" });
    await grid.getByText("INDF, INDX").waitFor();
    await screenshot(page, "netting-light");
    expect(await violationsOf(launched.page, own)).toEqual([]);
    await panel("netting-benefit").getByText("Incremental").click();
    await grid.getByText("BRAVO", { exact: true }).first().waitFor();
    await panel("netting-benefit").getByText("Positions alone").click();
  });

  it("shows the pairing leg by leg", async () => {
    await panel("netting-benefit").getByText("Pairing of legs").click();
    const grid = panel("netting-benefit").getByRole("treegrid", { name: "Pairing of legs by underlying" });
    await grid.getByText("Covered call × 100").first().waitFor();
    await screenshot(launched.page, "netting-pairing");
    expect(await violationsOf(launched.page, own)).toEqual([]);
    await panel("netting-benefit").getByText("Groups and positions").click();
  });

  it("says which method margins which position, and margins each by one", async () => {
    await panel("coverage")
      .getByRole("button", { name: /Ask all methods about/ })
      .click();
    await ready("coverage");
    const total = panel("coverage").locator('[data-part="total"] td').nth(1);
    await total.waitFor();
    expect(Number(await total.getAttribute("data-value"))).toBeCloseTo(8_502_300, 2);
    await panel("coverage")
      .getByRole("treegrid")
      .getByRole("button", { name: /^Open BRAVO$/ })
      .click();
    await screenshot(launched.page, "netting-coverage");
    expect(await violationsOf(launched.page, '[data-panel="coverage"]')).toEqual([]);
  });

  it("is readable in the dark theme", async () => {
    await chooseTheme(launched.page, "Dark");
    await screenshot(launched.page, "netting-dark");
    expect(await violationsOf(launched.page, own, '[data-panel="coverage"]')).toEqual([]);
    await chooseTheme(launched.page, "Light");
  });
});

describe("a clearing house's parameter file", () => {
  it("is recognised, imported and counted", async () => {
    const { page } = launched;
    const text = [...syntheticXml({ families: 2, months: 1, strikes: 8 })].join("");
    await drop(page, [{ name: "synthetic.spn", text }]);
    await page.getByText("parameter file of a clearing house").waitFor();
    await screenshot(page, "netting-import");
    await page.getByRole("button", { name: "Import parameter file synthetic.spn" }).click();
    await page.getByText("Combined commodities").waitFor();
    await screenshot(page, "netting-import-report");
    expect(await violationsOf(launched.page, "[role=dialog]")).toEqual([]);
    await page.getByRole("button", { name: "Use this parameter file" }).click();
    await page.getByRole("combobox", { name: "Parameter file", exact: true }).waitFor();
  });

  it("stands in the library with its summary, and can be deleted", async () => {
    const { page } = launched;
    await page.locator('[role="tab"][data-tab-panel-id="library"]').click();
    await panel("library")
      .getByText(/^Parameter files 1$/)
      .click();
    await panel("library").getByRole("button", { name: "Summary" }).click();
    await panel("library").getByText("Combined commodities").waitFor();
    await screenshot(page, "netting-library");
    expect(await violationsOf(launched.page, '[data-panel="library"]')).toEqual([]);
    await panel("library")
      .getByRole("button", { name: /More about/ })
      .click();
    await page.getByRole("menuitem", { name: /Delete parameter file/ }).click();
    await panel("library").getByText("No parameter files yet.").waitFor();
  });
});
