import type { Data } from "plotly.js";
import { describe, expect, it } from "vitest";
import type { BacktestPoint, FilteredHistory, HistoryCorrelation } from "../../../renderer/client/through-time.ts";
import { type Attribution, largestParts, sumWords } from "../../../renderer/figures/attribution.ts";
import { treemapFigure, waterfallFigure } from "../../../renderer/figures/attribution-figure.ts";
import { backtestFigure, letterOf } from "../../../renderer/figures/backtest-figure.ts";
import { backtestSeries, seriesBetween, seriesWords, stepped } from "../../../renderer/figures/backtest-series.ts";
import {
  correlationFigure,
  lastWindows,
  residualFigure,
  shortFactor,
  volatilityFigure,
} from "../../../renderer/figures/calibration-figure.ts";
import type { Ink } from "../../../renderer/figures/figure.ts";
import { normalQuantile } from "../../../renderer/figures/normal-quantile.ts";
import { plotTime } from "../../../renderer/figures/plot-time.ts";
import { quantilePairs, quartileLine, sampleTail } from "../../../renderer/figures/tail.ts";
import { bins, histogramFigure, quantileFigure } from "../../../renderer/figures/tail-figure.ts";

const ink: Ink = { text: "#111111", muted: "#777777", paper: "#ffffff", first: "#2858c5", second: "#b35806" };
const day = 86_400_000;

const method = (label: string, initialUsd: number, parameters = "p1", callUsd = 0) => ({
  ...{ label, initialUsd, maintenanceUsd: initialUsd / 2, binding: [], version: parameters === "p1" ? "v1" : "v2" },
  ...{ parameters, excluded: 0, equityUsd: 0, callUsd },
});
const point = (place: number, lossUsd: number | undefined, methods: BacktestPoint["methods"]): BacktestPoint => ({
  ...{ asOfMs: place * day, marketId: `m${place}`, positions: 3, indices: { BTC: 100 }, methods, gaps: [] },
  ...(lossUsd !== undefined && { exposure: { toMs: (place + 1) * day, lossUsd, drivers: [], unvalued: [] } }),
});
const points = [
  point(0, 50, [method("venue", 100), method("tail", 60)]),
  point(1, 80, [method("venue", 100), method("tail", 60, "p1", 25)]),
  point(2, 120, [method("venue", 110, "p2"), method("tail", 90)]),
  point(3, undefined, [method("venue", 110, "p2")]),
];
const series = backtestSeries({ points });
const named = (data: readonly Data[], name: string) => data.find((trace) => "name" in trace && trace.name === name);

describe("backtestSeries", () => {
  it("counts a loss above the requirement as a breach, and none without a loss", () =>
    expect(series.methods.map(({ breach }) => breach)).toEqual([
      [false, false, true, false],
      [false, true, true, false],
    ]));
  it("names where the rules change", () =>
    expect(series.methods[0]?.changes).toEqual([{ atMs: 2 * day, words: "v1 → v2" }]));
  it("leaves a gap where a method has no answer", () =>
    expect(series.methods[1]?.initialUsd).toEqual([60, 60, 90, undefined]));
  it("says the same in words", () => {
    expect(seriesWords(series)).toContain("4 instants, 1970-01-01 to 1970-01-04");
    expect(seriesWords(series)).toContain("tail 2 breaches, 1 call");
  });
  it("cuts everything to a range", () => {
    const cut = seriesBetween(series, day, 2 * day);
    expect(cut.timesMs).toEqual([day, 2 * day]);
    expect(cut.methods[1]?.breach).toEqual([true, true]);
    expect(seriesBetween(series, 9 * day, 10 * day).timesMs).toEqual([]);
  });
  it("steps to the next instant that is wanted and stays at the end", () => {
    const isBreach = (place: number): boolean => series.methods[1]?.breach[place] ?? false;
    expect(stepped(series.timesMs, undefined, 1)).toBe(0);
    expect(stepped(series.timesMs, 0, 1, isBreach)).toBe(day);
    expect(stepped(series.timesMs, 2 * day, 1, isBreach)).toBe(2 * day);
    expect(stepped(series.timesMs, 2 * day, -1)).toBe(day);
  });
});

describe("backtestFigure", () => {
  const { data, layout } = backtestFigure(series, { ink, categories: ["#000001", "#000002"], day: day, range: "r" });
  it("draws a line a method, with the letter of its row", () =>
    expect(named(data, "B tail")).toMatchObject({ y: [60, 60, 90, null], line: { color: "#000002", dash: "dash" } }));
  it("marks breaches by a shape in the row of their method", () =>
    expect(named(data, "breach")).toMatchObject({ x: [2 * day, day, 2 * day], y: [0, 1, 1], marker: { symbol: "x" } }));
  it("marks calls and changes of rules by other shapes", () => {
    expect(named(data, "call")).toMatchObject({ x: [day], y: [1], marker: { symbol: "triangle-down" } });
    expect(named(data, "rules change")).toMatchObject({ x: [2 * day], y: [0], marker: { symbol: "line-ns-open" } });
  });
  it("hatches the losses that were above a requirement", () =>
    expect(data[0]).toMatchObject({ y: [50, 80, 120, null], marker: { pattern: { shape: ["", "/", "/", ""] } } }));
  it("draws a line at the chosen day and where rules change", () =>
    expect(layout.shapes?.map(({ x0 }) => x0)).toEqual([2 * day, day]));
  it("gives letters in order", () => expect([0, 1, 25, 26].map(letterOf)).toEqual(["A", "B", "Z", "A"]));
});

describe("plotTime", () => {
  it.each([
    ["2026-02-04 08:30", Date.UTC(2026, 1, 4, 8, 30)],
    ["2026-02-04", Date.UTC(2026, 1, 4)],
    ["2026-02-04 08:30:05.5", Date.UTC(2026, 1, 4, 8, 30, 5, 500)],
    [12, 12],
    ["BTC", undefined],
    [undefined, undefined],
  ])("%s is %s", (place, ms) => expect(plotTime(place)).toBe(ms));
});

describe("the tail of a sample", () => {
  const losses = Array.from({ length: 100 }, (_, at) => at + 1);
  it("has the loss of rank ⌊k⌋ + 1 as VaR and the mean of the worst k as ES", () =>
    expect(sampleTail(losses, 0.95)).toEqual({ valueAtRisk: 95, expectedShortfall: 98 }));
  it("takes the last loss by its fraction", () => {
    const { valueAtRisk, expectedShortfall } = sampleTail(losses, 0.975);
    expect(valueAtRisk).toBe(98);
    expect(expectedShortfall).toBeCloseTo((100 + 99 + 0.5 * 98) / 2.5, 10);
  });
  it("is the largest loss where the sample is too short", () =>
    expect(sampleTail([3, 1, 2], 0.99)).toEqual({ valueAtRisk: 3, expectedShortfall: 3 }));
  it("counts every loss once, in bins of round width", () => {
    const { edges, counts } = bins(losses);
    expect(counts.reduce((total, count) => total + count, 0)).toBe(100);
    expect((edges[1] ?? 0) - (edges[0] ?? 0)).toBe(5);
  });
  it("draws a line each for VaR and ES, and hatches the tail", () => {
    const lines = [
      { label: "VaR", value: 95, kind: "var" as const },
      { label: "ES", value: 98, kind: "es" as const },
    ];
    const figure = histogramFigure(
      { title: "t", unit: "USD", losses, labels: losses.map(String), of: 100, lines, note: "" },
      ink,
    );
    expect(figure.layout.shapes?.map(({ x0 }) => x0)).toEqual([95, 98]);
    const [bar] = figure.data;
    expect(JSON.stringify(bar)).toContain('"/"');
  });
  it("has a straight QQ plot when it is normal", () => {
    const normal = Array.from({ length: 200 }, (_, at) => 10 + 3 * normalQuantile((at + 0.5) / 200));
    const pairs = quantilePairs({ losses: normal, labels: normal.map(String), of: 200 });
    const line = quartileLine(pairs);
    expect(line?.slope).toBeCloseTo(3, 6);
    expect(line?.intercept).toBeCloseTo(10, 6);
    const part = quantilePairs({ losses: normal.slice(-20), labels: [], of: 200 });
    expect(part.normal[0]).toBeCloseTo(pairs.normal[0] ?? 0, 12);
    const figure = quantileFigure(
      { title: "", unit: "USD", losses: normal, labels: [], of: 200, lines: [], note: "" },
      ink,
    );
    expect(figure.data).toHaveLength(2);
  });
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.001, -3.090232306167814],
  ])("the normal quantile of %s is %s", (p, expected) => expect(normalQuantile(p)).toBeCloseTo(expected, 8));
});

const filtered: FilteredHistory = {
  ...{ factor: "price:BTC", change: "log", fromMs: [0, day, 2 * day], toMs: [day, 2 * day, 3 * day], used: "ewma" },
  returns: Float64Array.of(0.01, -0.05, 0.02),
  variances: Float64Array.of(0.0004, 0.0003, 0.0005, 0.0006),
  residuals: Float64Array.of(0.5, -2.9, 0.9),
  recursion: { mean: 0, omega: 0, alpha: 0.06, beta: 0.94, nextVariance: 0.0006 },
};

describe("calibration figures", () => {
  it("draws two forecast standard deviations around the changes", () => {
    const { data, layout } = volatilityFigure(filtered, ink);
    const edges = [0.04, 2 * Math.sqrt(0.0003), 2 * Math.sqrt(0.0005)];
    expect(data[0]).toMatchObject({ y: [1, -5, 2] });
    expect(data[1]).toMatchObject({ y: edges.map((edge) => 100 * edge) });
    expect(data[2]).toMatchObject({ y: edges.map((edge) => -100 * edge) });
    expect(layout.yaxis).toMatchObject({ ticksuffix: " %" });
  });
  it("shows the last windows with the forecast of each", () =>
    expect(Array.from(lastWindows(filtered, 2).variances)).toEqual([0.0003, 0.0005, 0.0006]));
  it("orders residuals against the normal", () => {
    const quantiles = residualFigure(filtered, ink).data[2];
    expect(quantiles).toMatchObject({ y: [-2.9, 0.5, 0.9], xaxis: "x2" });
  });
  it("draws correlations symmetric about zero, first factor on top, and every eigenvalue", () => {
    const correlation: HistoryCorrelation = {
      ...{ factors: ["price:BTC", "volatility:BTC:30d"], observations: 10, fromMs: 0, toMs: day },
      deviations: Float64Array.of(0.02, 0.05),
      correlation: Float64Array.of(1, -0.6, -0.6, 1),
      eigenvalues: Float64Array.of(1.6, 0.4),
      eigenvectors: Float64Array.of(1, 0, 0, 1),
    };
    const { data, layout } = correlationFigure(correlation, { ink, diverging: ["#000000", "#888888", "#ffffff"] });
    expect(data[0]).toMatchObject({ zmin: -1, zmax: 1, zmid: 0, x: ["BTC price", "BTC vol 30d"] });
    // As written everywhere else: with the sign for minus, not a hyphen.
    expect(data[0]).toMatchObject({
      text: [
        ["1.00", "−0.60"],
        ["−0.60", "1.00"],
      ],
    });
    expect(data[1]).toMatchObject({ y: [1.6, 0.4] });
    expect(layout.yaxis).toMatchObject({ autorange: "reversed" });
  });
  it("shortens factors", () => expect(shortFactor("volatility:BTC:30d:0.25")).toBe("BTC vol 30d 0.25"));
});

const attribution: Attribution = {
  ...{ id: "c", title: "Component ES by position", unit: "USD", measure: 60, sum: 60, sums: true },
  parts: [
    { label: "a", amount: 70, group: "BTC" },
    { label: "b", amount: 20, group: "ETH" },
    { label: "c", amount: -30, group: "BTC" },
  ],
};

describe("attribution", () => {
  it("says that parts add up, that they do not by their nature, and that they should", () => {
    expect(sumWords(attribution)).toBe("parts add up to 60.00 USD ✓");
    expect(sumWords({ ...attribution, sum: 50, sums: false })).toContain("do not add up by their nature");
    expect(sumWords({ ...attribution, sum: 50 })).toContain("miss by 10.00 USD");
  });
  it("keeps the largest parts and joins the others", () =>
    expect(largestParts([...attribution.parts, { label: "d", amount: 1 }], 2)).toEqual([
      attribution.parts[0],
      attribution.parts[2],
      { label: "2 others", amount: 21 },
    ]));
  it("goes from part to part up to the sum", () =>
    expect(waterfallFigure(attribution, ink).data[0]).toMatchObject({
      type: "waterfall",
      x: ["a", "c", "b", "Sum"],
      y: [70, -30, 20, 60],
      measure: ["relative", "relative", "relative", "total"],
    }));
  it("gives areas to parts above 0 only, and a strip of their own to those below", () => {
    const { data } = treemapFigure(attribution, { ink, categories: ["#2858c5", "#b35806"] });
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject({ labels: ["BTC", "ETH", "a", "b"], values: [70, 20, 70, 20] });
    expect(data[1]).toMatchObject({ type: "bar", x: [-30], text: ["c"] });
  });
});
