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
  filter,
});

const parametric = z.strictObject({
  kind: z.literal("parametric"),
  model: z
    .enum(["delta-normal", "student-t", "delta-gamma"])
    .describe("normal or t on deltas and vegas; delta-gamma: exact quantile of the quadratic form"),
  degrees: z.number().gt(2).describe("degrees of freedom of the t"),
  decay: z.number().gt(0).max(1).describe("λ of the covariance; 1: equal weights"),
});

const monteCarlo = z.strictObject({
  kind: z.literal("monte-carlo"),
  model: z
    .enum(["normal", "t", "t-copula", "normal-copula"])
    .describe(
      "normal or multivariate t with the covariance of the window; copulas join the filtered empirical changes",
    ),
  draws: z.int().min(100).max(100_000).describe("paths"),
  seed: z.int().min(0).max(4_294_967_295).describe("start of the generator; the same seed gives the same paths"),
  degrees: z.number().gt(2).describe("degrees of freedom of the t and of its copula"),
  decay: z.number().gt(0).max(1).describe("λ of covariance and filter; 1: equal weights"),
  antithetic: z.boolean().describe("paths in pairs of opposite sign"),
});

/** How the distribution of profit is made. */
export const simulationRules = z.discriminatedUnion("kind", [historical, parametric, monteCarlo]);

export type SimulationRules = z.output<typeof simulationRules>;

/** The volatility filter of historical simulation. */
export type FilterRules = Extract<SimulationRules, { kind: "historical" }>["filter"];
