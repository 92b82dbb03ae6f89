import { describe, expect, it } from "vitest";
import { normalCdf } from "../../../core/base/index.ts";
import {
  controlledTail,
  type DrawRequest,
  deltaGammaTail,
  diagonalLoss,
  drawFactors,
  type FactorDraws,
  type GaussianModel,
  matrixOfRows,
  type QuadraticExposure,
  quadraticLosses,
  quadraticUpperTail,
  simulatedTail,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

const sum = (values: Float64Array): number => values.reduce((total, entry) => total + entry, 0);

/** A short-gamma book of two correlated factors: the reference case dg-two-asset-short-gamma. */
const covariance = [
  [4_000_000, 255_000],
  [255_000, 22_500],
];
const gammas = [
  [-0.002, 0],
  [0, -0.03],
];
const deltas = [4, 15];
const exposure: QuadraticExposure = {
  factors: ["x", "y"],
  deltas: Float64Array.from(deltas),
  gammas: unwrapped(matrixOfRows(gammas)),
  covariance: unwrapped(matrixOfRows(covariance)),
};
const model: GaussianModel = { kind: "gaussian", factors: ["x", "y"], covariance };
const drawn = (request: Omit<DrawRequest, "model">, of: GaussianModel = model): FactorDraws =>
  unwrapped(drawFactors({ ...request, model: of }));
/** The book itself: the proxy and a third-order term it does not see. */
function lossesOf(draws: FactorDraws): Float64Array {
  return quadraticLosses(exposure, draws).map((loss, path) => {
    const x = (draws.values[2 * path] as number) / 2000;
    return loss + 100 * x * x * x;
  });
}

describe("importance sampling", () => {
  const golden = goldenMeasures<{
    readonly cases: readonly {
      readonly id: string;
      readonly input: { readonly c?: number };
      readonly expected: Readonly<Record<string, number>>;
      readonly tolerance: { readonly rel?: number | string };
    }[];
  }>("measures-monte-carlo.json").cases.find(({ id }) => id === "is-2.3263");

  it("of one normal beyond c shifts it by c: the variance ratio of the reference case", () => {
    const {
      threshold = 0,
      shift = 0,
      probability: p = 0,
      variance_ratio_plain_over_is: ratio = 0,
    } = golden?.expected ?? {};
    const draws = drawn(
      { paths: 400_000, seed: 1, sampling: { kind: "importance", proxy: { deltas: [-1], confidence: 1 - p } } },
      { kind: "gaussian", factors: ["z"], covariance: [[1]] },
    );
    expect(relativeError(draws.importance?.threshold ?? 0, threshold)).toBeLessThan(1e-9);
    expect(relativeError(draws.importance?.twist ?? 0, shift)).toBeLessThan(1e-9);
    const exact = (p - p * p) / (Math.exp(shift * shift) * normalCdf(-2 * shift) - p * p);
    expect(relativeError(exact, ratio)).toBeLessThanOrEqual(Number(golden?.tolerance.rel));
    // The same from the scenarios: mean weight beyond c is p, and its variance that of the formula.
    const weights = (draws.weights ?? new Float64Array(0)).map((weight, i) =>
      (draws.values[i] as number) > threshold ? weight * draws.paths : 0,
    );
    const mean = sum(weights) / draws.paths;
    const variance = sum(weights.map((weight) => (weight - mean) ** 2)) / draws.paths;
    expect(Math.abs(mean - p)).toBeLessThan(3 * Math.sqrt(variance / draws.paths));
    expect(relativeError((p - p * p) / variance, ratio)).toBeLessThan(0.02);
  });
  it("meets the exact VaR and ES of its own proxy with a fraction of the plain error", () => {
    const exact = unwrapped(deltaGammaTail(exposure, 0.99));
    const proxy = { deltas, gammas, confidence: 0.99 };
    const [plain, importance] = [{ kind: "pseudo-random" }, { kind: "importance", proxy }] as const;
    const [one, other] = [plain, importance].map((sampling) => {
      const draws = drawn({ paths: 40_000, seed: 2026, sampling });
      return unwrapped(simulatedTail(quadraticLosses(exposure, draws), draws, { confidence: 0.99 }));
    });
    if (one === undefined || other === undefined) throw new Error("two runs");
    expect(Math.abs(other.tail.valueAtRisk - exact.valueAtRisk)).toBeLessThan(3 * other.valueAtRisk.standardError);
    expect(Math.abs(other.tail.expectedShortfall - exact.expectedShortfall)).toBeLessThan(
      3 * other.expectedShortfall.standardError,
    );
    expect(other.valueAtRisk.standardError).toBeLessThan(one.valueAtRisk.standardError / 3);
    expect(other.expectedShortfall.standardError).toBeLessThan(one.expectedShortfall.standardError / 3);
    expect(other.errorMethod).toBe("batches");
  });
  it("has weights whose sum is 1 on average and whose factor means are right", () => {
    const shifted: GaussianModel = { ...model, means: [100, -20] };
    const proxy = { deltas, gammas, confidence: 0.95 };
    const draws = drawn({ paths: 200_000, seed: 3, sampling: { kind: "importance", proxy } }, shifted);
    const weights = draws.weights ?? new Float64Array(0);
    expect(sum(weights)).toBeCloseTo(1, 1);
    const losses = quadraticLosses(exposure, draws);
    const plain = drawn({ paths: 200_000, seed: 4, sampling: { kind: "pseudo-random" } }, shifted);
    const [found, expected] = [draws, plain].map((of) =>
      unwrapped(simulatedTail(of === draws ? losses : quadraticLosses(exposure, of), of, { confidence: 0.975 })),
    );
    expect(relativeError(found?.tail.valueAtRisk ?? 0, expected?.tail.valueAtRisk ?? 0)).toBeLessThan(0.02);
  });
  it("works with a proxy whose loss is bounded, and refuses one that cannot guide it", () => {
    const long = {
      deltas: [4, 15],
      gammas: [
        [0.002, 0],
        [0, 0.03],
      ],
      confidence: 0.95,
    };
    expect(
      drawn({ paths: 200, seed: 1, sampling: { kind: "importance", proxy: long } }).weights?.every(Number.isFinite),
    ).toBe(true);
    const refused = (proxy: { deltas: number[]; confidence: number }): string => {
      const made = drawFactors({ model, paths: 100, seed: 1, sampling: { kind: "importance", proxy } });
      return made.ok ? "" : made.failure.message;
    };
    expect(refused({ deltas: [0, 0], confidence: 0.99 })).toContain("VaR is above its mean loss");
    expect(refused({ deltas: [1], confidence: 0.99 })).toContain("expected one for each of 2 factors");
    expect(refused({ deltas: [1, 1], confidence: 0.3 })).toContain("more than 0.5");
    const t = drawFactors({
      model: { ...model, kind: "multivariate-t", degrees: 4 },
      ...{ paths: 100, seed: 1, sampling: { kind: "importance", proxy: { deltas, confidence: 0.99 } } },
    });
    expect(t.ok || t.failure.reason).toBe("not-applicable");
  });
});

describe("controlledTail", () => {
  const { b, l, certain } = unwrapped(diagonalLoss(exposure));
  const upperTail = (x: number) => quadraticUpperTail({ b, l }, x - certain);
  const draws = drawn({ paths: 40_000, seed: 5, sampling: { kind: "pseudo-random" } });
  const proxyLosses = quadraticLosses(exposure, draws);

  it("is exact when the losses are the control itself", () => {
    const exact = unwrapped(deltaGammaTail(exposure, 0.99));
    const found = unwrapped(controlledTail(proxyLosses, { losses: proxyLosses, upperTail }, 0.99));
    expect(relativeError(found.valueAtRisk, exact.valueAtRisk)).toBeLessThan(1e-9);
    expect(relativeError(found.expectedShortfall, exact.expectedShortfall)).toBeLessThan(1e-9);
    expect(found.expectedShortfallError.standardError).toBeLessThan(1e-6);
  });
  it("takes most of the error out of a book near its proxy, and its intervals hold the truth", () => {
    const large = drawn({ paths: 2 ** 19, seed: 99, sampling: { kind: "sobol", scramble: "owen", replicates: 16 } });
    const truth = unwrapped(simulatedTail(lossesOf(large), large, { confidence: 0.99 }));
    const losses = lossesOf(draws);
    const plain = unwrapped(simulatedTail(losses, draws, { confidence: 0.99 }));
    const found = unwrapped(controlledTail(losses, { losses: proxyLosses, upperTail }, 0.99));
    expect(found.varianceRatio).toBeGreaterThan(4);
    expect(found.valueAtRiskError.standardError).toBeLessThan(plain.valueAtRisk.standardError / 1.8);
    expect(found.expectedShortfallError.standardError).toBeLessThan(plain.expectedShortfall.standardError / 3);
    expect(Math.abs(found.valueAtRisk - truth.tail.valueAtRisk)).toBeLessThan(
      3.5 * found.valueAtRiskError.standardError,
    );
    expect(Math.abs(found.expectedShortfall - truth.tail.expectedShortfall)).toBeLessThan(
      3.5 * found.expectedShortfallError.standardError,
    );
  });
  it("does no harm when the control is unrelated", () => {
    const other = drawn({ paths: 40_000, seed: 6, sampling: { kind: "pseudo-random" } });
    const unrelated = quadraticLosses(exposure, other);
    const found = unwrapped(controlledTail(proxyLosses, { losses: unrelated, upperTail }, 0.99));
    const exact = unwrapped(deltaGammaTail(exposure, 0.99));
    expect(found.varianceRatio).toBeGreaterThan(0.95);
    expect(Math.abs(found.valueAtRisk - exact.valueAtRisk)).toBeLessThan(3.5 * found.valueAtRiskError.standardError);
  });
  it("refuses a control of another length and a pilot too small for the tail", () => {
    expect(controlledTail(proxyLosses, { losses: new Float64Array(3), upperTail }, 0.99)).toMatchObject({ ok: false });
    const short = proxyLosses.subarray(0, 5000);
    const found = controlledTail(short, { losses: short, upperTail }, 0.99);
    expect(found).toMatchObject({ ok: false, failure: { reason: "missing-data" } });
  });
});
