import { z } from "zod";
import { query } from "../operation.ts";
import type { OptionValuation } from "../option-valuation.ts";
import { optionTerms, perpetualTerms, scenario } from "../schema.ts";

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
