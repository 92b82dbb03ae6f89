import { z } from "zod";
import { averagingSeconds, basisRules, priceMove, volatilityShockRules } from "../parts/derive-rules.ts";

const rate = z.number().nonnegative();

export const rules = z.strictObject({
  markets: z.array(z.string()).min(1).describe("underlyings that have this margin"),
  averagingSeconds,
  volatilityShock: z.strictObject(volatilityShockRules),
  initialFactor: rate.describe("factor on loss and contingencies for initial margin"),
  staticDiscount: z.strictObject({
    base: rate.describe("factor on a positive expiry value before its time part"),
    rateMultiplier: rate.describe("interest rates that the time part counts"),
    rateAdd: rate.describe("fraction per year added to them"),
  }),
  basis: basisRules,
  contingency: z.strictObject({
    pegThreshold: rate.describe("price of the cash currency below which the initial factor rises, USD"),
    pegFactor: rate.describe("rise of the initial factor per dollar below it"),
    confidenceThreshold: z.number().min(0).max(1).describe("feeds less sure than this deduct from initial margin"),
    confidenceFactor: rate.describe("factor of that deduction"),
    base: rate.describe("rate on the coin held, fraction of its spot value"),
    perp: rate.describe("rate on the perpetual, fraction of its size at spot"),
    option: rate.describe("rate on naked short options, fraction of their size at spot"),
  }),
  scenarios: z
    .array(z.strictObject({ priceMove, volatility: z.enum(["up", "none", "down"]) }))
    .min(1)
    .max(40),
});

export type PortfolioOneRules = z.output<typeof rules>;
