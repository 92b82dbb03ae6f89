import { describe, expect, it } from "vitest";
import { type QuantileConvention, quantile, type TailMean, tailOf } from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures } from "./golden-case.ts";

interface QuantileCase {
  readonly id: string;
  readonly input: { readonly tail_probability: number };
  readonly expected: { readonly pnl_quantile_types_1_to_9: readonly number[] } & Record<string, number>;
  readonly tolerance: { readonly abs: number };
}

/** R 4.2.2 stats::quantile on a P&L series, and the named conventions. */
const file = goldenMeasures<{ series: { series_a: number[] }; cases: QuantileCase[] }>("measures-quantiles.json");
const pnl = Float64Array.from(file.series.series_a);
const losses = pnl.map((value) => -value);
const types = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

describe.each(file.cases)("quantiles of $id", ({ input, expected, tolerance }) => {
  const p = input.tail_probability;
  const tail = (convention: QuantileConvention, estimator: TailMean = "exact") =>
    unwrapped(tailOf(losses, { confidence: 1 - p, convention, estimator, leastTail: 0 }));
  const near = (actual: number, value: number | undefined): void =>
    expect(Math.abs(actual - (value ?? Number.NaN))).toBeLessThanOrEqual(tolerance.abs);

  it.each(types)("uses R's type %i on the P&L", (type) => {
    near(quantile(pnl.slice().sort(), p, type), expected.pnl_quantile_types_1_to_9[type - 1]);
  });
  it.each([2, 5, 6, 7, 8, 9] as const)("type %i of the losses is minus that of the P&L", (type) => {
    near(tail(`type${type}`).valueAtRisk, -(expected.pnl_quantile_types_1_to_9[type - 1] ?? Number.NaN));
  });
  it("type 1 of the losses is the generalised inverse, not minus that of the P&L", () => {
    const inverse = tail("type1").valueAtRisk;
    const whole = Number.isInteger(Math.round(20 * p * 1e9) / 1e9);
    // P(L ≤ y) ≥ c: with n·c whole the quantile of the losses is one rank milder than the worst of the tail.
    expect(inverse).toBe(tail(whole ? "inverse" : "cum").valueAtRisk);
  });
  it("ranks by convention", () => {
    const named = [
      ["cum", "default"],
      ["conservative", "conservative"],
      ["inverse", "generalised_inverse"],
      ["next-worst", "generalised_inverse"],
    ] as const;
    for (const [convention, name] of named) {
      near(tail(convention).valueAtRisk, expected[`${name}_var`]);
      expect(tail(convention).rank).toBe(expected[`${name}_var_rank`]);
    }
  });
  it("averages the tail by estimator", () => {
    near(tail("cum", "exact").expectedShortfall, expected.es_exact_tail);
    near(tail("cum", "kworst").expectedShortfall, expected.es_average_of_k_worst);
    near(tail("cum", "strict").expectedShortfall, expected.es_strict_exceedances_of_type7);
  });
});
