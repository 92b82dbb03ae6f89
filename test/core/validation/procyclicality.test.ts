import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { normalQuantile } from "../../../core/measure/index.ts";
import {
  coverageOf,
  defaultChangeOptions,
  largestChange,
  lastMonths,
  type MarginSeries,
  marginChanges,
  marginToVolatility,
  monthsBefore,
  procyclicality,
  realisedVolatility,
  responsiveness,
  toolCost,
  volatilityResponse,
} from "../../../core/validation/index.ts";
import { bitcoinCloses } from "./golden.ts";
import { near, nearRelative } from "./near.ts";
import { day, daysFrom, start } from "./series.ts";

type Figures = Readonly<Record<string, number>>;

const apc = (
  JSON.parse(
    readFileSync(
      join(resolve(import.meta.dirname, "..", "..", "golden"), "measures", "measures-crypto-historical.json"),
      "utf8",
    ),
  ) as { cases: readonly { id: string; expected: Readonly<Record<string, Figures>>; tolerance: { rel: number } }[] }
).cases.find(({ id }) => id === "crypto-apc");

const marginsOf = (margins: readonly number[]): MarginSeries => ({
  ...{ label: "book", unit: "USD", margins, timesMs: daysFrom(margins.length) },
});

describe("procyclicality of EWMA margins on Bitcoin", () => {
  const closes = bitcoinCloses();
  const returns = closes.slice(1).map((close, at) => Math.log(close / (closes[at] ?? Number.NaN)));
  const squares = returns.map((value) => value * value);
  const mean = squares.reduce((total, value) => total + value, 0) / squares.length;
  const rate = (variance: number) => normalQuantile(0.99) * Math.sqrt(2 * variance);
  let variance = mean;
  const raw = squares.map((square) => {
    variance = 0.97 * variance + 0.03 * square;
    return rate(variance);
  });
  const floor = rate(mean);
  const worst = [...squares].sort((a, b) => b - a).slice(0, 100);
  const stress = rate(worst.reduce((total, value) => total + value, 0) / 100);
  const limited: number[] = [];
  for (const value of raw) {
    const before = limited.at(-1);
    limited.push(before === undefined ? value : Math.min(1.05 * before, Math.max(0.98 * before, value)));
  }
  const tools: readonly (readonly [string, readonly number[]])[] = [
    ["raw", raw],
    ["floor_long_run", raw.map((value) => Math.max(value, floor))],
    ["stress_weight_25", raw.map((value) => Math.max(value, 0.75 * value + 0.25 * stress))],
    ["speed_limit_5pct_up_2pct_down", limited],
  ];

  it.each(tools)("%s has the reference figures", (name, margins) => {
    const expected = apc?.expected[name] ?? {};
    const rel = apc?.tolerance.rel ?? 0;
    const found = procyclicality(marginsOf(margins));
    nearRelative(found.peakToTrough, expected.peak_to_trough ?? Number.NaN, rel);
    nearRelative(found.mean, expected.mean ?? Number.NaN, rel);
    nearRelative(found.stability, expected.std_log_change ?? Number.NaN, rel);
    for (const [rows, key] of [
      [1, "max_1d"],
      [5, "max_5d"],
      [30, "max_30d"],
    ] as const) {
      const rise = found.rises.find((one) => one.rows === rows);
      nearRelative(rise?.largest?.relative, expected[key] ?? Number.NaN, rel);
    }
  });

  it("has the breaches of two-day losses: 6 of 498", () => {
    const losses = raw.slice(0, 498).map((_, at) => -((returns[at + 1] ?? 0) + (returns[at + 2] ?? 0)));
    const expected = apc?.expected.breaches_2d_loss_raw ?? {};
    const coverage = coverageOf({
      ...{ label: "raw", unit: "fraction", confidence: 0.99, horizon: 2, losses, margins: raw.slice(0, 498) },
      timesMs: daysFrom(498),
    });
    expect([coverage.exceptions, coverage.observations]).toEqual([expected.breaches, expected.obs]);
  });

  it("prices the tools by mean margin", () => {
    const expected = (apc?.expected.floor_long_run?.mean ?? 0) / (apc?.expected.raw?.mean ?? 1) - 1;
    near(
      toolCost(
        raw.map((value) => Math.max(value, floor)),
        raw,
      ),
      expected,
      1e-8,
    );
    expect(() => toolCost([1], [0])).toThrow(DomainError);
  });
});

describe("procyclicality", () => {
  it("sees a peak after its trough apart from a trough after its peak", () => {
    const falling = procyclicality(marginsOf([400, 200, 100, 150]));
    expect(falling).toMatchObject({ peakToTrough: 4, orderedPeakToTrough: 1.5 });
  });

  it("has no ratios with a margin of 0, and none of bounds NaN", () => {
    const found = procyclicality(marginsOf([0, 0, 5]));
    expect(found).not.toHaveProperty("peakToTrough");
    expect(found).not.toHaveProperty("stability");
    expect(JSON.stringify(found)).not.toContain("null");
  });

  it("gives the largest amount by notional", () => {
    const found = procyclicality(marginsOf([100, 130, 120]), undefined, { notional: 1000 });
    expect(found.rises[0]?.perNotional).toBe(0.03);
  });
});

describe("windows of months", () => {
  it("end with the last row and begin after the same day months earlier", () => {
    const times = [Date.UTC(2026, 1, 28), Date.UTC(2026, 2, 1), Date.UTC(2026, 4, 31)];
    expect(lastMonths(times, 3)).toEqual({ first: 1, last: 2, complete: true });
    expect(lastMonths(times, 12)).toEqual({ first: 0, last: 2, complete: false });
    expect(lastMonths(times)).toEqual({ first: 0, last: 2, complete: true });
  });

  it("take the end of a shorter month, leap years included", () => {
    expect(monthsBefore(Date.UTC(2024, 4, 31, 8), 3)).toBe(Date.UTC(2024, 1, 29, 8));
    expect(monthsBefore(Date.UTC(2025, 0, 15), 12)).toBe(Date.UTC(2024, 0, 15));
  });
});

describe("responsiveness", () => {
  // doubles on row 300, falls back on row 390
  const margins = Array.from({ length: 400 }, (_, row) => (row >= 300 && row < 390 ? 200 : 100));
  const series = marginsOf(margins);

  it("gives four numbers: rises over 1 and 20 rows within 3 and 12 months", () => {
    const { figures } = responsiveness(series);
    expect(figures.map(({ rows, months, largest }) => [rows, months, largest?.relative])).toEqual([
      [1, 3, 0],
      [20, 3, 1],
      [1, 12, 1],
      [20, 12, 1],
    ]);
    expect(figures.every(({ complete }) => complete)).toBe(true);
    expect(figures[2]?.largest).toMatchObject({ fromMs: start + 299 * day, toMs: start + 300 * day, absolute: 100 });
  });

  it("switches to falls, to amounts and to margins within the window only", () => {
    const falls = responsiveness(series, { ...defaultChangeOptions, falls: true });
    expect(falls.figures[0]?.largest?.relative).toBe(-0.5);
    const inside = responsiveness(series, { ...defaultChangeOptions, fromBefore: false });
    expect(inside.figures[1]?.largest?.relative).toBe(0);
    const rising = marginsOf([10, 20, 1000, 1100]);
    const relative = largestChange(marginChanges(rising, 1));
    const absolute = largestChange(
      marginChanges(marginsOf([10, 20, 1000, 2200]), 1, undefined, {
        ...defaultChangeOptions,
        measure: "absolute",
      }),
      { ...defaultChangeOptions, measure: "absolute" },
    );
    expect(relative?.to).toBe(1000);
    expect(absolute?.to).toBe(2200);
  });

  it("says when the series does not reach back over the window", () => {
    const short = responsiveness(marginsOf(margins.slice(0, 10)));
    expect(short.figures.map(({ complete, largest }) => [complete, largest === undefined])).toEqual([
      [false, false],
      [false, true],
      [false, false],
      [false, true],
    ]);
  });

  it("leaves out changes from a margin of 0", () => {
    expect(marginChanges(marginsOf([0, 5, 6]), 1)).toHaveLength(1);
    expect(
      marginChanges(marginsOf([0, 5, 6]), 1, undefined, { ...defaultChangeOptions, measure: "absolute" }),
    ).toHaveLength(2);
  });
});

describe("margin and volatility", () => {
  it("finds the exponent of a power law", () => {
    const volatilities = Array.from({ length: 50 }, (_, row) => 0.3 + 0.01 * row);
    const margins = volatilities.map((volatility) => 500 * volatility ** 0.7);
    const fit = marginToVolatility(marginsOf(margins), volatilities);
    near(fit?.slope, 0.7, 1e-12);
    near(fit?.intercept, Math.log(500), 1e-12);
    near(fit?.rSquared, 1, 1e-12);
    expect(fit?.sampleSize).toBe(50);
  });

  it("has no line when volatility does not vary", () => {
    expect(marginToVolatility(marginsOf([1, 2, 3, 4]), [0.5, 0.5, 0.5, 0.5])).toBeUndefined();
  });

  it("gives realised volatility from the changes before a row", () => {
    const prices = [100, 110, 121, 133.1];
    const expected = Math.log(1.1) * Math.sqrt(365);
    const found = realisedVolatility(prices, 2, 365);
    expect(found.slice(0, 2)).toEqual([undefined, undefined]);
    near(found[3], expected, 1e-12);
  });

  it("divides the change of margin by that of a volatility index", () => {
    const ratios = volatilityResponse(marginsOf([100, 150, 150]), [0.4, 0.8, 0.8], 1);
    expect(ratios).toEqual([{ toMs: start + day, ratio: 0.5 }]);
  });
});
