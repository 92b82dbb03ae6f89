import { z } from "zod";
import type { HedgeProposal, Insurance, RuleOutcome, UnwindPlan } from "../../analysis/index.ts";
import { job } from "../operation.ts";
import { comparisonColumn, marginRequest, source } from "../schema.ts";
import { stressScenarioChoice } from "./stress.ts";

const usd = z.number().nonnegative();

/** Which instruments may be traded. */
export const hedgeCandidates = z.union([
  z.strictObject({
    from: z.literal("symbols"),
    instruments: z
      .array(
        z.strictObject({
          symbol: z.string().min(1),
          mostBought: z.number().nonnegative().optional().describe("quantity; default: by the book's size"),
          mostSold: z.number().nonnegative().optional(),
          lot: z.number().positive().optional().describe("smallest step of quantity"),
          unitCostUsd: usd.optional().describe("half spread + fee + impact of one unit; default: from bid and ask"),
        }),
      )
      .min(1)
      .max(400),
  }),
  z.strictObject({
    from: z.literal("book"),
    kinds: z
      .array(z.enum(["spot", "future", "perpetual", "option"]))
      .min(1)
      .default(["future", "perpetual", "option"]),
    underlyings: z.array(z.string().min(1)).min(1).max(50).optional().describe("default: those of the book"),
    expiries: z.int().min(0).max(20).default(3).describe("expiries for each underlying, nearest to those of the book"),
    strikes: z
      .int()
      .min(0)
      .max(40)
      .default(8)
      .describe("strikes for each expiry: spread over the money; those of the book come first"),
    most: z.int().min(1).max(400).default(60),
  }),
]);

export const hedgeObjective = z.union([
  z.strictObject({
    kind: z.literal("funding"),
    capitalRate: z.number().nonnegative().describe("per year: what a unit of margin costs to fund; 0.1 is 10 %"),
    horizonDays: z.number().positive().describe("days the hedge is held"),
  }),
  z.strictObject({
    kind: z.literal("margin"),
    budgetUsd: usd.describe("least margin that this much cost can buy"),
  }),
  z
    .strictObject({
      kind: z.literal("target"),
      marginUsd: usd.optional().describe("requirement at most this"),
      marginRatio: z.number().positive().optional().describe("requirement at most this part of the margin balance"),
      headroomUsd: z.number().optional().describe("margin balance less requirement at least this"),
      stressLossUsd: usd
        .optional()
        .describe("loss at most this in every scenario of `stress`, of a path at each of its steps"),
    })
    .refine(
      ({ kind: _, ...targets }) => Object.values(targets).some((at) => at !== undefined),
      "needs `marginUsd`, `marginRatio`, `headroomUsd` or `stressLossUsd`",
    ),
]);

export const hedgeLimit = z
  .strictObject({
    measure: z
      .enum(["delta", "vega", "stress-loss"])
      .describe(
        "of the book after the hedge; delta: USD at the index, vega: USD a volatility point, stress-loss: USD in every scenario of `stress`",
      ),
    underlying: z.string().min(1).optional().describe("of this alone; default: the sum over all"),
    most: usd.describe("of its amount, either sign; of a loss"),
  })
  .refine(({ measure, underlying }) => measure !== "stress-loss" || underlying === undefined, {
    path: ["underlying"],
    message: "a stress loss is of the whole book",
  });

export const hedgeCosts = z.strictObject({
  feeBps: z.number().nonnegative().default(3).describe("of notional, each unit traded; 1 is 0.01 %"),
  halfSpreadBps: z
    .number()
    .nonnegative()
    .default(5)
    .describe("of notional, where the market has no bid and ask; marked as default"),
  impactBps: z.number().nonnegative().default(0).describe("of notional, each unit traded"),
});

const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1);

/** What a price can do in a year, with room: beyond it a path leaves the numbers. */
const yearlyRate = z.number().min(-10).max(10);
const yearlyVolatility = z.number().min(1e-4).max(10);

const jumps = z.strictObject({
  perYear: z.number().positive().max(1000).describe("mean number of jumps a year"),
  meanLog: z.number().min(-3).max(3).describe("mean of the logarithm of a jump"),
  deviationLog: z.number().positive().max(2),
});

/** What an insurance is priced with. */
export const insuranceTerms = z.union([
  z.strictObject({
    from: z.literal("stated"),
    spot: z.number().positive(),
    forward: z.number().positive().optional().describe("default: spot grown at the rate"),
    years: z.number().positive().max(30),
    rate: yearlyRate.default(0).describe("continuously compounded"),
    smile: z
      .array(z.strictObject({ strike: z.number().positive(), volatility: yearlyVolatility }))
      .min(1)
      .max(1000)
      .describe("one point: the same volatility for every strike"),
  }),
  z.strictObject({
    from: z.literal("market"),
    market: source,
    underlying: z.string().min(1),
    expiryMs: z.number().describe("of a smile of the market, UTC milliseconds"),
    rate: yearlyRate.default(0),
  }),
]);

export const insuranceStrategy = z.union([
  z.strictObject({
    kind: z.literal("protective-put"),
    quantity: z.number().positive().describe("units of underlying held"),
    strike: z.number().positive(),
    inCoin: z.boolean().default(false).describe("premium and payoff in the coin that is held"),
  }),
  z.strictObject({
    kind: z.literal("collar"),
    quantity: z.number().positive(),
    putStrike: z.number().positive(),
    callStrike: z.number().positive().optional().describe("default: the call that pays the put"),
  }),
  z.strictObject({
    kind: z.literal("option-based"),
    wealth: z.number().positive(),
    floor: z.number().positive().describe("worth to keep at expiry"),
  }),
  z.strictObject({
    kind: z.enum(["cppi", "tipp"]),
    wealth: z.number().positive(),
    floor: z.number().nonnegative().describe("worth to keep; tipp: the first floor"),
    multiple: z.number().positive().max(1000).default(3),
    cap: z.number().nonnegative().max(1000).default(1).describe("exposure at most this part of wealth"),
    rate: yearlyRate.default(0).describe("of cash, a year"),
    ratchet: z.number().min(0).max(1).default(0.9).describe("tipp: part of the highest wealth that becomes the floor"),
    drift: z
      .number()
      .min(0)
      .max(10)
      .default(0)
      .describe("trade only when exposure is this part of wealth off; 0: always"),
    steps: z.int().min(1).max(5000).default(365),
    paths: z.int().min(1).max(100_000).default(2000),
    seed,
    growth: yearlyRate.default(0).describe("expected growth of the price a year"),
    volatility: yearlyVolatility.optional().describe("of the paths; default: the smile's at the spot price"),
    jumps: jumps.optional(),
    gapProbability: z.number().gt(0).lt(1).optional().describe("the largest multiple that keeps to it is said"),
  }),
]);

export const hedgingRule = z.union([
  z.strictObject({ kind: z.literal("time"), steps: z.int().min(1).max(10_000).describe("every so many steps") }),
  z.strictObject({ kind: z.literal("band"), width: z.number().positive().describe("half-width, units of underlying") }),
  z.strictObject({
    kind: z.literal("move"),
    move: z.number().positive().describe("relative price move since the last trade"),
  }),
  z.strictObject({
    kind: z.literal("whalley-wilmott"),
    riskAversion: z.number().positive().describe("per quote currency"),
  }),
  z.strictObject({ kind: z.literal("zakamouline"), riskAversion: z.number().positive() }),
]);

/** What rules of delta hedging did, and the bands at the start. */
export interface HedgingBands {
  readonly outcomes: readonly RuleOutcome[];
  /** Of the option now, held or written as asked; for the risk aversion of the request. */
  readonly now: {
    readonly delta: number;
    readonly gamma: number;
    readonly premium: number;
    readonly whalleyWilmott: { readonly halfWidth: number; readonly lower: number; readonly upper: number };
    readonly zakamouline: { readonly centre: number; readonly lower: number; readonly upper: number };
  };
  readonly paths: number;
  readonly seed: number;
  readonly steps: number;
  readonly notes: readonly string[];
}

/** Hedges, insurance and rebalancing. */
export const hedgeOperations = {
  "hedge.propose": job<HedgeProposal>()(
    "Cheapest margin relief: trades that lower a requirement the most for their cost, in any size and in lots, with the margin recomputed",
    marginRequest.extend({
      candidates: hedgeCandidates.prefault({ from: "book" }),
      requirement: z.enum(["initial", "maintenance"]).default("initial"),
      objective: hedgeObjective.default({ kind: "funding", capitalRate: 0.1, horizonDays: 30 }),
      costs: hedgeCosts.prefault({}),
      limits: z.array(hedgeLimit).max(50).default([]),
      cashUsd: z.number().optional().describe("net premium at most this; default: not limited"),
      budgetUsd: usd.optional().describe("cost at most this"),
      lots: z.boolean().default(true).describe("also the best plan in whole lots"),
      rounds: z
        .int()
        .min(1)
        .max(30)
        .default(8)
        .describe("programmes, at most: charges that are not linear are stated anew in each"),
      seconds: z.number().gt(0).max(60).default(10).describe("time limit of each whole-lot search"),
      funding: z
        .array(z.strictObject({ symbol: z.string().min(1), ratePerDay: z.number() }))
        .max(200)
        .default([])
        .describe("perpetuals: paid by longs to shorts, fraction of notional a day"),
      methods: z.array(comparisonColumn).max(20).default([]).describe("other methods: margins before and after"),
      stress: stressScenarioChoice
        .optional()
        .describe("scenarios of the library: profit before and after, and what bounds on stress loss hold in"),
    }),
  ),
  "hedge.unwind": job<UnwindPlan>()(
    "Order in which to close a book under stress: most margin released soonest, net of cost, within a share of each day's volume",
    marginRequest.extend({
      requirement: z.enum(["initial", "maintenance"]).default("initial"),
      days: z.int().min(1).max(60).default(5),
      participation: z.number().gt(0).max(1).default(0.1).describe("share of each day's volume that may be traded"),
      volumes: z
        .array(z.strictObject({ symbol: z.string().min(1), dailyVolume: z.number().positive() }))
        .max(5000)
        .default([])
        .describe(
          "units of quantity traded in a day; default: the market's volume, else ten times the position, marked",
        ),
      impactCoefficient: z.number().nonnegative().default(1).describe("Y of the square-root impact"),
      volatility: z
        .number()
        .positive()
        .default(0.6)
        .describe("of contracts without one of their own, fraction per √year; for the impact"),
      costs: hedgeCosts.prefault({}),
      marginWeight: z
        .number()
        .nonnegative()
        .default(1)
        .describe("worth of one USD of margin released for a day, USD; what a plan may cost"),
      budgetUsd: usd.optional().describe("cost of all trades at most this"),
      stress: stressScenarioChoice.optional().describe("scenarios of the library: the worst of each day is told"),
      seconds: z.number().gt(0).max(60).default(10),
    }),
  ),
  "hedge.insure": job<Insurance>()(
    "Insurance of a holding: protective put, collar (at no cost), option-based, constant-proportion and ratcheted floors",
    z.strictObject({ terms: insuranceTerms, strategy: insuranceStrategy }),
  ),
  "hedge.bands": job<HedgingBands>()(
    "Rules of delta hedging on the same drawn paths: mean cost against the deviation of the hedging error",
    z
      .strictObject({
        spot: z.number().positive(),
        strike: z.number().positive(),
        years: z.number().positive().max(30),
        rate: yearlyRate.default(0),
        volatility: yearlyVolatility.describe("the hedger prices with"),
        isCall: z.boolean().default(true),
        long: z.boolean().default(false).describe("the option is held, not written"),
        proportionalCost: z.number().min(0).max(0.5).describe("of what is traded: 0.001 is 10 basis points"),
        riskAversion: z.number().positive().default(1).describe("of the bands shown for now, per quote currency"),
        realisedVolatility: yearlyVolatility.optional().describe("of the paths; default: `volatility`"),
        growth: yearlyRate.default(0),
        jumps: jumps.optional(),
        steps: z.int().min(1).max(2000).default(100),
        paths: z.int().min(2).max(50_000).default(2000),
        seed,
        rules: z.array(hedgingRule).min(1).max(40).optional().describe("default: several of each kind"),
      })
      .refine(({ steps, paths, rules }) => steps * paths * (rules?.length ?? 12) <= 2e8, {
        path: ["paths"],
        message: "steps × paths × rules must be at most 200 million",
      }),
  ),
} as const;
