import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  adaptiveBlendedMargins,
  averageFlooredMargins,
  boundedMargins,
  bufferedMargins,
  defaultPublicationRule,
  ewmaVariance,
  flooredMargins,
  limitedOffset,
  meanSquare,
  normalQuantile,
  publishedParameter,
  randomStream,
  scanRange,
  speedLimitedMargins,
  stressBlendedMargins,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { crypto } from "./crypto-history.ts";
import { caseById, relativeError } from "./golden-case.ts";

type Figures = Record<"peak_to_trough" | "max_1d" | "max_5d" | "max_30d" | "mean" | "last" | "std_log_change", number>;

const closes = crypto.series.btc_close;
const returns = Float64Array.from(closes.slice(1), (close, i) => Math.log(close / (closes[i] ?? 0)));
const multiple = normalQuantile(0.99) * Math.SQRT2;
/** Unmitigated margin: two days at 99 % by EWMA 0.97, after each close. */
const raw = unwrapped(ewmaVariance(returns, { lambda: 0.97 }))
  .slice(1)
  .map((variance) => multiple * Math.sqrt(variance));
const floor = multiple * Math.sqrt(meanSquare(returns));
const worst = returns
  .map((r) => r * r)
  .sort()
  .slice(-100);
const stress = multiple * Math.sqrt(worst.reduce((a, b) => a + b, 0) / 100);

function figures(margins: Float64Array): Figures {
  const rise = (days: number): number =>
    margins.reduce((most, margin, t) => (t < days ? most : Math.max(most, margin / (margins[t - days] ?? 0) - 1)), -1);
  const logs = Array.from(margins.subarray(1), (margin, t) => Math.log(margin / (margins[t] ?? 0)));
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  const squares = logs.reduce((total, change) => total + (change - mean) ** 2, 0);
  return {
    peak_to_trough: Math.max(...margins) / Math.min(...margins),
    max_1d: rise(1),
    max_5d: rise(5),
    max_30d: rise(30),
    mean: margins.reduce((a, b) => a + b, 0) / margins.length,
    last: margins[margins.length - 1] ?? 0,
    std_log_change: Math.sqrt(squares / (logs.length - 1)),
  };
}

/** measures-crypto-historical.json, case crypto-apc: BTC, 500 days, all tools on one series. */
const published = caseById(crypto.cases, "crypto-apc");
const expected = published.expected as unknown as Record<string, Figures>;
const { long_run_floor, stress_margin } = published.expected;
const { breaches, obs } = (
  published.expected as unknown as Record<"breaches_2d_loss_raw", Record<"breaches" | "obs", number>>
).breaches_2d_loss_raw;
const rel = published.tolerance.rel;

describe("anti-procyclicality tools on BTC", () => {
  it.each([
    ["raw", raw],
    ["floor_long_run", flooredMargins(raw, floor)],
    ["stress_weight_25", stressBlendedMargins(raw, stress)],
    ["stress_weight_25_unconditional", stressBlendedMargins(raw, stress, 0.25, false)],
    ["speed_limit_5pct_up_2pct_down", speedLimitedMargins(raw)],
    ["buffer_25_release", bufferedMargins(raw)],
  ] as const)("%s matches the reference", (name, margins) => {
    const found = figures(margins);
    for (const [key, value] of Object.entries(expected[name] ?? {})) {
      expect(relativeError(found[key as keyof Figures], value), key).toBeLessThanOrEqual(rel);
    }
    expect(Object.keys(expected[name] ?? {})).toHaveLength(7);
  });
  it("floor and stressed margin match the reference", () => {
    expect(relativeError(floor, long_run_floor ?? 0)).toBeLessThanOrEqual(rel);
    expect(relativeError(stress, stress_margin ?? 0)).toBeLessThanOrEqual(rel);
  });
});

describe("breaches of the unmitigated margin", () => {
  it("counts the two-day falls of the logarithm beyond it", () => {
    const falls = closes.slice(3).map((close, i) => -Math.log(close / (closes[i + 1] ?? 0)));
    expect(falls).toHaveLength(obs);
    expect(falls.filter((fall, t) => fall > (raw[t] ?? 0))).toHaveLength(breaches);
  });
});

describe("tools on any margin series", () => {
  const stream = randomStream(11);
  const margins = Float64Array.from({ length: 300 }, () => 50 + 100 * stream.next());
  const pairs = (values: Float64Array): [number, number][] =>
    Array.from(margins, (m, t) => [m, values[t] ?? Number.NaN]);

  it("a buffer keeps margin between the model's and the full buffer", () => {
    for (const [m, a] of pairs(bufferedMargins(margins))) {
      expect(a).toBeGreaterThanOrEqual(m);
      expect(a).toBeLessThanOrEqual(1.25 * m * (1 + 1e-15));
    }
    expect(bufferedMargins(new Float64Array(0))).toHaveLength(0);
  });
  it("a speed limit holds every step, unless coverage failed", () => {
    const applied = speedLimitedMargins(margins, { rise: 0.05, fall: 0.02 });
    for (let t = 1; t < applied.length; t += 1) {
      const step = (applied[t] ?? 0) / (applied[t - 1] ?? 0);
      expect(step).toBeLessThanOrEqual(1.05 + 1e-12);
      expect(step).toBeGreaterThanOrEqual(0.98 - 1e-12);
    }
    const override = margins.map((_, t) => (t === 100 ? 1 : 0));
    const [margin, free] = [
      margins[100] ?? 0,
      speedLimitedMargins(margins, { rise: 0.001, fall: 0 }, override)[100] ?? 0,
    ];
    expect(free).toBeGreaterThanOrEqual(margin);
  });
  it("a speed limit does not hold a first margin of zero forever", () => {
    expect([...speedLimitedMargins(Float64Array.of(0, 10, 20))]).toEqual([0, 10, 10.5]);
  });
  it("a blend is never below the model, and the adaptive weight ends at the stressed margin", () => {
    for (const [m, a] of pairs(stressBlendedMargins(margins, 100))) expect(a).toBeGreaterThanOrEqual(m);
    const rising = Float64Array.from({ length: 200 }, (_, t) => t);
    const blended = adaptiveBlendedMargins(rising, 120, 40, 0.5);
    for (let t = 1; t < 200; t += 1) expect(blended[t] ?? 0).toBeGreaterThanOrEqual((blended[t - 1] ?? 0) - 1e-12);
    expect(blended[20]).toBeCloseTo(0.5 * 20 + 0.5 * 120, 12);
    expect(blended[80]).toBeCloseTo(0.75 * 80 + 0.25 * 120, 12);
    expect([blended[120], blended[150]]).toEqual([120, 150]);
    expect(() => adaptiveBlendedMargins(rising, 120, 40, 0.6)).toThrow(DomainError);
  });
  it("the mean of recent margin holds it up, and a spike lasts as long as the window", () => {
    const spike = Float64Array.from({ length: 12 }, (_, t) => (t === 3 ? 100 : 10));
    expect([...averageFlooredMargins(spike, 1.5, 4)].map((a) => Math.round(a * 100) / 100)).toEqual([
      ...[15, 15, 15, 15, 100, 48.75, 48.75, 48.75, 15, 15, 15, 15],
    ]);
    expect(() => averageFlooredMargins(spike, 1.5, 0)).toThrow(DomainError);
  });
  it("bounds hold, by day where the floor is a series", () => {
    for (const [, a] of pairs(boundedMargins(margins, 80, 120))) expect(Math.min(120, Math.max(80, a))).toBe(a);
    const floors = margins.map((_, t) => t);
    flooredMargins(margins, floors).forEach((a, t) => {
      expect(a).toBe(Math.max(margins[t] ?? 0, t));
    });
  });
  it("refuses what is no margin", () => {
    const wrong = Float64Array.of(1, -1);
    for (const tool of [
      () => bufferedMargins(wrong),
      () => speedLimitedMargins(wrong),
      () => stressBlendedMargins(wrong, 1),
      () => flooredMargins(Float64Array.of(Number.NaN), 1),
      () => boundedMargins(margins, 2, 1),
      () => stressBlendedMargins(margins, 1, 25),
      () => publishedParameter(wrong),
    ]) {
      expect(tool).toThrow(DomainError);
    }
  });
});

describe("publishedParameter", () => {
  it("ignores small moves until five sessions have passed", () => {
    const { published: shown, publications } = publishedParameter(
      Float64Array.of(100, 105, 95, 109, 91, 104, 104, 104),
    );
    expect([...shown]).toEqual([100, 100, 100, 100, 100, 104, 104, 104]);
    expect(publications).toEqual([5]);
  });
  it("raises at the next session and lowers after two", () => {
    const up = publishedParameter(Float64Array.of(100, 120, 120, 120));
    expect([...up.effective]).toEqual([100, 100, 120, 120]);
    const down = publishedParameter(Float64Array.of(100, 80, 80, 80));
    expect([...down.effective]).toEqual([100, 100, 100, 80]);
  });
  it("a rise cancels a fall that is not yet in force, and falls one after another each take effect", () => {
    expect([...publishedParameter(Float64Array.of(100, 80, 120, 120, 120)).effective]).toEqual([
      100, 100, 100, 120, 120,
    ]);
    expect([...publishedParameter(Float64Array.of(100, 80, 60, 60, 60)).effective]).toEqual([100, 100, 100, 80, 60]);
  });
  it("refuses a delay below one session", () => {
    expect(() => publishedParameter(Float64Array.of(1), { ...defaultPublicationRule, riseDelay: 0 })).toThrow(
      DomainError,
    );
  });
});

describe("scanRange", () => {
  const rule = { multiple: 2, horizon: 4, floor: 0.05, cap: 0.5, tick: 10 };
  it("is the multiple of volatility over the horizon, bounded, up to the tick", () => {
    expect(scanRange(0.03, 1000, rule)).toBe(120);
    expect(scanRange(0.031, 1000, rule)).toBe(130);
    expect(scanRange(0.001, 1000, rule)).toBe(50);
    expect(scanRange(0.9, 1000, rule)).toBe(500);
  });
});

describe("limitedOffset", () => {
  it("gives the example of the regulation's formula: 120 and 80, combined 60", () => {
    const limited = limitedOffset(Float64Array.of(120, 80), 60);
    expect(limited).toEqual({ margin: 88, standaloneSum: 200, reduction: 140, allowedReduction: 112, addition: 28 });
  });
  it("takes nothing off where there is no reduction, and keeps a fifth of the sum", () => {
    expect(limitedOffset(Float64Array.of(120, 80), 200).margin).toBe(200);
    expect(limitedOffset(Float64Array.of(120, 80), 230).margin).toBe(230);
    expect(limitedOffset(Float64Array.of(120, 80), 0).margin).toBeCloseTo(40, 12);
    expect(limitedOffset(Float64Array.of(120, 80), 0, 1).margin).toBe(0);
    expect(() => limitedOffset(Float64Array.of(-1), 0)).toThrow(DomainError);
  });
});
