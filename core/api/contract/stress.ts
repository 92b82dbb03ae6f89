import { z } from "zod";
import type { Dependence, KinkDistance, ReverseStressResult } from "../../analysis/index.ts";
import { job } from "../operation.ts";
import { marginRequest } from "../schema.ts";

const estimator = z.union([
  z.strictObject({ kind: z.literal("equal"), mean: z.enum(["zero", "sample"]).default("zero") }),
  z.strictObject({ kind: z.literal("ewma"), lambda: z.number().gt(0).lt(1) }),
]);

/** Covariance of logarithmic moves of prices and volatilities. */
export const stressCovariance = z.union([
  z.strictObject({
    from: z.literal("history"),
    horizonDays: z.int().min(1).max(60).default(1).describe("days of a move, by the history's calendar"),
    estimator: estimator.default({ kind: "equal", mean: "zero" }),
    fromMs: z.number().optional().describe("moves begin at or after this instant, UTC milliseconds"),
    toMs: z.number().optional(),
  }),
  z.strictObject({
    from: z.literal("stated"),
    horizonDays: z.number().positive().default(1).describe("what the deviations are of, days; said beside the answer"),
    factors: z
      .array(
        z.strictObject({
          factor: z.string().min(1).describe("price:BTC or volatility:BTC"),
          deviation: z
            .number()
            .positive()
            .max(5)
            .describe("standard deviation of the logarithmic move over the horizon"),
        }),
      )
      .min(1)
      .max(100),
    correlation: z.array(z.array(z.number())).min(1).max(100),
  }),
]);

export const stressGoal = z.union([
  z.strictObject({ kind: z.literal("equity") }),
  z.strictObject({ kind: z.literal("maintenance") }),
  z.strictObject({ kind: z.literal("initial") }),
  z.strictObject({ kind: z.literal("loss"), amountUsd: z.number().positive() }),
]);

const kinkAxis = z.strictObject({
  kind: z.enum(["price", "volatility", "size", "time"]),
  underlying: z.string().min(1).optional().describe("moves it alone; all together when left out"),
  from: z.number().describe("relative move; 0 or below"),
  to: z.number().describe("relative move, or days; 0 or above"),
});

/** Questions asked backwards: what would have to happen. */
export const stressOperations = {
  "stress.reverse": job<ReverseStressResult>()(
    "Smallest plausible moves that exhaust equity, trigger maintenance or reach a loss: together, by factor, by pair",
    marginRequest.extend({
      goal: stressGoal.default({ kind: "maintenance" }),
      covariance: stressCovariance.prefault({ from: "history" }),
      mostDeviations: z.number().gt(0).max(50).default(10).describe("norms up to which moves are looked for"),
      solutions: z.int().min(1).max(20).default(5).describe("distinct moves wanted, at most"),
      mostPairs: z.int().min(0).max(200).default(10).describe("pairs of factors searched on their own"),
      randomStarts: z.int().min(0).max(500).default(12),
      seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
    }),
  ),
  "stress.dependence": job<Dependence>()(
    "Diversification failure: margin saved by offsets between underlyings, and how much of it goes when correlations do",
    marginRequest.extend({
      covariance: stressCovariance.prefault({ from: "history" }),
      shares: z
        .array(z.number().min(0).max(1))
        .min(1)
        .max(20)
        .default([0.25, 0.5, 0.75, 1])
        .describe("of the way to a target"),
      windows: z
        .array(z.strictObject({ label: z.string().min(1).max(200), fromMs: z.number(), toMs: z.number() }))
        .max(20)
        .default([])
        .describe("days of the history whose correlation is taken"),
      worstDays: z.int().min(0).max(1000).default(10).describe("worst days of the book whose correlation is taken"),
      confidence: z.number().gt(0.5).lt(1).default(0.99),
      clusterCorrelation: z
        .number()
        .min(-1)
        .max(1)
        .default(0.6)
        .describe("mean correlation down to which prices are one cluster"),
      mostPairs: z.int().min(0).max(5000).default(500),
    }),
  ),
  "kink.distance": job<KinkDistance>()(
    "How far price, volatility, size or time must move until a call, a liquidation, another binding scenario, a tier, a floor or a charge",
    marginRequest.extend({
      axes: z
        .array(kinkAxis)
        .min(1)
        .max(50)
        .optional()
        .describe("default: price and volatility together, each price where there are several, size, time"),
      steps: z
        .int()
        .min(2)
        .max(1000)
        .default(50)
        .describe("steps in each direction; what is undone inside one is not seen"),
      tolerance: z.number().min(1e-12).max(0.01).default(1e-9).describe("width to which a change is closed in on"),
      mostKinks: z.int().min(1).max(100).default(8).describe("kinks of a direction, at most; calls come beside them"),
    }),
  ),
} as const;
