import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Violations of WCAG 2.2 A and AA in words a reader can act on; of the whole page, or of parts of it. */
export async function violationsOf(page: Page, ...parts: readonly string[]): Promise<string[]> {
  // What is being computed anew is dimmed, and soon replaced.
  await page.waitForFunction(() => document.querySelector('[data-dimmed="true"]') === null);
  const builder = new AxeBuilder({ page });
  for (const part of parts) builder.include(part);
  const { violations } = await builder
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .setLegacyMode()
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help}: ${target} ${html}`),
  );
}

/** Chooses a theme as a user does, and waits until it is drawn. */
export async function chooseTheme(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitem", { name: label }).click();
  await page.waitForTimeout(600);
}
