import { describe, expect, it } from "vitest";
import { modifiedTail, tailOf } from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

type Figures = Record<"var_hist95" | "es_hist95" | "var_mod95" | "var_mod99" | "es_mod95" | "es_mod99", number>;

interface EdhecCase {
  readonly id: string;
  readonly input: { readonly series: string };
  readonly expected: { readonly printed: Figures; readonly full_precision: Figures };
  readonly tolerance: { readonly printed_abs: number; readonly full_precision_rel: number };
}

/** PerformanceAnalytics test snapshot of 13 hedge-fund indices, and the same formulas in full precision. */
const file = goldenMeasures<{
  readonly series: { readonly returns: Readonly<Record<string, readonly number[]>> };
  readonly cases: readonly EdhecCase[];
}>("measures-edhec.json");
const cases = file.cases.filter((c) => typeof c.input.series === "string");

describe("historical and modified VaR and ES", () => {
  it("covers the cases of single series", () => expect(cases.length).toBeGreaterThan(5));

  it.each(cases)("$input.series matches the printed and the full figures", ({ input, expected, tolerance }) => {
    const returns = Float64Array.from(file.series.returns[input.series] ?? []);
    const losses = returns.map((value) => -value);
    const historical = unwrapped(tailOf(losses, { confidence: 0.95, convention: "type7", estimator: "strict" }));
    const [at95, at99] = [unwrapped(modifiedTail(returns, 0.95)), unwrapped(modifiedTail(returns, 0.99))];
    const found: Figures = {
      var_hist95: historical.valueAtRisk,
      es_hist95: historical.expectedShortfall,
      var_mod95: at95.valueAtRisk,
      es_mod95: at95.expectedShortfall,
      var_mod99: at99.valueAtRisk,
      es_mod99: at99.expectedShortfall,
    };
    // The tail mean that fell short of VaR was raised to it.
    expect(at99.raisedToValueAtRisk).toBe(expected.full_precision.es_mod99 === expected.full_precision.var_mod99);
    for (const key of Object.keys(found) as (keyof Figures)[]) {
      const full = expected.full_precision[key];
      expect(relativeError(found[key], full), key).toBeLessThanOrEqual(tolerance.full_precision_rel);
      expect(Math.abs(found[key] - expected.printed[key]), `${key} printed`).toBeLessThanOrEqual(tolerance.printed_abs);
    }
  });
});
