import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Launched, launchBrowser, screenshot, temporaryLibrary } from "./launch.ts";

let launched: Launched;
const library = temporaryLibrary();

beforeAll(async () => {
  launched = await launchBrowser({ libraryPath: library.path });
});

afterAll(async () => {
  await launched?.close();
  library.remove();
});

describe("the workstation in a browser", () => {
  it("shows the margin of the synthetic sample, computed", async () => {
    const summary = launched.page.locator('[data-panel="summary-strip"][data-state="ready"]');
    await summary.waitFor();
    expect(await summary.textContent()).toMatch(/Initial margin\s*[\d,]+\.\d\d\s*USD/);
    await screenshot(launched.page, "browser-sample");
  });

  it("takes the token out of the address, and works after a reload", async () => {
    expect(launched.page.url()).not.toContain("token");
    await launched.page.reload();
    await launched.page.locator('[data-panel="summary-strip"][data-state="ready"]').waitFor();
  });

  it("is cross-origin isolated under a policy without eval", async () => {
    expect(await launched.page.evaluate("self.crossOriginIsolated")).toBe(true);
    const policy = await launched.page.evaluate("fetch('/').then((r) => r.headers.get('content-security-policy'))");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  });

  it("has no error of the page, its policy included", () => expect(launched.problems).toEqual([]));
});
