import { z } from "zod";
import type { Instrument } from "../../instrument/index.ts";

const rate = z.number().nonnegative();
const positive = z.number().positive();

const baseAndSlope = z.strictObject({
  formula: z.literal("base-and-slope"),
  initialBase: rate.describe("initial margin of a very small position, fraction of its size; 0.02 is 2 %"),
  maintenanceBase: rate.describe("maintenance margin of a very small position, fraction of its size"),
  slopePerUnit: rate.describe(
    "added to both rates per unit of underlying held, fraction; applies to the whole position",
  ),
});

const leverageTiers = z
  .strictObject({
    formula: z.literal("leverage-tiers"),
    highestLeverage: positive.describe("C1: leverage of positions up to flatShare of the largest position"),
    lowestLeverage: positive.describe("C2: leverage from endShare of the largest position on"),
    flatShare: rate.describe("C3: share of the largest position up to which the highest leverage holds, fraction"),
    endShare: positive.describe("C4: share of the largest position from which the lowest leverage holds, fraction"),
    largestPosition: positive.describe("NMax: largest position allowed, units of the underlying"),
    maintenanceShare: rate.describe("maintenance margin as a fraction of initial margin"),
    between: z
      .enum(["linear-in-leverage", "linear-in-rate"])
      .describe("what falls in a straight line between C3 and C4; the venue does not say"),
  })
  .refine((tier) => tier.endShare > tier.flatShare, {
    path: ["endShare"],
    message: "endShare must be above flatShare",
  });

const haircuts = z.record(z.string(), z.number().min(0).max(1));

export const rules = z.strictObject({
  collateral: z
    .enum(["segregated", "cross"])
    .describe("segregated: one account per settlement currency; cross: one account in USD"),
  options: z.strictObject({
    highestFactor: rate.describe("initial factor at the money, fraction of the index"),
    lowestFactor: rate.describe("least initial factor far out of the money, fraction of the index"),
    maintenanceFactor: rate.describe("maintenance factor, fraction of the index"),
    outOfTheMoneyOver: z
      .enum(["index", "forward"])
      .describe(
        "price by which the out-of-the-money amount is measured and divided; older pages use the underlying's mark price",
      ),
  }),
  futures: z
    .record(z.string(), z.discriminatedUnion("formula", [baseAndSlope, leverageTiers]))
    .describe("rates by product: <underlying>-<inverse|linear>-<future|perpetual>, e.g. btc-inverse-perpetual"),
  haircuts: haircuts.describe("cross collateral: currency -> fraction of its equity added to initial margin"),
});

export type StandardRules = z.output<typeof rules>;
export type FuturesRule = StandardRules["futures"][string];
export type LeverageTiers = Extract<FuturesRule, { formula: "leverage-tiers" }>;

/** Key of an instrument's futures rates: `btc-inverse-perpetual`. */
export function productOf({ underlying, payoff, kind }: Instrument): string {
  return `${underlying.toLowerCase()}-${payoff}-${kind}`;
}
