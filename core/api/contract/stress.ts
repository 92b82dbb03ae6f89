import { z } from "zod";
import type {
  Dependence,
  KinkDistance,
  ReverseStressResult,
  StressDrill,
  StressPush,
  StressRun,
} from "../../analysis/index.ts";
import { factorBetas, stressSet } from "../../scenario/index.ts";
import { job } from "../operation.ts";
import { comparisonColumn, marginRequest } from "../schema.ts";

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

/** A stress set by its id (of the library, or one that ships with the program), or given in full. */
export const stressSetSource = z.union([
  z.strictObject({ id: z.string().min(1).describe("as `stress-set.list` names it") }),
  z.strictObject({ set: stressSet }),
]);

const wantedScenarios = z
  .array(z.string().min(1))
  .min(1)
  .max(10_000)
  .optional()
  .describe("ids wanted; all when left out");
const wantedKinds = z
  .array(z.enum(["historical", "hypothetical", "venue"]))
  .min(1)
  .optional()
  .describe("kinds wanted; all when left out");
const betas = z
  .union([z.enum(["none", "product"]), factorBetas])
  .default("none")
  .describe("none: what a scenario does not name stays; product: it follows the default betas; or your own");

const scale = z.number().min(0.25).max(3).default(1).describe("k: every shock is this many times itself");

/** Which scenarios of which sets, and how each is gone through. */
const chosenScenarios = {
  sets: z.array(stressSetSource).min(1).max(50),
  ...{ scenarios: wantedScenarios, kinds: wantedKinds },
  mode: z.enum(["instant", "path", "scaled"]).default("instant"),
  scale,
};

/** Scenarios of stress sets beside another question; of a path its worst step counts. */
export const stressScenarioChoice = z.strictObject({ ...chosenScenarios, betas });

const days = z.number().min(0).max(3650);

/** Which parameters, and which betas stand in for factors without a shock. */
const stressChoices = {
  parameters: z
    .enum(["today", "event"])
    .default("today")
    .describe("today: in force on the day of the market; event: on the last day of the scenario"),
  betas,
  covariance: stressCovariance
    .optional()
    .describe("severity is measured by it; default: the history of the request, where there is one"),
  map: z.boolean().default(true).describe("hold the book in the instruments of each method's venue"),
};

const stressBase = marginRequest.omit({ methodology: true, rules: true, overrides: true });

/** Questions asked of scenarios, and backwards: what would have to happen. */
export const stressOperations = {
  "stress.run": job<StressRun>()(
    "Scenarios of stress sets under several methods: loss, margin recomputed under stress, calls and equity",
    stressBase.extend({
      columns: z.array(comparisonColumn).min(1).max(60),
      ...chosenScenarios,
      days: z.array(days).min(1).max(20).default([0]).describe("horizons: days that pass beside each scenario"),
      ...stressChoices,
    }),
  ),
  "stress.positions": job<StressDrill>()(
    "One scenario under one method, opened: profit by position and factor, and the statement of the stressed run",
    stressBase.extend({
      column: comparisonColumn,
      set: stressSetSource,
      scenario: z.string().min(1).describe("id in the set"),
      step: z.int().min(0).optional().describe("step of its path; all at once when left out"),
      scale,
      days: days.default(0),
      ...stressChoices,
    }),
  ),
  "stress.push": job<StressPush>()(
    "Factor push, sensitivity ladder and largest loss over an ellipsoid of moves",
    marginRequest.extend({
      covariance: stressCovariance.prefault({ from: "history" }),
      push: z.number().gt(0).max(20).default(3).describe("deviations each factor is pushed"),
      rounds: z.int().min(1).max(10).default(10).describe("rounds in which sides may change, for options"),
      ladder: z
        .array(z.number().gt(0).max(20))
        .min(1)
        .max(20)
        .default([1, 2, 3, 5, 10])
        .describe("deviations of the sensitivity ladder, taken both ways"),
      confidence: z.number().gt(0.5).lt(1).default(0.99).describe("of the ellipsoid of the largest loss"),
    }),
  ),
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
