import { describe, expect, it } from "vitest";
import { normalPdf } from "../../../core/base/index.ts";
import {
  ageWeights,
  ewmaObservations,
  expectedShortfallStandardError,
  normalQuantile,
  paretoExceedance,
  paretoTailMeasures,
  tailOf,
  valueAtRiskStandardError,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { caseById, goldenMeasures, relativeError } from "./golden-case.ts";

interface ClosedCase {
  readonly id: string;
  readonly input: Readonly<Record<string, number>> & { readonly worst_losses?: readonly number[] };
  readonly expected: Readonly<Record<string, number>>;
  readonly tolerance: Readonly<Record<string, number>>;
}

/** measures-closed-form.json: textbook examples and closed forms, each with its source. */
const { cases } = goldenMeasures<{ readonly cases: readonly ClosedCase[] }>("measures-closed-form.json");

describe("effective observations of a filter", () => {
  it.each(cases.filter((c) => c.id.startsWith("ewma-days")))("$id", ({ input, expected, tolerance }) => {
    const found = ewmaObservations(input.lam ?? 0, input.tolerance_level ?? 0);
    expect(Math.abs(found - (expected.effective_days ?? 0))).toBeLessThanOrEqual(tolerance.abs ?? 0);
  });
});

describe("Hull's example of 500 scenarios", () => {
  it("plain: the fifth worst, and the mean of five", () => {
    const { input, expected, tolerance } = caseById(cases, "hull-hs-500");
    const worst = input.worst_losses ?? [];
    const losses = Float64Array.from({ length: 500 }, (_, i) => worst[i] ?? -i);
    const tail = unwrapped(tailOf(losses, { confidence: 0.99, estimator: "kworst" }));
    expect(Math.abs(tail.valueAtRisk - (expected.var ?? 0))).toBeLessThanOrEqual(tolerance.abs ?? 0);
    expect(Math.abs(tail.expectedShortfall - (expected.es ?? 0))).toBeLessThanOrEqual(tolerance.abs ?? 0);
    const exact = unwrapped(tailOf(losses, { confidence: 0.99 }));
    expect(exact.expectedShortfall).toBeCloseTo(tail.expectedShortfall, 6);
  });
  it("weighted by age", () => {
    const { input, expected, tolerance } = caseById(cases, "hull-brw-500");
    const worst = input.scenario_numbers_and_losses as unknown as readonly (readonly [number, number])[];
    const lossOf = new Map(worst);
    const losses = Float64Array.from({ length: 500 }, (_, i) => lossOf.get(i + 1) ?? -i);
    const weights = ageWeights(500, input.lam ?? 0);
    const tail = unwrapped(tailOf(losses, { confidence: 0.99, weights }));
    expect(Math.abs(tail.valueAtRisk - (expected.var ?? 0))).toBeLessThanOrEqual(tolerance.abs ?? 0);
    expect(Math.abs(tail.expectedShortfall - (expected.es ?? 0))).toBeLessThanOrEqual(tolerance.abs ?? 0);
    for (const scenario of [494, 339, 349]) {
      const distance = Math.abs((weights[scenario - 1] ?? 0) - (expected[`weight_${scenario}`] ?? 0));
      expect(distance).toBeLessThanOrEqual(tolerance.weights_abs ?? 0);
    }
  });
});

describe("Hull's example of peaks over threshold", () => {
  it.each(cases.filter((c) => c.id.startsWith("hull-gpd")))("$id", ({ input, expected, tolerance }) => {
    const tail = {
      threshold: input.u ?? 0,
      shape: input.xi ?? 0,
      scale: input.beta ?? 0,
      exceedances: input.n_exceed ?? 0,
      observations: input.n ?? 0,
    };
    const found = unwrapped(paretoTailMeasures(tail, input.q ?? 0));
    const near = (actual: number, printed: number | undefined, full: number | undefined, printedAbs: number): void => {
      if (printed !== undefined) expect(Math.abs(actual - printed)).toBeLessThanOrEqual(printedAbs);
      expect(relativeError(actual, full ?? Number.NaN)).toBeLessThanOrEqual(tolerance.full_rel ?? 0);
    };
    near(found.valueAtRisk, expected.var, expected.var_full, tolerance.abs ?? 0);
    near(found.expectedShortfall, expected.es, expected.es_full, tolerance.abs ?? 0);
    if (input.exceed_level !== undefined) {
      const probability = paretoExceedance(tail, input.exceed_level);
      near(probability, expected.prob_loss_above_level, expected.prob_full, tolerance.prob_abs ?? 0);
    }
  });
});

describe("standard errors of a normal loss", () => {
  it("match the asymptotic formulas", () => {
    const { input, expected, tolerance } = caseById(cases, "standard-error-se");
    const [n, p] = [input.n ?? 0, 0.01];
    const z = normalQuantile(0.99);
    const shortfall = normalPdf(z) / p;
    // Truncated normal above z: variance 1 + z·λ − λ² with λ = φ(z)/p.
    const tailVariance = 1 + z * shortfall - shortfall * shortfall;
    const rel = tolerance.rel ?? 0;
    expect(relativeError(valueAtRiskStandardError(n, p, normalPdf(z)), expected.se_var ?? 0)).toBeLessThanOrEqual(rel);
    const error = expectedShortfallStandardError(n, p, { tailVariance, valueAtRisk: z, expectedShortfall: shortfall });
    expect(relativeError(error, expected.se_es ?? 0)).toBeLessThanOrEqual(rel);
  });
});
