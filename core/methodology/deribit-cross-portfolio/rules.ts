import { z } from "zod";
import { currencyRules, generalRules, pairRules } from "../parts/extended-risk-matrix-rules.ts";

const collateralRules = z.strictObject({
  haircut: z.number().min(0).max(1).describe("share of positive equity that raises the initial margin"),
  equityImpact: z
    .enum(["both", "rising", "none"])
    .describe("equity_side_impact: whether equity moves with the matrix: always, at rising prices only, never"),
  countsAs: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .optional()
    .describe("currency whose matrix the equity joins; default its own"),
});

export const crossPortfolioRules = z.strictObject({
  general: generalRules,
  pairs: z.record(z.string().regex(/^[a-z0-9]+_usd$/), pairRules).describe("by currency pair, e.g. btc_usd"),
  currencies: z.record(z.string().regex(/^[a-z0-9]+$/), currencyRules).describe("by currency, e.g. btc, usd"),
  collateral: z.record(z.string().regex(/^[a-z0-9]+$/), collateralRules).describe("by currency of the balance"),
});

export type CrossPortfolioRules = z.output<typeof crossPortfolioRules>;
export type CollateralRules = z.output<typeof collateralRules>;
