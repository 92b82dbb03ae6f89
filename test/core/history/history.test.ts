import { describe, expect, it } from "vitest";
import {
  coverageOf,
  factorName,
  factorOf,
  type History,
  historyUpTo,
  latestAt,
  mergeHistories,
  type Series,
  seriesOf,
} from "../../../core/history/index.ts";
import { at, daily } from "./series.ts";

const history = (name: string, ...series: readonly Series[]): History => ({
  ...{ name, series, warnings: [], sources: [{ name: `${name}.csv`, sha256: name }] },
});

describe("factorOf", () => {
  it.each([
    ["price:BTC", { kind: "price", underlying: "BTC" }],
    ["volatility:BTC:30d", { kind: "volatility", underlying: "BTC", tenorDays: 30 }],
    ["volatility:ETH:7d:0.25", { kind: "volatility", underlying: "ETH", tenorDays: 7, delta: 0.25 }],
    ["funding:BTC", { kind: "funding", underlying: "BTC" }],
    ["basis:BTC:90d", { kind: "basis", underlying: "BTC", tenorDays: 90 }],
    ["margin:cme/ES:maintenance", { kind: "margin", underlying: "cme/ES:maintenance" }],
  ])("reads %s, and factorName writes it", (name, expected) => {
    const factor = factorOf(name);
    expect(factor).toEqual(expected);
    expect(factor && factorName(factor)).toBe(name);
  });

  it.each([
    "",
    "BTC",
    "price:",
    "price:BTC:30d",
    "volatility:BTC",
    "volatility:BTC:30d:1.5",
    "volatility:BTC:30",
    "level:X",
  ])("reads nothing of %j", (name) => expect(factorOf(name)).toBeUndefined());
});

describe("historyUpTo", () => {
  const whole = history(
    "a",
    daily("price:BTC", "2026-01-01", [1, 2, 3], { breaksMs: [at("2026-01-02"), at("2026-01-03")] }),
    daily("price:ETH", "2026-01-03", [5]),
    daily("price:SOL", "2025-12-01", [7]),
  );

  it("shows nothing after the instant, and the value of the instant itself", () => {
    const cut = historyUpTo(whole, at("2026-01-02"));
    expect(cut.series.map(({ factor }) => factor)).toEqual(["price:BTC", "price:SOL"]);
    expect(seriesOf(cut, "price:BTC")).toMatchObject({ values: [1, 2], breaksMs: [at("2026-01-02")] });
    expect(seriesOf(historyUpTo(whole, at("2026-01-02") - 1), "price:BTC")?.values).toEqual([1]);
  });

  it("keeps series that end earlier, and a cut asked for again, as the same objects", () => {
    const cut = historyUpTo(whole, at("2026-01-02"));
    expect(seriesOf(cut, "price:SOL")).toBe(seriesOf(whole, "price:SOL"));
    expect(historyUpTo(whole, at("2026-01-02"))).toBe(cut);
  });
});

describe("latestAt", () => {
  const series = daily("price:BTC", "2026-01-01", [1, undefined, 3]);
  it("finds the latest value at or before an instant", () => {
    expect(latestAt(series, at("2026-01-02T12:00Z"))).toEqual({ timeMs: at("2026-01-01"), value: 1 });
    expect(latestAt(series, at("2026-01-03"))).toEqual({ timeMs: at("2026-01-03"), value: 3 });
    expect(latestAt(series, at("2025-12-31"))).toBeUndefined();
  });
});

describe("mergeHistories", () => {
  const first = history("first", daily("price:BTC", "2026-01-01", [1, 2], { source: "one" }));
  const second = history(
    "second",
    daily("price:BTC", "2026-01-02", [20, 30], { source: "two" }),
    daily("price:ETH", "2026-01-01", [5], { source: "two" }),
  );

  it("takes a factor of the first part that has it and names what it leaves out", () => {
    const merged = mergeHistories("both", [{ history: first }, { history: second }]);
    if (!merged.ok) throw new Error(merged.failure.message);
    expect(merged.value.series.map(({ factor, source }) => [factor, source])).toEqual([
      ["price:BTC", "one"],
      ["price:ETH", "two"],
    ]);
    expect(merged.value.warnings.map(({ message }) => message)).toEqual(["price:BTC: one is kept, two is left out"]);
    expect(merged.value.sources).toHaveLength(2);
  });

  it("appends a later source behind a break where asked", () => {
    const merged = mergeHistories("both", [
      { history: first },
      { history: second, factors: [], append: ["price:BTC"] },
    ]);
    if (!merged.ok) throw new Error(merged.failure.message);
    expect(merged.value.series).toHaveLength(1);
    expect(merged.value.series[0]).toMatchObject({
      values: [1, 2, 30],
      breaksMs: [at("2026-01-03")],
      source: "one, from 2026-01-03 two",
    });
  });

  it("refuses a factor asked of two parts, one that a part lacks, and a join of two units", () => {
    const both = [first, second].map((part) => ({ history: part, factors: ["price:BTC"] }));
    expect(mergeHistories("x", both)).toMatchObject({ ok: false, failure: { reason: "conflict" } });
    expect(mergeHistories("x", [{ history: first, factors: ["price:SOL"] }])).toMatchObject({
      failure: { reason: "not-found", at: "price:SOL" },
    });
    expect(mergeHistories("x", [{ history: first, factors: [] }])).toMatchObject({
      failure: { reason: "missing-data" },
    });
    const euro = history("euro", daily("price:BTC", "2026-02-01", [9], { unit: "EUR" }));
    const joined = mergeHistories("x", [{ history: first }, { history: euro, append: ["price:BTC"] }]);
    expect(joined).toMatchObject({ ok: false, failure: { reason: "conflict" } });
  });
});

describe("coverageOf", () => {
  it("counts observations, gaps and values not above 0, and hands on what was said of a series", () => {
    const warning = { reason: "invalid-input", message: "price:BTC: odd" } as const;
    const of = {
      ...history("a", daily("price:BTC", "2026-01-01", [1, undefined, undefined, -3])),
      warnings: [warning],
    };
    expect(coverageOf(of)).toMatchObject([
      {
        ...{ factor: "price:BTC", firstMs: at("2026-01-01"), lastMs: at("2026-01-04"), observations: 2 },
        ...{ missingDays: 2, gaps: 1, notPositive: 1, least: -3, largest: 1, breaks: 0, warnings: ["price:BTC: odd"] },
      },
    ]);
  });
});
