import { describe, expect, it } from "vitest";
import type { Backtest, Input } from "../../../core/api/contract.ts";
import { syntheticMark } from "../../../core/report/index.ts";
import { madeBacktest } from "../analysis/backtest-result.ts";
import { unwrapped } from "../result-value.ts";
import { normalSeries } from "../validation/series.ts";
import { memoryCore } from "./memory-core.ts";

const series = normalSeries(400);
const request = { data: { series: [series] }, model: { methodology: "deribit-portfolio" }, settings: { draws: 2000 } };

describe("validation.run", () => {
  it("takes title, version and every parameter with its source from the rulebook in force on the last day", async () => {
    const pack = unwrapped(await memoryCore().answer("validation.run", request));
    expect(pack.model).toMatchObject({ id: "deribit-portfolio" });
    expect(pack.model.effectiveFrom !== undefined && pack.model.effectiveFrom <= "2025-02-03").toBe(true);
    expect(pack.model.parameters.length).toBeGreaterThan(10);
    expect(pack.model.parameters.every(({ source }) => source !== undefined && source !== "")).toBe(true);
    expect(pack.series[0]?.exceptions[0]?.runId).toMatch(/^run-/);
    expect(pack.synthetic).toBe(true);
  });

  it("marks parameters the user set", async () => {
    const model = {
      methodology: "deribit-portfolio",
      overrides: [{ path: "/pairs/btc_usd/priceRange", value: 0.5 }],
    };
    const pack = unwrapped(await memoryCore().answer("validation.run", { ...request, model }));
    const own = pack.model.parameters.find(({ id }) => id === "/pairs/btc_usd/priceRange");
    expect(own).toMatchObject({ value: 0.5, status: "overridden" });
    expect(own?.source).toContain("set by the user in place of");
  });

  it("takes a card of one's own, and files in place of series", async () => {
    const text = "time,loss,margin\n2026-01-01,-5,100\n2026-01-02,120,100\n2026-01-03,3,100\n";
    const data = { files: [{ name: "house.csv", text }], unit: "EUR" };
    const pack = unwrapped(
      await memoryCore().answer("validation.run", { data, model: { id: "own", title: "Own model", version: "1" } }),
    );
    expect(pack.series[0]).toMatchObject({ label: "house", unit: "EUR", coverage: { exceptions: 1, observations: 3 } });
    expect(pack.sources).toEqual([{ name: "house.csv", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(pack.signOff).toHaveLength(3);
  });

  it("refuses a series whose margin is negative and an unknown method", async () => {
    const wrong = { ...series, margins: series.margins.map((margin, row) => (row === 7 ? -1 : margin)) };
    const refused = await memoryCore().answer("validation.run", { ...request, data: { series: [wrong] } });
    expect(refused).toMatchObject({ ok: false, failure: { reason: "invalid-input", at: "margins:8" } });
    const unknown = await memoryCore().answer("validation.run", { ...request, model: { methodology: "nobody" } });
    expect(unknown).toMatchObject({ ok: false, failure: { reason: "not-found" } });
  });
});

describe("validation of a stored backtest", () => {
  const { ports, answer } = memoryCore();
  const method = { overrides: [], calibration: "day" as const };
  const stored: Backtest = {
    request: {
      ...{ panel: { id: "panel" }, horizonDays: 2, startMultiple: 2 },
      book: { kind: "fixed", portfolio: { id: "book" } },
      methods: [
        { ...method, label: "a", methodology: "deribit-portfolio" },
        { ...method, label: "b", methodology: "deribit-standard" },
      ],
    },
    ...{ result: madeBacktest(40), days: 41, codeVersion: "0.0.0-test" },
  };
  ports.store.backtests.save({ id: "b1", name: "January", note: "", savedAtMs: 0, content: stored });
  const run = async (data: Input<"validation.run">["data"]) =>
    answer("validation.run", { data, settings: { draws: 2000 } });

  it("has a series, a card and a disclosure of each method", async () => {
    const pack = unwrapped(await run({ backtest: "b1" }));
    expect(pack.series.map(({ label }) => label)).toEqual(["a", "b"]);
    expect(pack.model).toMatchObject({ id: "deribit-portfolio+deribit-standard", title: "a, b" });
    expect(pack.model.design).toContainEqual({ label: "a, versions through the backtest", value: "v1, v2" });
    expect(pack.portfolio).toMatchObject({ name: "book", definition: expect.stringContaining("along panel panel") });
    expect(pack.sources[0]?.name).toBe("backtest January");
    expect(pack.series[0]?.groups[0]).toMatchObject({ overlap: "every-hth", rows: 19, of: 38 });
    expect(pack.synthetic).toBe(true);
  });

  it("takes one method, with its own card", async () => {
    const pack = unwrapped(await run({ backtest: "b1", labels: ["b"], confidence: 0.95 }));
    expect(pack.model.id).toBe("deribit-standard");
    expect(pack.series).toMatchObject([{ label: "b", confidence: 0.95 }]);
  });

  it("refuses a backtest that is not there and a method it does not have", async () => {
    expect(await run({ backtest: "nobody" })).toMatchObject({ ok: false, failure: { reason: "not-found" } });
    const refused = await run({ backtest: "b1", labels: ["z"] });
    expect(refused.ok ? "" : refused.failure.message).toBe('January has no method "z"; it has a, b');
  });

  it("needs a model for series that do not name one", async () => {
    expect(await run({ series: [series] })).toMatchObject({
      ok: false,
      failure: { reason: "invalid-input", at: "model" },
    });
  });
});

describe("validation.export", () => {
  it("writes a page, a table, JSON and the series, each with the synthetic mark in name and text", async () => {
    const answer = memoryCore().answer;
    for (const format of ["html", "csv", "json", "series"] as const) {
      const file = unwrapped(await answer("validation.export", { ...request, format }));
      expect(file.name).toContain("synthetic");
      expect(file.text).toContain(format === "json" ? '"synthetic":true' : syntheticMark);
    }
  });

  it("exports series that give the same pack when they are read again", async () => {
    const answer = memoryCore().answer;
    const exported = unwrapped(await answer("validation.export", { ...request, format: "series" }));
    const data = { files: [{ name: exported.name, text: exported.text }] };
    const again = unwrapped(await answer("validation.run", { ...request, data }));
    const first = unwrapped(await answer("validation.run", request));
    expect(again.series).toEqual(first.series);
    expect(again.disclosure).toEqual(first.disclosure);
  });
});

describe("validation.sensitivity", () => {
  const margin = { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" } as const;

  it("moves one parameter at a time; the base is margin.run's figure", async () => {
    const answer = memoryCore().answer;
    const path = "/pairs/btc_usd/priceRange";
    const table = unwrapped(
      await answer("validation.sensitivity", { ...margin, parameters: [{ path, values: [0.1, 0.3] }] }),
    );
    const base = unwrapped(await answer("margin.run", margin));
    expect(table.baseMargin).toBe(base.totals.initialUsd);
    const moved = unwrapped(await answer("margin.run", { ...margin, overrides: [{ path, value: 0.3 }] }));
    expect(table.rows[1]).toMatchObject({ parameter: path, value: 0.3, margin: moved.totals.initialUsd });
    expect(moved.totals.initialUsd).toBeGreaterThan(base.totals.initialUsd);
  });

  it("keeps values the rules refuse, with the reason", async () => {
    const parameters = [{ path: "/pairs/btc_usd/priceRange", values: [-5] }];
    const table = unwrapped(await memoryCore().answer("validation.sensitivity", { ...margin, parameters }));
    expect(table.rows[0]?.failure?.message).toMatch(/priceRange/);
    expect(table.rows[0]).not.toHaveProperty("margin");
  });

  it("refuses a path where the rules have no number", async () => {
    const refused = await memoryCore().answer("validation.sensitivity", {
      ...margin,
      parameters: [{ path: "/nothing", values: [1] }],
    });
    expect(refused).toMatchObject({ ok: false, failure: { reason: "invalid-input", at: "/nothing" } });
  });

  it("stands in the pack when it is asked for", async () => {
    const parameters = [{ path: "/pairs/btc_usd/priceRange", values: [0.3] }];
    const pack = unwrapped(
      await memoryCore().answer("validation.run", { ...request, sensitivity: { ...margin, parameters } }),
    );
    expect(pack.sensitivity?.rows).toHaveLength(1);
    // the sample is generated: the mark spreads to a pack of observed series
    const observed = { series: [{ ...series, synthetic: false }] };
    const marked = unwrapped(
      await memoryCore().answer("validation.run", {
        ...request,
        data: observed,
        sensitivity: { ...margin, parameters },
      }),
    );
    const plain = unwrapped(await memoryCore().answer("validation.run", { ...request, data: observed }));
    expect([marked.synthetic, plain.synthetic]).toEqual([true, false]);
  });
});

describe("validation.global-sensitivity", () => {
  const margin = { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" } as const;
  const btc = { path: "/pairs/btc_usd/priceRange", from: 0.1, to: 0.3 };

  it("gives the range of margin and the share of each parameter; one that does nothing explains nothing", async () => {
    const answer = memoryCore().answer;
    const box = [btc, { path: "/pairs/eth_usd/priceRange", from: 0.1499, to: 0.1501 }];
    const found = unwrapped(await answer("validation.global-sensitivity", { ...margin, box, points: 16, seed: 3 }));
    const base = unwrapped(await answer("margin.run", margin));
    expect(found.least).toBeLessThan(base.totals.initialUsd);
    expect(found.greatest).toBeGreaterThan(base.totals.initialUsd);
    expect(found.indices[0]?.total).toBeGreaterThan(0.5);
    expect(found.indices[1]?.total).toBeLessThan(0.05);
    const again = unwrapped(await answer("validation.global-sensitivity", { ...margin, box, points: 16, seed: 3 }));
    expect(again).toEqual(found);
    const globalSensitivity = { ...margin, box, points: 16, seed: 3 };
    const pack = unwrapped(await answer("validation.run", { ...request, globalSensitivity }));
    expect(pack.globalSensitivity).toEqual(found);
  });

  it("refuses an empty side, a path without a number, and names the set that has no margin", async () => {
    const ask = (box: readonly { path: string; from: number; to: number }[]) =>
      memoryCore().answer("validation.global-sensitivity", { ...margin, box: [...box], points: 8 });
    expect(await ask([{ ...btc, to: 0.1 }])).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
    expect(await ask([{ ...btc, path: "/nothing" }])).toMatchObject({ ok: false, failure: { at: "/nothing" } });
    const refused = await ask([{ ...btc, from: -9, to: -8 }]);
    expect(refused.ok ? "" : refused.failure.message).toContain("/pairs/btc_usd/priceRange = -");
  });
});

describe("benchmark books", () => {
  const market = { sample: true } as const;

  it("are made from a market and margined under several methods", async () => {
    const answer = memoryCore().answer;
    const terms = { market, underlying: "BTC", random: 2 };
    const { books } = unwrapped(await answer("validation.portfolios", terms));
    const methods = [{ methodology: "deribit-portfolio" }, { methodology: "deribit-standard" }];
    const compared = unwrapped(await answer("validation.benchmarks", { ...terms, methods, reference: 1 }));
    expect(compared).toMatchObject({ reference: "deribit-standard", unit: "USD", threshold: 0.2 });
    expect(compared.rows).toHaveLength(2 * books.length);
    const own = compared.rows.filter(({ method }) => method === "deribit-standard");
    expect(own.every(({ difference, toExplain }) => difference === 0 || (difference === undefined && !toExplain))).toBe(
      true,
    );
    expect(compared.rows.some(({ toExplain }) => toExplain)).toBe(true);
    const saved = unwrapped(
      await answer("validation.run", { ...request, benchmarks: { ...terms, random: 0, methods: methods.slice(0, 1) } }),
    );
    expect(saved.benchmarks?.rows.length).toBeGreaterThan(8);
  });

  it("refuse a method that is not there", async () => {
    const methods = [{ methodology: "nobody" }];
    expect(await memoryCore().answer("validation.benchmarks", { market, underlying: "BTC", methods })).toMatchObject({
      ok: false,
      failure: { reason: "not-found" },
    });
  });
});
