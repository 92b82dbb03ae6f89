import { z } from "zod";
import type { HedgeProposal } from "../../analysis/index.ts";
import { job } from "../operation.ts";
import { comparisonColumn, marginRequest } from "../schema.ts";

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
    })
    .refine(
      ({ marginUsd, marginRatio, headroomUsd }) => [marginUsd, marginRatio, headroomUsd].some((at) => at !== undefined),
      "needs `marginUsd`, `marginRatio` or `headroomUsd`",
    ),
]);

export const hedgeLimit = z.strictObject({
  measure: z
    .enum(["delta", "vega"])
    .describe("of the book after the hedge; delta: USD at the index, vega: USD a volatility point"),
  underlying: z.string().min(1).optional().describe("of this alone; default: the sum over all"),
  most: usd.describe("of its amount, either sign"),
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
    }),
  ),
} as const;
