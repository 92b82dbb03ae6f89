import { beforeAll, describe, expect, it } from "vitest";
import { chooseTheme, violationsOf } from "./accessibility.ts";
import { screenshot } from "./launch.ts";
import { programInBrowser } from "./program.ts";

const launched = programInBrowser();
const { panel, ready } = launched;

beforeAll(async () => {
  await ready("summary-strip");
  await launched.page.keyboard.press("Control+2");
  await ready("surface");
});

const drawn = (id: string) => panel(id).locator('[data-plot="ready"]').first().waitFor({ timeout: 60_000 });

/** The elevation and azimuth of the camera that a 3D view shows, degrees. */
const cameraOf = (id: string): Promise<readonly [number, number]> =>
  panel(id)
    .locator(".plot-area")
    .first()
    .evaluate((element) => {
      const { scene } = (element as unknown as { _fullLayout: { scene: { _scene: { getCamera(): { eye: Vector } } } } })
        ._fullLayout;
      const { x, y, z } = scene._scene.getCamera().eye;
      return [Math.asin(z / Math.hypot(x, y, z)), Math.atan2(y, x)].map((one) => Math.round((one * 180) / Math.PI)) as [
        number,
        number,
      ];
    });

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const borders = () => panel("surface").locator('[data-borders="ready"]').waitFor({ timeout: 60_000 });

/** Sets the axes of the surface through their form. */
async function chooseAxes(choice: { rows?: string; days?: string }): Promise<void> {
  const { page } = launched;
  await panel("surface")
    .getByRole("button", { name: /^Price / })
    .click();
  if (choice.rows !== undefined) {
    await page.getByRole("combobox", { name: "Rows move" }).click();
    await page.getByRole("option", { name: choice.rows, exact: true }).click();
  }
  if (choice.days !== undefined) await page.getByRole("textbox", { name: "Days that pass" }).fill(choice.days);
  await page.getByRole("button", { name: "Recalculate surface" }).click();
  await ready("surface");
}

/** The shown tab of a group is brought to the front by its name. */
async function openTab(name: string): Promise<void> {
  await launched.page.getByRole("tab", { name }).first().click();
}

describe("the surface in depth", () => {
  it("has exact borders of its regions, with their letters", async () => {
    await borders();
    const lines = Number(await panel("surface").locator("[data-lines]").getAttribute("data-lines"));
    expect(lines).toBeGreaterThan(0);
    await drawn("surface");
    await panel("surface").getByRole("list").or(panel("surface").locator("dl")).first().waitFor();
    await launched.page.waitForTimeout(1_500);
    await screenshot(launched.page, "surface-depth-light");
    expect(await violationsOf(launched.page, '[data-panel="surface"]')).toEqual([]);
  });

  it("asks nothing back of the graphics driver until the pointer comes, which then finds the surface as it is", async () => {
    const { page } = launched;
    await page.evaluate(() => {
      const counts = { readPixels: 0, compileShader: 0, linkProgram: 0, isShader: 0 };
      for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext])
        for (const name of Object.keys(counts) as (keyof typeof counts)[]) {
          const own = prototype[name] as (...given: unknown[]) => unknown;
          Object.assign(prototype, {
            [name](...given: unknown[]) {
              counts[name] += 1;
              return own.apply(this, given);
            },
          });
        }
      Object.assign(globalThis, { driverCalls: counts });
    });
    const calls = () => page.evaluate(() => (globalThis as unknown as { driverCalls: object }).driverCalls);
    await page.getByRole("slider", { name: "Price range" }).press("ArrowRight");
    await ready("surface");
    await page.waitForTimeout(1_000);
    expect(await calls()).toEqual({ readPixels: 0, compileShader: 0, linkProgram: 0, isShader: 0 });
    const box = await panel("surface").locator(".plot-area").boundingBox();
    if (box === null) throw new Error("the surface is not on the page");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await panel("surface").locator('[data-point="pointer"]').waitFor();
    expect(await calls()).toMatchObject({ compileShader: 0, isShader: 0 });
    await page.getByRole("slider", { name: "Price range" }).press("ArrowLeft");
    await ready("surface");
    await page.mouse.move(0, 0);
    await borders();
  });

  it("shows the map with its borders, floors and tiers included", async () => {
    const { page } = launched;
    await panel("surface").getByText("Contour", { exact: true }).click();
    await panel("surface").getByRole("combobox", { name: "Borders of regions" }).click();
    await page.getByRole("option", { name: "Borders: floors and tiers too" }).click();
    await borders();
    await page.waitForTimeout(800);
    await screenshot(page, "surface-depth-map");
    await panel("surface").getByText("3D", { exact: true }).click();
    await panel("surface").getByRole("combobox", { name: "Borders of regions" }).click();
    await page.getByRole("option", { name: "Borders: scenarios" }).click();
    await drawn("surface");
  });

  it("turns by keys, and the linked second surface with it", async () => {
    const { page } = launched;
    await openTab("Second surface");
    await panel("surface-2").waitFor();
    await panel("surface-2").getByRole("combobox", { name: "Layer of the second surface" }).click();
    await page.getByRole("option", { name: "Profit and loss" }).click();
    await drawn("surface-2");
    await page.waitForTimeout(1_000);
    await panel("surface").focus();
    await page.keyboard.press("a");
    await expect.poll(() => cameraOf("surface"), { timeout: 10_000 }).toEqual([35, -135]);
    await expect.poll(() => cameraOf("surface-2"), { timeout: 10_000 }).toEqual([35, -135]);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => cameraOf("surface-2"), { timeout: 10_000 }).toEqual([35, -130]);
    await page.keyboard.press("0");
    await page.waitForTimeout(1_000);
    await screenshot(page, "surface-depth-linked");
  });

  it("keeps a view under a name", async () => {
    const { page } = launched;
    await panel("surface").focus();
    await page.keyboard.press("f");
    await expect.poll(() => cameraOf("surface"), { timeout: 10_000 }).toEqual([1, -90]);
    await panel("surface").getByRole("button", { name: "Views" }).click();
    await page.getByRole("textbox", { name: "Name of the view" }).fill("Board");
    await page.keyboard.press("Enter");
    await panel("surface").focus();
    await page.keyboard.press("0");
    await expect.poll(async () => (await cameraOf("surface"))[1], { timeout: 10_000 }).not.toBe(-90);
    await panel("surface").getByRole("button", { name: "Views" }).click();
    await page.getByRole("button", { name: "Board", exact: true }).click();
    await expect.poll(() => cameraOf("surface"), { timeout: 10_000 }).toEqual([1, -90]);
    await panel("surface").focus();
    await page.keyboard.press("0");
  });

  it("compares with another method: B, A − B, and both worst points", async () => {
    const { page } = launched;
    await panel("surface-2").getByRole("button", { name: /^B:/ }).click();
    await page
      .getByRole("spinbutton", { name: "Days that pass" })
      .or(page.getByLabel("Days that pass"))
      .last()
      .fill("7");
    await page.keyboard.press("Escape");
    await ready("surface-2");
    await panel("surface-2").getByText("A − B", { exact: true }).click();
    const worst = panel("surface-2").getByRole("list", { name: "Worst points" });
    await worst.getByText(/Worst point of the difference/).waitFor();
    await worst.getByText(/Difference of the worst points/).waitFor();
    await drawn("surface-2");
    await page.waitForTimeout(1_500);
    await screenshot(page, "surface-depth-difference");
    expect(await violationsOf(page, '[data-panel="surface-2"]')).toEqual([]);
  });

  it("cuts both sides, names the kinks, and shows the data", async () => {
    const { page } = launched;
    await openTab("Slices");
    await drawn("slices");
    await borders();
    await panel("slices").getByRole("list", { name: "Kinks along the cuts" }).waitFor();
    await page.waitForTimeout(800);
    await screenshot(page, "surface-depth-slices");
    expect(await violationsOf(page, '[data-panel="slices"]')).toEqual([]);
    await panel("slices").focus();
    await page.keyboard.press("Enter");
    await panel("slices")
      .getByRole("grid", { name: /along both cuts/ })
      .waitFor();
    await panel("slices")
      .getByText(/takes over/)
      .first()
      .waitFor();
    await panel("slices").focus();
    await page.keyboard.press("Enter");
    await drawn("slices");
  });

  it("steps through dates by keys, and shows them side by side", async () => {
    const { page } = launched;
    await chooseAxes({ days: "0, 7, 30" });
    await panel("surface").focus();
    await page.keyboard.press("]");
    await panel("surface").getByText("after 7 days", { exact: true }).first().waitFor();
    await page.keyboard.press("]");
    await panel("surface").getByText("after 30 days", { exact: true }).first().waitFor();
    await panel("surface").getByText("Dates", { exact: true }).click();
    await panel("surface").locator("figure figcaption").nth(2).waitFor();
    await page.waitForTimeout(1_500);
    await screenshot(page, "surface-depth-dates");
    expect(await violationsOf(page, '[data-panel="surface"]')).toEqual([]);
  });

  it("moves the skew on its rows, and says so in the table", async () => {
    const { page } = launched;
    await chooseAxes({ rows: "Skew", days: "" });
    await drawn("surface");
    await panel("surface").focus();
    await page.keyboard.press("Enter");
    await panel("surface")
      .getByRole("grid", { name: /by skew and price move/ })
      .waitFor();
    await panel("surface").focus();
    await page.keyboard.press("Enter");
    await drawn("surface");
    await borders();
    await page.waitForTimeout(1_200);
    await screenshot(page, "surface-depth-skew");
  });

  it("is readable in the dark theme", async () => {
    const { page } = launched;
    await chooseTheme(page, "Dark");
    await openTab("Second surface");
    await drawn("surface-2");
    await page.waitForTimeout(1_500);
    await screenshot(page, "surface-depth-dark");
    for (const id of ["surface", "surface-2", "slices"])
      expect(await violationsOf(page, `[data-panel="${id}"]`), id).toEqual([]);
  });

  it("has no error of the page", () => expect(launched.problems).toEqual([]));
});
