import {
  type DrawRequest,
  drawFactors,
  type FactorDraws,
  type FactorModel,
  factorMajor,
  type Sampling,
  simulatedTail,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures } from "./golden-case.ts";

interface Measures {
  readonly var: number;
  readonly es: number;
}
/** Reference cases of another program: test/golden/measures. */
export const golden = goldenMeasures<{
  readonly cases: readonly {
    readonly id: string;
    readonly input: Readonly<Record<string, number>>;
    readonly expected: Readonly<Record<string, unknown>>;
  }[];
}>("measures-monte-carlo.json");
/** Closed forms of the linear book. */
export const targets = golden.cases.find(({ id }) => id === "mc-targets-nu5")?.expected as unknown as {
  readonly weights: readonly number[];
  readonly cov: readonly (readonly number[])[];
} & Readonly<Record<string, Measures>>;

export const factors = ["price:BTC", "price:ETH", "price:SOL"];
export const correlation = [
  [1, 0.8, 0.3],
  [0.8, 1, 0.25],
  [0.3, 0.25, 1],
];
/** What the empirical marginal of the copulas is made of. */
export const observed = Array.from({ length: 300 }, (_, i) => 0.03 * Math.sin(i * i) + 0.01 * Math.cos(7 * i));
/** A sample of every kind of model. */
export const models: Readonly<Record<FactorModel["kind"], FactorModel>> = {
  gaussian: { kind: "gaussian", factors, covariance: targets.cov },
  "multivariate-t": { kind: "multivariate-t", factors, covariance: targets.cov, degrees: 5 },
  "gaussian-copula": {
    ...{ kind: "gaussian-copula", factors, correlation },
    marginals: [
      { kind: "normal", mean: 0.001, deviation: 0.04 },
      { kind: "student-t", mean: 0, deviation: 0.05, degrees: 4 },
      { kind: "empirical", values: observed, scale: 1.5 },
    ],
  },
  "t-copula": {
    ...{ kind: "t-copula", factors, correlation, degrees: 3 },
    marginals: [
      { kind: "normal", mean: 0.001, deviation: 0.04 },
      { kind: "student-t", mean: 0, deviation: 0.05, degrees: 4 },
      { kind: "empirical", values: observed, scale: 1.5 },
    ],
  },
  merton: {
    ...{ kind: "merton", factors, correlation, years: 1 / 365 },
    drifts: [0, 0, 0],
    volatilities: [0.55, 0.7, 0.9],
    jumps: { kind: "common", intensity: 12, means: [-0.04, -0.05, -0.06], deviations: [0.06, 0.07, 0.08], correlation },
  },
  "filtered-paths": {
    ...{ kind: "filtered-paths", factors, steps: 5, changes: ["log", "relative", "absolute"] },
    recursions: [0.0009, 0.0012, 0.002].map((nextVariance) => ({ omega: 2e-5, alpha: 0.08, beta: 0.89, nextVariance })),
    innovations: { kind: "residuals", values: Array.from({ length: 900 }, (_, i) => 1.4 * Math.sin(i * i + i)) },
  },
};
export const samplings: readonly Sampling[] = [
  { kind: "pseudo-random" },
  { kind: "antithetic" },
  { kind: "sobol", scramble: "owen", replicates: 32 },
  { kind: "sobol", scramble: "digital-shift", replicates: 32 },
];

export const drawn = (request: DrawRequest): FactorDraws => unwrapped(drawFactors(request));

/** Losses of a linear book of these weights. */
export function lossesOf(draws: FactorDraws, weights: readonly number[]): Float64Array {
  const size = draws.factors.length;
  return Float64Array.from({ length: draws.paths }, (_, path) =>
    weights.reduce((total, weight, i) => total - weight * (draws.values[path * size + i] as number), 0),
  );
}

export const simulated = (losses: Float64Array, draws: FactorDraws, confidence: number) =>
  unwrapped(simulatedTail(losses, draws, { confidence }));

/** Changes of one factor, path by path. */
export const column = (draws: FactorDraws, factor: number): Float64Array =>
  factorMajor(draws).subarray(factor * draws.paths, (factor + 1) * draws.paths);
