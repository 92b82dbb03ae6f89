import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const golden = resolve(import.meta.dirname, "../golden/oracle");
const launched = programInBrowser();
const { panel, ready, press } = launched;

/** Drops a file on a panel that takes it itself. */
async function dropOn(page: Page, id: string, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([target, fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content ?? ""], fileName ?? ""));
      const place = document.querySelector(`[data-panel="${target}"] [data-drop]`);
      for (const kind of ["dragover", "drop"])
        place?.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [id, name, text] as const,
  );
}

const okxReply = () => readFileSync(resolve(golden, "okx-position-builder.json"), "utf8");

describe("a venue's reply against our margin", () => {
  it("names a reply that it cannot use", async () => {
    await press("Control+4");
    await panel("break-report").waitFor();
    await dropOn(launched.page, "break-report", "wrong.json", '{"error":{"message":"invalid_token","code":13009}}');
    await panel("break-report").getByRole("alert").first().waitFor();
    expect(await panel("break-report").getByRole("alert").first().textContent()).toContain("invalid_token");
  });

  it("reconciles OKX's position builder without an unexplained line", async () => {
    await press("Control+4");
    const { page } = launched;
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      panel("break-report").getByRole("button", { name: /reply/ }).first().click(),
    ]);
    await chooser.setFiles({ name: "okx.json", mimeType: "application/json", buffer: Buffer.from(okxReply()) });
    await ready("break-report");
    // the reply says nothing of the roll-out, which was one account after another: the user says which rules it had
    await panel("break-report").getByRole("combobox", { name: "Version of the rules" }).click();
    await page.waitForTimeout(500);
    await page.getByRole("option", { name: /^merged-2025-01-15/ }).click();
    await panel("break-report").locator('[data-verdict="matched"]').waitFor();
    await ready("break-report");
    await screenshot(page, "audit-break-report");
    const verdict = panel("break-report").locator("[data-verdict]");
    expect(await verdict.textContent()).toContain("0 unexplained");
    const rows = panel("break-report").locator('[role="row"] [col-id="verdict"]');
    expect(await rows.count()).toBeGreaterThan(5);
  });

  it("adds up to the digit: ours and every step give what is charged", async () => {
    const tables = await panel("break-report")
      .getByRole("tabpanel")
      .first()
      .locator("table")
      .evaluateAll((all) =>
        all.map((table) =>
          [...table.querySelectorAll("[data-value]")].map((cell) => cell.textContent?.replace(/[,+]/g, "") ?? ""),
        ),
      );
    expect(tables.length).toBeGreaterThan(0);
    for (const cells of tables) {
      const decimals = Math.max(...cells.map((text) => text.split(".")[1]?.length ?? 0));
      const units = cells.map((text) => BigInt(text.replace("−", "-").replace(".", "")));
      const charged = units.at(-1);
      expect(cells.every((text) => (text.split(".")[1]?.length ?? 0) === decimals)).toBe(true);
      expect(units.slice(0, -1).reduce((sum, unit) => sum + unit, 0n)).toBe(charged);
    }
  });

  it("has one way to print, by menu and by key: the whole report on paper that is turned", async () => {
    const { page } = launched;
    await page.evaluate(() => {
      const seen: { text: string; rules: string }[] = [];
      Object.assign(window, {
        seen,
        print: () => {
          const rules = [...document.querySelectorAll("style")].map((style) => style.textContent).join("");
          seen.push({
            text: document.querySelector(".print-sheet")?.textContent ?? "",
            rules: rules.match(/@page.*/s)?.[0] ?? "",
          });
        },
      });
    });
    const printed = () => page.evaluate(() => (window as unknown as { seen: { text: string; rules: string }[] }).seen);
    await panel("break-report").getByRole("button", { name: "Menu of Break report" }).click();
    await page.getByRole("menuitem", { name: "Print…" }).waitFor();
    const items = await page.getByRole("menuitem").allTextContents();
    expect(items.filter((words) => /print/i.test(words))).toEqual(["Print…"]);
    await page.getByRole("menuitem", { name: "Print…" }).click();
    await expect.poll(async () => (await printed()).length).toBe(1);
    await page.locator(".print-sheet").waitFor({ state: "detached" });
    await panel("break-report").focus();
    await press("Control+p");
    await expect.poll(async () => (await printed()).length).toBe(2);
    await page.locator(".print-sheet").waitFor({ state: "detached" });
    const [first, second] = await printed();
    expect(first).toEqual(second);
    expect(first?.text).toContain("Line by line");
    expect(first?.text).toContain("0 unexplained");
    expect(first?.rules).toContain("size: A4 landscape");
    expect(
      await page.locator("style").evaluateAll((all) => all.some((style) => style.textContent?.includes("@page"))),
    ).toBe(false);
  });

  it("shows a drop of Deribit's simulation, and saves it for the library", async () => {
    const { page } = launched;
    const reply = readFileSync(resolve(golden, "deribit-pme-simulate-btc.json"), "utf8");
    await dropOn(page, "break-report", "deribit.json", reply);
    await panel("break-report").getByText("deribit.json").first().waitFor();
    await ready("break-report");
    await screenshot(page, "audit-break-report-deribit");
    await panel("break-report").getByRole("button", { name: "Save report" }).click();
    await page.getByLabel("Name of the report").fill("Audit");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved break report “Audit”").waitFor();
    await panel("break-report").getByRole("button", { name: "Stored 1" }).click();
    await page.getByRole("menuitem", { name: /^Audit/ }).click();
    await panel("break-report").getByText("Audit", { exact: true }).waitFor();
    await page.waitForTimeout(300);
  });

  it("exports the stored report as JSON", async () => {
    const { page } = launched;
    await panel("break-report").getByRole("button", { name: "Menu of Break report" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Export whole report as JSON" }).click(),
    ]);
    const file = JSON.parse(readFileSync(await download.path(), "utf8"));
    expect(file.schema).toBe("break-report/1");
    expect(file.report.venue).toBe("deribit");
  });
});

describe("methods side by side", () => {
  it("compares six methods and more over one book", async () => {
    const { page } = launched;
    await press("Control+5");
    await panel("comparison")
      .getByRole("button", { name: /Compare all/ })
      .last()
      .click();
    await ready("comparison");
    const heads = panel("comparison").locator('table thead th[scope="col"]');
    expect(await heads.count()).toBeGreaterThan(6);
    const initial = panel("comparison").locator("tbody tr", { has: page.getByText("Initial margin", { exact: true }) });
    const amounts = await initial
      .first()
      .locator("td[data-value]")
      .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));
    expect(amounts.length).toBeGreaterThanOrEqual(6);
    for (const amount of amounts) expect(amount).toBeGreaterThanOrEqual(0);
    await screenshot(page, "audit-comparison");
  });

  it("draws the surface of each and the difference to the reference", async () => {
    const { page } = launched;
    await press("Control+m");
    await panel("comparison").getByRole("button", { name: "Draw the surfaces" }).click();
    await panel("comparison").getByRole("button", { name: "Draw again" }).waitFor();
    await panel("comparison").getByText("Difference to the reference").click();
    const drawn = () => panel("comparison").locator("figure .contourlayer").count();
    await expect.poll(drawn, { timeout: 30_000 }).toBeGreaterThanOrEqual(6);
    await panel("comparison").locator("figure").last().scrollIntoViewIfNeeded();
    await screenshot(page, "audit-comparison-surfaces");
    await press("Control+m");
  });
});

describe("a rule change", () => {
  it("says what changed in the rules and what it does to the margin", async () => {
    const { page } = launched;
    await press("Control+5");
    await panel("rule-effect").getByRole("button", { name: "Compare" }).click();
    await panel("rule-effect").locator("table tbody tr").first().waitFor();
    await ready("rule-effect");
    await screenshot(page, "audit-rule-change");
    expect(await panel("rule-effect").locator("table caption").textContent()).toMatch(/parameters? differ|equal/);
  });
});

describe.each([
  ["Light", "light"],
  ["Dark", "dark"],
] as const)("in the theme %s", (label, name) => {
  it.each([
    ["audit", "Control+4"],
    ["compare", "Control+5"],
  ])("the layout %s passes axe", async (layout, keys) => {
    await chooseTheme(launched.page, label);
    await press(keys);
    await launched.page.waitForTimeout(1500);
    await screenshot(launched.page, `axe-${name}-${layout}-filled`);
    expect(await violationsOf(launched.page)).toEqual([]);
  });
});

it("ends without an error of the page", () => expect(launched.problems).toEqual([]));
