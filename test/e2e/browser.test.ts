import { describe, expect, it } from "vitest";
import { launchBrowser, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

const program = startedOnce(launchBrowser);

describe("the workstation in a browser", () => {
  it("shows the margin of the synthetic sample, computed", async () => {
    const summary = program.host.page.locator('[data-panel="summary-strip"][data-state="ready"]');
    await summary.waitFor();
    expect(await summary.textContent()).toMatch(/Initial margin\s*[\d,]+\.\d\d\s*USD/);
    await screenshot(program.host.page, "browser-sample");
  });

  it("takes the token out of the address, and works after a reload", async () => {
    expect(program.host.page.url()).not.toContain("token");
    await program.host.page.reload();
    await program.host.page.locator('[data-panel="summary-strip"][data-state="ready"]').waitFor();
  });

  it("is cross-origin isolated under a policy without eval", async () => {
    expect(await program.host.page.evaluate("self.crossOriginIsolated")).toBe(true);
    const policy = await program.host.page.evaluate("fetch('/').then((r) => r.headers.get('content-security-policy'))");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  });

  it("has no error of the page, its policy included", () => expect(program.host.problems).toEqual([]));
});
