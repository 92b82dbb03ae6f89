import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { Input } from "../../../core/api/contract.ts";
import { createDispatch } from "../../../core/api/dispatch.ts";
import type { Ports } from "../../../core/api/ports.ts";
import { createService } from "../../../core/api/service.ts";
import type { Result } from "../../../core/base/index.ts";
import { marketOn, path } from "../analysis/backtest/panel.ts";
import { memoryCore } from "./memory-core.ts";

/** A core whose library holds the made-up panel. */
async function core(changes: Partial<Ports> = {}) {
  const { ports, answer, call } = memoryCore(changes);
  const marketIds = path.map((_, day) => {
    const content = marketOn(day);
    return ports.store.markets.save({ ...{ id: `m${day}`, name: content.name, note: "", savedAtMs: 0 }, content }).id;
  });
  const panel = await call("panel.save", { name: "made-up fall", marketIds });
  return { ports, answer, call, panel: { id: panel.id } };
}

const strangle = { kind: "short-strangle", underlying: "BTC", size: 10, rollDays: 4 } as const;
const methods = [{ methodology: "deribit-portfolio" }, { methodology: "deribit-standard", label: "leg by leg" }];

describe("backtest.run", () => {
  it("keeps every day with the margin of each method", async () => {
    const { call, panel } = await core();
    const saved = await call("backtest.run", { name: "Strangle", request: { panel, book: strangle, methods } });
    expect(saved).toMatchObject({
      name: "Strangle",
      note: "Short strangle of BTC, delta hedged: 10 of 10 days, 2026-01-05 to 2026-01-14",
    });
    const { content } = await call("backtest.get", { id: saved.id });
    expect(content).toMatchObject({ days: 10, codeVersion: "0.0.0-test", result: { synthetic: true, skipped: [] } });
    const { points } = content.result;
    expect(points.map((point) => point.methods.map(({ label }) => label))).toEqual(
      path.map(() => ["deribit-portfolio", "leg by leg"]),
    );
    expect(points.every(({ methods: [portfolio] }) => (portfolio?.initialUsd ?? 0) > 0)).toBe(true);
    expect(await call("backtest.list", {})).toEqual([saved]);
  });

  it("states the margin that a run of the same day states", async () => {
    const { call, panel } = await core();
    const { id } = await call("backtest.run", { name: "B", request: { panel, book: strangle, methods } });
    const { content } = await call("backtest.get", { id });
    const point = content.result.points[5];
    if (point === undefined) throw new Error("no point");
    const opened = await call("backtest.open-point", { id, asOfMs: point.asOfMs, label: "leg by leg" });
    expect(opened).toMatchObject({
      methodology: "deribit-standard",
      market: { id: "m5" },
      portfolio: { name: "Short strangle of BTC, 2026-01-10" },
    });
    const result = await call("margin.run", {
      ...{ portfolio: { id: opened.portfolio.id }, market: { id: opened.market.id } },
      ...{ methodology: opened.methodology, rules: { name: opened.version } },
    });
    expect(result.totals.initialUsd).toBe(point.methods[1]?.initialUsd);
    expect(result.accounts[0]?.initial.amount).toBeGreaterThan(0);
  });

  it("uses the history up to each day, and the fixed calibration that of the first day", async () => {
    const { call, panel } = await core();
    const days = Array.from({ length: 400 }, (_, day) => new Date(Date.UTC(2025, 0, 1) + day * 86_400_000));
    const rows = days.map(
      (day, place) => `${day.toISOString().slice(0, 10)},${100 * (1 + place / 4000) ** (place % 7)}`,
    );
    const text = ["date,price:BTC", ...rows].join("\n");
    const { history } = await call("history.import", { files: [{ name: "btc.csv", text: `${text}\n` }] });
    const method = { methodology: "var-es-margin", rules: { name: "historical-var-99" } };
    const { id } = await call("backtest.run", {
      name: "Calibrations",
      request: {
        ...{ panel, book: { kind: "fixed", portfolio: { sample: true } }, history: { id: history.id } },
        methods: [
          { ...method, label: "daily", overrides: [{ path: "/window/observations", value: 100 }] },
          {
            ...method,
            label: "fixed",
            overrides: [{ path: "/window/observations", value: 100 }],
            calibration: "start",
          },
        ],
      },
    });
    const { content } = await call("backtest.get", { id });
    expect(content.history?.series[0]?.values.length).toBe(400);
    const [first, , , , , , , last] = content.result.points;
    expect(first?.gaps).toEqual([]);
    expect(first?.methods[0]?.initialUsd).toBe(first?.methods[1]?.initialUsd);
    expect(last?.methods[0]?.initialUsd).not.toBe(last?.methods[1]?.initialUsd);
  });

  it("keeps the forecasts of a method that looks as far ahead as the close-out period", async () => {
    const { call, panel } = await core();
    const methods = [{ methodology: "var-es-margin", rules: { name: "historical-var-99" } }];
    const firstOf = async (horizonDays: number) => {
      const book = { kind: "fixed", portfolio: { sample: true } } as const;
      const request = { panel, book, methods, horizonDays, history: { sample: true } } as const;
      const { id } = await call("backtest.run", { name: "Forecasts", request });
      const { content } = await call("backtest.get", { id });
      return content.result.points[0]?.methods[0];
    };
    const forecast = await firstOf(1);
    expect(forecast?.forecastConfidence).toBe(0.99);
    expect(forecast?.valueAtRiskUsd).toBeCloseTo(forecast?.initialUsd ?? Number.NaN, 1);
    expect(forecast?.expectedShortfallUsd).toBeGreaterThan(forecast?.valueAtRiskUsd ?? Number.NaN);
    // It looks one day ahead: over two days it is no forecast.
    expect((await firstOf(2))?.valueAtRiskUsd).toBeUndefined();
  });

  it("refuses a panel, method or book that is not there", async () => {
    const { answer, panel } = await core();
    const refusal = async (request: Input<"backtest.run">["request"]) => {
      const result = await answer("backtest.run", { name: "B", request });
      return result.ok ? "accepted" : result.failure.message;
    };
    const book = strangle;
    expect(await refusal({ panel: { id: "none" }, book, methods })).toBe('the library has no panel with the id "none"');
    expect(await refusal({ panel, book, methods: [{ methodology: "none" }] })).toContain("none");
    expect(await refusal({ panel, book: { kind: "fixed", portfolio: { id: "gone" } }, methods })).toContain("gone");
  });
});

describe("backtest.resume", () => {
  it("goes on where a cancelled backtest was kept, and ends as if never interrupted", async () => {
    let clock = 0;
    const made = await core({ now: () => (clock += 6_000) });
    const { answer, call, panel, ports } = made;
    const request: Input<"backtest.run">["request"] = { panel, book: strangle, methods, horizonDays: 2 };
    const whole = await call("backtest.run", { name: "Whole", request });
    let reads = 0;
    const getMarket = ports.store.markets.get;
    Object.assign(ports.store.markets, {
      get: (id: string) => {
        reads += 1;
        if (reads === 5) void answer("job.cancel", { job: "walk" });
        return getMarket(id);
      },
    });
    const cancelled = await answer("backtest.run", { name: "Stopped", request }, "walk");
    expect(cancelled.ok ? "" : cancelled.failure.reason).toBe("cancelled");
    Object.assign(ports.store.markets, { get: getMarket });
    const [stopped] = (await call("backtest.list", {})).filter(({ name }) => name === "Stopped");
    if (stopped === undefined) throw new Error("the unfinished backtest was not kept");
    expect(stopped.note).toMatch(/: [3-6] of 10 days/);
    await call("backtest.resume", { id: stopped.id });
    const [again, first] = [
      await call("backtest.get", { id: stopped.id }),
      await call("backtest.get", { id: whole.id }),
    ];
    expect(again.content.result).toEqual(first.content.result);
  });

  it("refuses to mix two versions of the program", async () => {
    const { call, panel, ports } = await core();
    const { id } = await call("backtest.run", { name: "B", request: { panel, book: strangle, methods } });
    const newer = { ...ports, codeVersion: "9.9.9" };
    const dispatch = createDispatch(createService(newer), newer);
    const result = (await dispatch({ operation: "backtest.resume", input: { id } })) as Result<unknown>;
    expect(result.ok ? "" : result.failure.message).toBe(
      "B was begun by version 0.0.0-test, this is 9.9.9: run it anew",
    );
  });
});

describe("a stored backtest", () => {
  it("is exported with every day, renamed and deleted", async () => {
    const { answer, call, panel } = await core();
    const { id } = await call("backtest.run", { name: "Strangle 1", request: { panel, book: strangle, methods } });
    const csv = await call("backtest.export", { id, format: "csv" });
    expect(csv.name).toBe("Strangle-1_backtest_2026-01-14.csv");
    const [header = [], ...rows] = parse(csv.text) as string[][];
    expect(rows).toHaveLength(2 * path.length);
    expect(header.slice(0, 2)).toEqual(["time", "time_ms"]);
    expect(rows.every((row) => row.length === header.length && row.at(-1)?.startsWith("SYNTHETIC"))).toBe(true);
    const json = await call("backtest.export", { id, format: "json" });
    expect(JSON.parse(json.text)).toMatchObject({ schema: "backtest/1", result: { panelName: "made-up fall" } });
    expect(await call("backtest.rename", { id, name: "Other" })).toMatchObject({ name: "Other" });
    expect(await call("backtest.delete", { id })).toBeNull();
    expect((await answer("backtest.get", { id })).ok).toBe(false);
  });
});
