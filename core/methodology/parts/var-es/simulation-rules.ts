import { z } from "zod";

const filter = z.strictObject({
  kind: z.enum(["none", "ewma", "garch"]).describe("volatility filter of the daily changes"),
  level: z
    .enum(["factor", "book"])
    .describe("each factor by its own filter (Hull-White), or the profits of today's book"),
  decay: z.number().gt(0).lt(1).describe("λ of the EWMA filter, and of the fallback where GARCH does not fit"),
  share: z.number().min(0).max(1).describe("θ: a scenario is multiplied by θ·σ now/σ then + (1−θ)"),
  least: z.number().min(0).max(1).describe("least multiplier"),
  most: z.number().min(1).max(100).describe("largest multiplier"),
});

const historical = z.strictObject({
  kind: z.literal("historical"),
  filter: filter.default({ kind: "none", level: "factor", decay: 0.94, share: 1, least: 0, most: 1 }),
});

const parametric = z.strictObject({
  kind: z.literal("parametric"),
  model: z
    .enum(["delta-normal", "student-t", "delta-gamma"])
    .describe("normal or t on deltas and vegas; delta-gamma: exact quantile of the quadratic form"),
  degrees: z.number().gt(2).describe("degrees of freedom of the t"),
  decay: z.number().gt(0).lt(1).describe("λ of the covariance"),
});

const jumps = z.strictObject({
  intensity: z.number().min(0).max(1_000).describe("jumps a year, common to all prices"),
  mean: z.number().min(-1).max(1).describe("mean log return of a jump"),
  deviation: z.number().min(0).max(1).describe("standard deviation of a jump's log return"),
});

const monteCarlo = z.strictObject({
  kind: z.literal("monte-carlo"),
  model: z
    .enum(["normal", "t", "normal-copula", "t-copula", "jumps", "filtered-paths"])
    .describe(
      "normal or multivariate t; empirical filtered changes joined by a copula; Merton jumps; days drawn as paths of the filter",
    ),
  sampling: z.enum(["pseudo-random", "antithetic", "sobol"]).describe("where the uniforms come from"),
  draws: z.int().min(200).max(50_000).describe("scenarios; rounded up to whole pairs and batches"),
  seed: z.int().min(0).max(4_294_967_295).describe("start of the generator; the same seed gives the same scenarios"),
  degrees: z.number().gt(2).max(1_000).describe("degrees of freedom of the t and of its copula"),
  decay: z.number().gt(0).lt(1).describe("λ of covariance and filter"),
  jumps: jumps.default({ intensity: 0, mean: 0, deviation: 0 }),
  allowRepair: z
    .boolean()
    .describe("whether a correlation that is not positive semidefinite may be replaced by the nearest one"),
});

/** How the distribution of profit is made. */
export const simulationRules = z.discriminatedUnion("kind", [historical, parametric, monteCarlo]);

export type SimulationRules = z.output<typeof simulationRules>;

/** The volatility filter of historical simulation. */
export type FilterRules = Extract<SimulationRules, { kind: "historical" }>["filter"];

/** Everything of a Monte Carlo simulation. */
export type MonteCarloRules = Extract<SimulationRules, { kind: "monte-carlo" }>;

export type ParametricRules = Extract<SimulationRules, { kind: "parametric" }>;
