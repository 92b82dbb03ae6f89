import { z } from "zod";
import {
  type CandidateRanking,
  candidateMeasures,
  type ExecutionSteps,
  limitMeasures,
  type TicketSize,
  type WhatIfResult,
  type WhatIfStressResult,
} from "../../analysis/index.ts";
import { command, job, query } from "../operation.ts";
import { scenario } from "../scenario-schema.ts";
import { comparisonColumn, leg, marginRequest, portfolioSource, source } from "../schema.ts";
import type { StoredSummary } from "./stored.ts";
import { stressScenarioChoice } from "./stress.ts";

export const whatIfLimit = z.strictObject({
  measure: z
    .enum(limitMeasures)
    .describe(
      "available, headroom, call-room and theta at least the bound; everything else at most; greeks either sign",
    ),
  bound: z.number().describe("USD; a fraction for shares"),
  underlying: z.string().min(1).max(100).optional().describe("of greeks and gross notional: this one alone"),
  methodology: z.string().min(1).max(100).optional().describe("default: every method of the request"),
  label: z.string().min(1).max(200).optional(),
});

/** Scenarios of price and volatility in which profit is compared; the sides' own requirement does not depend on them. */
const stressScenarios = z
  .array(scenario)
  .max(60)
  .default([])
  .describe("scenarios of all underlyings whose worst loss is compared");

const columns = z.array(comparisonColumn).min(1).max(60);
const limits = z.array(whatIfLimit).max(200);

/** A ticket under one or several methods. */
export const whatIfRequest = marginRequest.omit({ methodology: true, rules: true, overrides: true }).extend({
  columns: columns.describe("methods, rule versions or parameter sets"),
  map: z.boolean().default(false).describe("hold the book in the instruments of each method's venue"),
  scenarios: stressScenarios,
  stress: stressScenarioChoice
    .optional()
    .describe("scenarios of the library whose losses are compared as well, and count for limits of stress loss"),
  limits: limits.default([]),
});

const sized = whatIfRequest.omit({ limits: true }).extend({
  legs: z.array(leg).min(1).max(100).describe("one lot of the ticket"),
  limits: limits.min(1).describe("what the size must keep, under every column"),
  mostLots: z.int().min(1).max(10_000_000).default(1000).describe("largest number of lots looked at"),
});

const costs = {
  feeBps: z.number().min(0).max(1000).default(3).describe("of notional, each unit traded; 1 is 0.01 %"),
  halfSpreadBps: z.number().min(0).max(10_000).default(5).describe("of notional, where the market has no bid and ask"),
};

const candidateTickets = z.union([
  z.strictObject({
    from: z.literal("tickets"),
    tickets: z
      .array(z.strictObject({ label: z.string().min(1).max(200), legs: z.array(leg).min(1).max(100) }))
      .min(1)
      .max(2000),
  }),
  z.strictObject({
    from: z.literal("market"),
    kinds: z
      .array(z.enum(["future", "perpetual", "option", "spot", "stock"]))
      .min(1)
      .default(["future", "perpetual", "option"]),
    underlyings: z.array(z.string().min(1)).min(1).max(100).optional().describe("default: those of the book"),
    moneyness: z
      .number()
      .positive()
      .max(10)
      .default(0.2)
      .describe("options with a strike at most this far from the index"),
    fromDays: z.number().min(0).default(0),
    toDays: z.number().positive().default(100),
    sides: z.enum(["both", "buy", "sell"]).default("both"),
    notionalUsd: z.number().positive().default(100_000).describe("size of every candidate, at the index"),
    most: z.int().min(1).max(500).default(60).describe("contracts, nearest to the money first"),
  }),
]);

export const candidatesRequest = marginRequest.extend({
  candidates: candidateTickets.prefault({ from: "market" }),
  measure: z.enum(candidateMeasures).default("margin-relief").describe("what they are ranked by; more is better"),
  most: z.int().min(1).max(1000).default(50).describe("of the ranking"),
  scenarios: stressScenarios,
  stress: stressScenarioChoice
    .optional()
    .describe("scenarios of the library that count for the relief of the worst stress as well"),
  ...costs,
});

export const stepsRequest = marginRequest.extend({
  legs: z.array(leg).min(1).max(40),
  order: z.array(z.int().min(0)).max(40).optional().describe("places of the legs; default: as they stand"),
  slices: z.int().min(1).max(50).default(1).describe("equal parts each leg is traded in"),
});

export const algebraRequest = z.strictObject({
  terms: z
    .array(
      z.strictObject({
        portfolio: portfolioSource,
        times: z.number().default(1).describe("1 adds, -1 subtracts, 0.5 is half of it"),
        accounts: z.array(z.string().min(1)).min(1).max(1000).optional().describe("positions of these only"),
      }),
    )
    .min(1)
    .max(20),
  name: z.string().min(1).max(200),
  positions: z.enum(["net", "gross"]).default("net").describe("net: one position for each instrument and account"),
  mergeAccounts: z.boolean().default(false),
  balances: z.enum(["scale", "first", "none"]).default("scale").describe("scale: equity × times, added by currency"),
});

/** A portfolio made by algebra: what it holds, and where it was stored. */
export interface AlgebraOutcome {
  readonly name: string;
  readonly venue: string;
  readonly positions: readonly {
    readonly symbol: string;
    readonly quantity: number;
    readonly quantityUnit: string;
    readonly account?: string;
  }[];
  readonly count: number;
  readonly balances: readonly { readonly currency: string; readonly equity: number }[];
  readonly notes: readonly string[];
  /** Where it was stored; absent for a preview. */
  readonly saved?: StoredSummary;
}

/** A contract that can be traded at a market. */
export interface MarketInstrument {
  readonly symbol: string;
  readonly venue: string;
  readonly underlying: string;
  readonly kind: "spot" | "future" | "perpetual" | "option" | "stock";
  readonly quote: string;
  readonly settlement: string;
  readonly quantityUnit: string;
  readonly expiryMs?: number;
  readonly strike?: number;
  readonly optionType?: "call" | "put";
  readonly contractSize?: number;
  readonly mark?: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly volatility?: number;
}

export interface InstrumentSearch {
  readonly found: readonly MarketInstrument[];
  readonly of: number;
  readonly underlyings: readonly string[];
}

/** What a trade would change, before it is one. No order is sent anywhere. */
export const whatIfOperations = {
  "what-if.run": job<WhatIfResult>()(
    "Legs added to a book: before, after and change under several methods, greeks, scenarios, worst points and limits",
    whatIfRequest,
  ),
  "what-if.stress": job<WhatIfStressResult>()(
    "A ticket in scenarios of stress sets under several methods: loss, margin recomputed under stress and calls, before and after",
    whatIfRequest.omit({ scenarios: true, limits: true }).extend({ stress: stressScenarioChoice }),
  ),
  "what-if.size": job<TicketSize>()(
    "Largest size of a ticket that keeps margin budgets and limits, exact to the lot, in both directions",
    sized,
  ),
  "what-if.candidates": job<CandidateRanking>()(
    "Many tickets against one book, ranked by margin relief or relief for what they cost",
    candidatesRequest,
  ),
  "what-if.steps": job<ExecutionSteps>()(
    "Margin at each step of execution, its peak, and the orders of the legs with the lowest and highest peak",
    stepsRequest,
  ),
  "what-if.algebra": job<AlgebraOutcome>()(
    "A portfolio made of others: added, subtracted, scaled, accounts merged, gross or net",
    algebraRequest,
  ),
  "what-if.save-algebra": command<AlgebraOutcome>()("Make a portfolio of others and store it", algebraRequest),
  "what-if.save": command<StoredSummary>()(
    "Store a book with its legs as a new portfolio",
    marginRequest
      .pick({ portfolio: true, market: true, parameterFile: true, edits: true, legs: true })
      .extend({ name: z.string().min(1).max(200) }),
  ),
  "what-if.instruments": query<InstrumentSearch>()(
    "Contracts of a market whose symbol contains every word",
    z.strictObject({
      market: source,
      words: z.string().max(200).default(""),
      most: z.int().min(1).max(1000).default(50),
    }),
  ),
} as const;
