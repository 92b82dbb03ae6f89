import { describe, expect, it } from "vitest";
import { backtestCoverage } from "../../../core/analysis/index.ts";
import { checkedSeries, coverageOf } from "../../../core/validation/index.ts";
import { madeBacktest } from "./backtest-result.ts";

describe("backtestCoverage", () => {
  const { series, gaps } = backtestCoverage(madeBacktest(12), 0.99);

  it("has a series a method, a row a point with both a requirement and an ended close-out period", () => {
    expect(series.map(({ label, timesMs }) => [label, timesMs.length])).toEqual([
      ["a", 10],
      ["b", 9],
    ]);
    for (const one of series) expect(checkedSeries(one).ok).toBe(true);
  });

  it("carries losses, margins, forecasts, drivers and the mark of generated data", () => {
    expect(series[0]).toMatchObject({ unit: "USD", confidence: 0.99, synthetic: true });
    expect(series[0]?.losses.slice(0, 5)).toEqual([-60, -20, 20, 60, 100]);
    expect(series[0]?.margins[0]).toBe(80);
    expect(series[0]?.expectedShortfall?.[0]).toBe(72);
    expect(series[0]?.drivers?.[0]).toBe("BTC-1");
    expect(series[0]?.variationMargins?.slice(0, 3)).toEqual([0, 20, -30]);
    if (series[0] !== undefined) expect(coverageOf(series[0])).toMatchObject({ exceptions: 2, largestShortfall: 20 });
  });

  it("counts how many rows begin within one close-out period", () => {
    expect(series[0]?.horizon).toBe(2);
  });

  it("names what is missing", () => {
    expect(gaps).toEqual([
      "2025-12-31 08:00:00Z: market not used: no index",
      "2026-01-02 08:00:00Z: b: no history",
      "2026-01-04 08:00:00Z: left out of the loss, without a value: X",
      "2026-01-11 08:00:00Z: no market at the end of the close-out period",
      "2026-01-12 08:00:00Z: no market at the end of the close-out period",
    ]);
  });

  it("takes the methods asked for, in their order, and only their gaps", () => {
    const only = backtestCoverage(madeBacktest(12), 0.95, ["a"]);
    expect(only.series.map(({ label, confidence }) => [label, confidence])).toEqual([["a", 0.95]]);
    expect(only.gaps.join()).not.toContain("no history");
  });
});
