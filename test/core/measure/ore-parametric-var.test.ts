import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  deltaGammaTail,
  diagonalLoss,
  matrixOfRows,
  type QuadraticExposure,
  quadraticMoments,
} from "../../../core/measure/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

/** One sensitivity: a delta and own gamma, or a cross gamma when it names a second factor. */
interface Sensitivity {
  readonly trade: string;
  readonly factor: string;
  readonly other?: string;
  readonly delta: number;
  readonly gamma: number;
}

/** Exposure of sensitivities; factors of no known variance do not move, as in the engine. */
function exposureOf(
  sensitivities: readonly Sensitivity[],
  covarianceOf: (factor: string, other: string) => number,
): QuadraticExposure {
  const factors = [
    ...new Set(sensitivities.flatMap(({ factor, other }) => (other === undefined ? [factor] : [factor, other]))),
  ];
  const indexOf = new Map(factors.map((factor, index) => [factor, index]));
  const deltas = new Float64Array(factors.length);
  const gammas = factors.map(() => factors.map(() => 0));
  for (const { factor, other = factor, delta, gamma } of sensitivities) {
    const [i = 0, j = 0] = [indexOf.get(factor), indexOf.get(other)];
    deltas[i] = (deltas[i] ?? 0) + delta;
    for (const [row, column] of i === j
      ? [[i, i]]
      : [
          [i, j],
          [j, i],
        ]) {
      const cells = gammas[row ?? 0];
      if (cells !== undefined) cells[column ?? 0] = (cells[column ?? 0] ?? 0) + gamma;
    }
  }
  const covariance = factors.map((factor) => factors.map((other) => covarianceOf(factor, other)));
  return { factors, deltas, gammas: unwrapped(matrixOfRows(gammas)), covariance: unwrapped(matrixOfRows(covariance)) };
}

/** Normal quantile the engine uses: P. Acklam's approximation without refinement, relative error about 1e-9. */
function acklamQuantile(p: number): number {
  if (p > 0.5) return -acklamQuantile(1 - p);
  const polynomial = (coefficients: readonly number[], x: number): number =>
    coefficients.reduce((total, coefficient) => total * x + coefficient, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    const numerator = [-7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734];
    const denominator = [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
    return polynomial([...numerator, 4.374664141464968, 2.938163982698783], q) / polynomial(denominator, q);
  }
  const q = p - 0.5;
  const numerator = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716];
  const denominator = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  ];
  return (polynomial([...numerator, 2.506628277459239], q * q) * q) / polynomial([...denominator, 1], q * q);
}

describe("parametric VaR of the Open Source Risk Engine, portfolio PF2", () => {
  const golden = goldenMeasures<{
    readonly variance: number;
    readonly sensitivities: readonly Sensitivity[];
    readonly quantiles: readonly number[];
    readonly expected: Readonly<Record<string, readonly number[]>>;
    readonly tolerance: { readonly abs: number };
  }>("ore-parametric-var.json");
  const classOf = (factor: string): string => `${factor.startsWith("FX") ? "FX" : "InterestRate"}`;
  const typeOf = (factor: string): string => (factor.includes("Volatility") ? "Vega" : "DeltaGamma");

  it.each(Object.entries(golden.expected))("%s: its four quantiles to the printed digits", (rows, expected) => {
    const [riskClass, riskType] = rows.split(",");
    const own = golden.sensitivities.filter(
      ({ factor }) =>
        (riskClass === "All" || classOf(factor) === riskClass) && (riskType === "All" || typeOf(factor) === riskType),
    );
    const exposure = exposureOf(own, (factor, other) => (factor === other ? golden.variance : 0));
    const { mean, deviation } = unwrapped(quadraticMoments(exposure));
    expect(expected).toHaveLength(4);
    for (const [i, p] of golden.quantiles.entries()) {
      const printed = expected[i] ?? Number.NaN;
      expect(Math.abs(mean + acklamQuantile(p) * deviation - printed)).toBeLessThanOrEqual(golden.tolerance.abs);
      // With an exact normal quantile the ninth digit differs.
      const { normalValueAtRisk } = unwrapped(deltaGammaTail(exposure, 1 - p));
      expect(Math.abs(-normalValueAtRisk - printed)).toBeLessThanOrEqual(3e-9 * deviation * 2.4);
    }
  });
});

describeWithSharedData("sensitivities and covariance of the Open Source Risk Engine's example", (path) => {
  const folder = "ore-simm-and-parametric-var";
  const lines = (file: string): string[] => readFileSync(path(folder, file), "utf8").trim().split("\n");
  const sensitivities = lines("MarketRisk_Input_sensitivity.csv")
    .slice(1)
    .map((line): Sensitivity => {
      const [trade = "", , factor = "", , other = "", , , , delta, gamma] = line.split(",");
      return { trade, factor, delta: Number(delta), gamma: Number(gamma), ...(other === "" ? {} : { other }) };
    });
  const covariances = new Map(
    lines("MarketRisk_Input_covariance.csv").map((line) => {
      const [factor, other, entry] = line.split("\t");
      return [`${factor} ${other}`, Number(entry)];
    }),
  );
  const covarianceOf = (factor: string, other: string): number =>
    covariances.get(`${factor} ${other}`) ?? covariances.get(`${other} ${factor}`) ?? 0;
  const printed = new Map(
    lines("MarketRisk_ExpectedOutput_ParametricVar_var.csv").map((line) => {
      const [portfolio, riskClass, riskType, ...quantiles] = line.split(",");
      return [`${portfolio} ${riskClass} ${riskType}`, quantiles.map(Number)];
    }),
  );

  it("are all read", () => {
    expect([sensitivities.length, covariances.size, printed.size]).toEqual([632, 114, 29]);
  });
  it("the results printed are those of the golden case", () => {
    const { expected } = goldenMeasures<{ expected: Record<string, number[]> }>("ore-parametric-var.json");
    for (const [rows, quantiles] of Object.entries(expected)) {
      expect(printed.get(`PF2 ${rows.replace(",", " ")}`)).toEqual(quantiles);
    }
  });
  it("give the means of PF2's FX figures; its other figures come from another run of the sensitivities", () => {
    // The example's configuration reads ../Output/Sensi/sensitivity.csv, where an FX option has a vega of 1302.80; this file has 1302.79.
    const options = sensitivities.filter(({ trade }) => trade.startsWith("FX_"));
    for (const [type, prefix] of [
      ["DeltaGamma", "FXSpot"],
      ["Vega", "FXVolatility"],
    ] as const) {
      const own = options.filter(({ factor, other }) => factor.startsWith(prefix) && other === undefined);
      const { mean, deviation } = unwrapped(quadraticMoments(exposureOf(own, covarianceOf)));
      const [low = 0, , , high = 0] = printed.get(`PF2 FX ${type}`) ?? [];
      expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(1e-6);
      if (type === "Vega") expect(relativeError(deviation, (high - low) / 2 / 2.3263478740408408)).toBeLessThan(1e-5);
    }
  });
  it("make an exposure of 117 factors whose exact quantile lies between bounds of any distribution", () => {
    const exposure = exposureOf(sensitivities, covarianceOf);
    expect(exposure.factors).toHaveLength(117);
    const moments = unwrapped(quadraticMoments(exposure));
    const { b, l, certain } = unwrapped(diagonalLoss(exposure));
    const variance = b.reduce((total, entry, j) => total + entry * entry + (l[j] as number) ** 2 / 2, 0);
    expect(relativeError(Math.sqrt(variance), moments.deviation)).toBeLessThan(1e-9);
    expect(relativeError(-certain - l.reduce((total, entry) => total + entry / 2, 0), moments.mean)).toBeLessThan(1e-9);
    const { valueAtRisk, expectedShortfall, normalValueAtRisk } = unwrapped(deltaGammaTail(exposure, 0.99));
    expect(relativeError(valueAtRisk, normalValueAtRisk)).toBeLessThan(0.02);
    expect(expectedShortfall).toBeGreaterThan(valueAtRisk);
  });
});
