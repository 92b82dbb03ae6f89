import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Panel, PanelImportOutcome, Stored } from "../../core/api/contract.ts";
import { unwatched } from "../../core/base/index.ts";
import { root } from "../../core/host/bin/built.mjs";
import { localCore } from "../../core/host/local-core.ts";
import { createResources } from "../../core/host/resources.ts";
import { type ImportResult, importFiles } from "../../core/import/index.ts";
import type { MarginResult } from "../../core/margin/index.ts";
import type { MarketSnapshot } from "../../core/market/index.ts";
import { sampleFiles } from "../../resources/sample/generator/files.ts";
import { panelFiles } from "../../resources/sample/generator/panel.ts";
import { underlyings } from "../../resources/sample/generator/underlying.ts";

describe("the synthetic sample", () => {
  let imported: ImportResult;
  const { portfolio, market, history } = createResources().sample();

  beforeAll(async () => {
    const result = await importFiles([...portfolio, ...market], { mappings: {}, name: "Sample", work: unwatched });
    if (!result.ok) throw new Error(result.failure.message);
    imported = result.value;
  });

  it("is what the generator writes, byte for byte, and every name says synthetic", () => {
    const shipped = (folder: string, name: string): string =>
      readFileSync(join(root, "resources/sample", folder, name), "utf8");
    for (const { folder, name, text } of sampleFiles()) expect(shipped(folder, name)).toBe(text);
    const names = [...portfolio, ...market, ...history].map(({ name }) => name);
    expect(names.sort()).toEqual(
      sampleFiles()
        .map(({ name }) => name)
        .sort(),
    );
    expect(names.filter((name) => !name.startsWith("synthetic-"))).toEqual([]);
  });

  it("imports whole, without a problem", () => {
    expect(imported.report.problems).toEqual([]);
    expect(imported.report.files.map(({ rejected, incomplete }) => [rejected, incomplete])).toEqual(
      Array(6).fill([0, false]),
    );
    expect(imported.portfolio?.positions.length).toBeGreaterThanOrEqual(40);
    expect(imported.portfolio?.positions.length).toBeLessThanOrEqual(80);
  });

  it("has forwards by parity that reproduce every mark, and nothing to warn of", () => {
    const forwards = imported.market?.forwards ?? [];
    expect(forwards).toHaveLength(18);
    expect(forwards.filter(({ method }) => method !== "parity")).toEqual([]);
    // absent where only one pair stands near the money
    const residuals = forwards.flatMap(({ residual }) => residual ?? []);
    expect(residuals.length).toBeGreaterThan(15);
    expect(Math.max(...residuals)).toBeLessThan(2e-6);
    expect(imported.market?.warnings).toEqual([]);
  });

  it("has option prices without static arbitrage: falling and convex in strike", () => {
    for (const { underlying, expiryMs, value } of imported.market?.forwards ?? []) {
      const calls = (imported.market?.quotes ?? [])
        .flatMap(({ instrument, mark }) =>
          instrument.kind === "option" && instrument.optionType === "call" && mark !== undefined
            ? [{ ...instrument, usd: mark * value }]
            : [],
        )
        .filter((call) => call.underlying === underlying && call.expiryMs === expiryMs)
        .sort((a, b) => a.strike - b.strike);
      // printed volatilities have two decimals: a price is known to some vega × 0.005 points
      const tolerance = 0.02 * value * 1e-3;
      const slopes = calls.slice(1).map((call, index) => {
        const before = calls[index] ?? call;
        return (call.usd - before.usd) / (call.strike - before.strike);
      });
      const step = (calls[1]?.strike ?? 1) - (calls[0]?.strike ?? 0);
      expect(slopes.every((slope) => slope > -1 - tolerance / step && slope < tolerance / step)).toBe(true);
      expect(slopes.slice(1).every((slope, index) => slope >= (slopes[index] ?? 0) - tolerance / step)).toBe(true);
    }
  });

  it("states the margins that this program computes, two thirds of the equity, bound by different tables", async () => {
    const core = localCore({ libraryPath: ":unused:", host: "test" });
    const answer = await core.call({
      operation: "margin.run",
      input: { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" },
    });
    await core.close();
    if (!answer.ok) throw new Error(answer.failure.message);
    const { accounts, synthetic, excluded } = answer.value as MarginResult;
    expect([synthetic, excluded]).toEqual([true, []]);
    for (const { id, initial, maintenance, equity } of accounts) {
      const stated = imported.portfolio?.balances.find(({ currency }) => currency === id);
      expect(initial.amount).toBeCloseTo(stated?.initialMargin ?? Number.NaN, 8);
      expect(maintenance.amount).toBeCloseTo(stated?.maintenanceMargin ?? Number.NaN, 8);
      const used = initial.amount / (equity?.amount ?? Number.NaN);
      expect(used).toBeGreaterThan(0.6);
      expect(used).toBeLessThan(0.7);
    }
    expect(accounts.map(({ matrices }) => matrices[0]?.bindingScenarioId)).toEqual(["bucket-1-down", "extended-2"]);
  });
});

describe("the sample through time", () => {
  const shipped = createResources().samplePanel();
  const folder = mkdtempSync(join(tmpdir(), "marginscope-sample-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is what the generator writes, byte for byte", () => {
    const generated = underlyings.filter(({ currency }) => currency === "BTC").flatMap(panelFiles);
    expect(shipped.map(({ name }) => name)).toEqual(generated.map(({ name }) => name));
    for (const [place, { bytes }] of generated.entries()) expect(shipped[place]?.bytes).toEqual(bytes);
  });

  it("imports whole as one panel, marked synthetic, and a second time gives the same", async () => {
    const core = localCore({ libraryPath: join(folder, "library.sqlite"), host: "test" });
    const sample = async () => {
      const answer = await core.call({ operation: "panel.sample", input: {} });
      if (!answer.ok) throw new Error(answer.failure.message);
      return answer.value as PanelImportOutcome;
    };
    const first = await sample();
    const again = await sample();
    const panel = await core.call({ operation: "panel.get", input: { id: first.panel.id } });
    const entries = panel.ok ? (panel.value as Stored<Panel>).content.entries : [];
    const market = await core.call({ operation: "market.get", input: { id: entries[30]?.marketId ?? "" } });
    await core.close();
    expect(first.report.problems).toEqual([]);
    expect(again.panel).toEqual(first.panel);
    expect(entries).toHaveLength(42);
    const { synthetic, warnings, indices } = market.ok ? (market.value as Stored<MarketSnapshot>).content : never();
    expect([synthetic, warnings]).toEqual([true, []]);
    expect(indices[0]?.price).toBeLessThan(180_000);
  });
});

function never(): never {
  throw new Error("no market");
}
