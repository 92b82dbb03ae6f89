import { z } from "zod";
import { query } from "../operation.ts";
import type { OptionValuation } from "../option-valuation.ts";
import { scenario } from "../scenario-schema.ts";

const optionTerms = z.strictObject({
  forward: z.number().positive().describe("F, quote currency"),
  strike: z.number().positive().describe("K, same unit as F"),
  years: z.number().nonnegative().describe("time to expiry, actual/365"),
  optionType: z.enum(["call", "put"]),
  payoff: z.enum(["linear", "inverse"]).default("linear").describe("inverse: value in coin = Black / F"),
  rate: z.number().default(0).describe("continuously compounded; 0 for the crypto venues"),
});

/** A perpetual without arbitrage: members as in `PerpetualTerms` of the stage pricing. */
const perpetualTerms = z
  .strictObject({
    payoff: z.enum(["linear", "inverse"]).default("linear"),
    fundingOn: z
      .enum(["previous", "current", "continuous"])
      .describe("spot price that funding refers to: of the period's start, of its end, or paid all the time"),
    periodYears: z.number().nonnegative().default(0).describe("length of a funding period; not used when continuous"),
    spot: z.number().positive().describe("quote currency"),
    rate: z.number().default(0).describe("of the quote currency, continuously compounded"),
    yieldRate: z.number().default(0).describe("of the underlying, continuously compounded"),
    strength: z.number().positive().describe("κ, per funding period; per year when continuous"),
    interest: z.number().default(0).describe("ι, same unit; below κ"),
  })
  .refine(({ fundingOn, periodYears }) => fundingOn === "continuous" || periodYears > 0, {
    path: ["periodYears"],
    message: "must be above 0 unless funding is continuous",
  })
  .refine(({ strength, interest }) => interest < strength, { path: ["interest"], message: "must be below strength" });

export interface ImpliedVolatility {
  readonly volatility: number;
  /** `time-value-lost`: the price holds too little time value to fix the volatility to machine accuracy. */
  readonly status: "ok" | "intrinsic" | "time-value-lost";
}

export interface UnitPnlTable {
  readonly instruments: readonly string[];
  readonly scenarios: readonly string[];
  /** Instrument-major, settlement currency per unit. */
  readonly values: Float64Array;
  readonly kernel: string;
}

/** Values of single contracts. */
export const priceOperations = {
  "price.option": query<OptionValuation>()(
    "Value and greeks of a European option (Black-76; inverse: in coin)",
    optionTerms.extend({ volatility: z.number().nonnegative().describe("fraction per √year") }),
  ),
  "price.implied-volatility": query<ImpliedVolatility>()(
    "Volatility that a European option's price implies",
    optionTerms.extend({ price: z.number().nonnegative().describe("quote currency; coin when inverse") }),
  ),
  "price.bachelier": query<{ value: number; delta: number; gamma: number; vega: number }>()(
    "Value and greeks in the normal model; forward and strike may be negative",
    z.strictObject({
      forward: z.number(),
      strike: z.number(),
      years: z.number().nonnegative(),
      volatility: z.number().nonnegative().describe("price units per √year"),
      optionType: z.enum(["call", "put"]),
      rate: z.number().default(0),
    }),
  ),
  "price.perpetual": query<{ price: number }>()("Fair price of a perpetual future with funding", perpetualTerms),
  "scenario.cube": query<UnitPnlTable>()(
    "Profit of one unit of each option in each scenario",
    z.strictObject({
      options: z
        .array(optionTerms.extend({ volatility: z.number().nonnegative() }))
        .min(1)
        .max(10_000),
      scenarios: z.array(scenario).min(1).max(10_000),
    }),
  ),
} as const;
