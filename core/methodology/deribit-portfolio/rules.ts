import { z } from "zod";
import { currencyRules, generalRules, pairRules } from "../parts/extended-risk-matrix-rules.ts";

export const portfolioRules = z.strictObject({
  general: generalRules,
  pairs: z.record(z.string().regex(/^[a-z0-9]+_usd$/), pairRules).describe("by currency pair, e.g. btc_usd"),
  currencies: z.record(z.string().regex(/^[a-z0-9]+$/), currencyRules).describe("by currency, e.g. btc, usd"),
});

export type PortfolioRules = z.output<typeof portfolioRules>;
