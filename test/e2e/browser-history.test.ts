import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { drop } from "./journey.ts";
import { launchBrowser, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

const resources = resolve(import.meta.dirname, "../../resources/sample");
/** A book and a market of files: no history comes with them. */
const book = [
  ...["portfolio/synthetic-positions.json", "portfolio/synthetic-account-summaries.json"],
  ...["market/synthetic-book-summary-btc.json", "market/synthetic-book-summary-eth.json"],
  ...["market/synthetic-ticker-btc-perpetual.json", "market/synthetic-ticker-eth-perpetual.json"],
].map((path) => ({ name: path.replace(/^.*\//, ""), text: readFileSync(join(resources, path), "utf8") }));
/** Chains of as many days. */
const markets = readdirSync(join(resources, "panel")).map((name) => ({
  name: name.replace(/\.gz$/, ""),
  text: gunzipSync(readFileSync(join(resources, "panel", name))).toString("utf8"),
}));
const program = startedOnce(launchBrowser);

/** The last three years of the sample's history, with a row that is no price: small, and enough for the measure. */
const history = ["btc", "eth"].map((coin) => {
  const name = `synthetic-history-${coin}.csv`;
  const lines = readFileSync(join(resources, "history", name), "utf8")
    .trimEnd()
    .split("\n");
  const bad = coin === "btc" ? ["2023-12-01,lots,0.5,0.0001"] : [];
  return { name, text: [...lines.slice(0, 2), ...bad, ...lines.slice(-1_100)].join("\n") };
});

beforeAll(async () => {
  await ready("positions");
});

const panel = (id: string) => program.host.page.locator(`[data-panel="${id}"]`);
const ready = (id: string) => program.host.page.locator(`[data-panel="${id}"][data-state="ready"]`).waitFor();

async function pick(label: string, option: RegExp): Promise<void> {
  const { page } = program.host;
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
}

/** Figures of a column of a grid, in the order of its rows in sight. */
async function figures(id: string, column: string): Promise<number[]> {
  const cells = await panel(id).locator(`[role="gridcell"][col-id="${column}"] [data-value]`).all();
  return Promise.all(cells.map(async (cell) => Number(await cell.getAttribute("data-value"))));
}

describe("a history, and margin by expected shortfall", () => {
  it("says what a method lacks and offers a history", async () => {
    const { page } = program.host;
    await drop(page, book);
    await page.getByRole("button", { name: "Import 6 files" }).click();
    await page.getByRole("button", { name: "Use this portfolio and market" }).click();
    await page.getByText("This is a synthetic sample.").waitFor({ state: "detached" });
    await ready("positions");
    await pick("Method", /VaR and expected-shortfall/);
    await panel("statement").getByRole("button", { name: "Choose a history…" }).waitFor();
    expect(await panel("statement").getByRole("alert").textContent()).toContain("history");
    await screenshot(page, "history-missing");
  });

  it("imports files of a history and names the row it rejected", async () => {
    const { page } = program.host;
    await drop(page, history);
    await page.getByText("What will be read").waitFor();
    await screenshot(page, "history-import");
    expect(await violationsOf(program.host.page, "[role=dialog]")).toEqual([]);
    await page.getByRole("textbox", { name: "Save under" }).fill("Three years");
    await page.getByRole("button", { name: "Import history" }).click();
    await page.getByRole("button", { name: "Use this history" }).waitFor();
    await page.getByRole("grid", { name: "Coverage of Three years" }).waitFor();
    const problems = page.getByRole("grid", { name: "Import problems" });
    await problems.waitFor();
    const cells = await problems.locator('[role="row"][row-index="0"] [role="gridcell"]').allTextContents();
    expect(cells.slice(0, 5)).toEqual(["error", "synthetic-history-btc.csv", "3", "price:BTC", "lots"]);
    await page.waitForTimeout(400);
    await screenshot(page, "history-import-report");
    expect(await violationsOf(program.host.page, "[role=dialog]")).toEqual([]);
    await page.getByRole("button", { name: "Use this history" }).click();
  });

  it("computes the margin from it and shows history and window beside the result", async () => {
    const { page } = program.host;
    await ready("statement");
    await panel("statement")
      .getByRole("button", { name: /Three years/ })
      .waitFor();
    await ready("matrix");
    await page.waitForTimeout(3_000);
    await screenshot(page, "history-monitor-light");
  });

  it("says how the measure was made, with its errors", async () => {
    const { page } = program.host;
    await panel("statement")
      .getByRole("button", { name: /Three years/ })
      .click();
    const conventions = page.getByRole("dialog");
    await conventions.waitFor();
    expect(await conventions.textContent()).toContain("standard error of ES");
    await screenshot(page, "history-conventions");
    await page.keyboard.press("Escape");
  });

  it("splits the measure in named ways whose sums are checked", async () => {
    const { page } = program.host;
    await panel("statement")
      .getByText(/^Decompositions/)
      .click();
    const verdict = panel("statement").locator("[data-verdict]");
    await verdict.waitFor();
    expect(await verdict.getAttribute("data-verdict")).toBe("equal");
    await page.waitForTimeout(300);
    const losses = await figures("statement", "amount");
    expect(losses.length).toBeGreaterThan(2);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    await screenshot(page, "history-tail");
    await panel("statement").getByRole("button", { name: "Component ES by position" }).click();
    await page.waitForTimeout(300);
    expect(await verdict.getAttribute("data-verdict")).toBe("equal");
    const components = await figures("statement", "amount");
    expect(components).toEqual([...components].sort((a, b) => b - a));
    await screenshot(page, "history-components");
    await panel("statement")
      .getByRole("button", { name: /^Incremental ES: what closing/ })
      .click();
    await page.waitForTimeout(300);
    expect(await verdict.getAttribute("data-verdict")).toBe("not-additive");
    expect(await violationsOf(program.host.page, '[data-panel="statement"]')).toEqual([]);
  });

  it("opens the positions of a scenario, whose profits add up to its loss", async () => {
    const { page } = program.host;
    const profits = await figures("matrix", "profit");
    expect(profits).toEqual([...profits].sort((a, b) => a - b));
    await panel("matrix").locator('[row-index="1"] [col-id="scenario"]').click();
    const drill = panel("matrix").getByRole("region", { name: /^Positions in/ });
    await drill.locator('[row-index="0"] [col-id="profit"]').waitFor();
    expect(await drill.getByText("The method counts").count()).toBe(0);
    await page.waitForTimeout(300);
    await screenshot(page, "history-scenario");
    expect(await violationsOf(program.host.page, '[data-panel="matrix"]')).toEqual([]);
    await drill.getByRole("button", { name: "Close" }).click();
  });

  it("exports the decompositions with their provenance", async () => {
    const { page } = program.host;
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      (async () => {
        await panel("statement").getByRole("button", { name: "Menu of Statement" }).click();
        await page.getByRole("menuitem", { name: "Export CSV" }).click();
      })(),
    ]);
    const text = readFileSync(await download.path(), "utf8");
    expect(text).toContain("# history Three years sha256 ");
    expect(text).toContain("current/tail-scenario/scenario");
    expect(text).toContain("current/incremental/position");
  });

  it("shelves histories with their coverage", async () => {
    const { page } = program.host;
    await page.getByRole("button", { name: "Library", exact: true }).click();
    await panel("library")
      .getByText(/^Histories/)
      .click();
    await panel("library").getByRole("button", { name: "Coverage" }).click();
    await panel("library").getByRole("grid", { name: "Coverage of Three years" }).waitFor();
    await page.waitForTimeout(600);
    await screenshot(page, "history-library");
    expect(await violationsOf(program.host.page, '[data-panel="library"]')).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      (async () => {
        await panel("library").getByRole("button", { name: "More about Three years" }).click();
        await page.getByRole("menuitem", { name: "Export CSV" }).click();
      })(),
    ]);
    expect(readFileSync(await download.path(), "utf8").split("\n")[1]).toContain("price:BTC");
  });

  it("imports market files of many times as a panel that does not flood the market list", async () => {
    const { page } = program.host;
    await drop(page, markets);
    await page.getByRole("button", { name: `Import panel of ${markets.length} markets` }).waitFor();
    await screenshot(page, "history-panel-import");
    await page.getByRole("textbox", { name: "Save under" }).fill("Two weeks");
    await page.getByRole("button", { name: /^Import panel/ }).click();
    await page.getByText(`${markets.length} markets`).first().waitFor();
    await page.getByRole("button", { name: "Close" }).last().click();
    await panel("library")
      .getByText(/^Markets/)
      .click();
    await panel("library").getByText(`${markets.length} more belong to panels`).waitFor();
    await page.getByRole("combobox", { name: "Market", exact: true }).click();
    await page.getByText("Panel Two weeks").waitFor();
    await page.waitForTimeout(300);
    await screenshot(page, "history-market-picker");
    await page.keyboard.press("Escape");
    await panel("library")
      .getByText(/^Panels/)
      .click();
    await panel("library").getByRole("button", { name: "Markets", exact: true }).click();
    await page.waitForTimeout(500);
    await screenshot(page, "history-panels");
    expect(await violationsOf(program.host.page, '[data-panel="library"]')).toEqual([]);
  });

  it("passes in the dark theme", async () => {
    const { page } = program.host;
    await chooseTheme(program.host.page, "Dark");
    await page.getByRole("tab", { name: "Statement" }).click();
    await page.waitForTimeout(800);
    await screenshot(page, "history-monitor-dark");
    expect(await violationsOf(program.host.page, '[data-panel="statement"]', '[data-panel="matrix"]')).toEqual([]);
    await chooseTheme(program.host.page, "Light");
  });

  it("takes the choice of a history back with undo, and remembers it at the next start", async () => {
    await pick("History", /^Sample/);
    await panel("statement")
      .getByRole("button", { name: /Synthetic sample/ })
      .waitFor();
    await program.host.page.locator('[data-panel="statement"]').focus();
    await program.host.page.keyboard.press("Control+z");
    await panel("statement")
      .getByRole("button", { name: /Three years/ })
      .waitFor();
    expect(program.host.problems).toEqual([]);
    await program.restart();
    await ready("statement");
    await panel("statement")
      .getByRole("button", { name: /Three years/ })
      .waitFor();
    expect(program.host.problems).toEqual([]);
  });
});
