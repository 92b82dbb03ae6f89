import { z } from "zod";

const rate = z.number().nonnegative();

/** Parameters both portfolio margins have, with the bounds the contracts set. */
export const volatilityShockRules = {
  rangeUp: rate.describe("volatility up at the reference days, fraction of it; 0.5 is 50 % up"),
  rangeDown: rate.describe("volatility down at the reference days, fraction of it; ≥ 0"),
  referenceDays: z.number().positive().describe("days to expiry at which the ranges hold as printed"),
  shortTermPower: rate.describe("power of reference days ÷ days up to the reference days"),
  longTermPower: rate.describe("power of reference days ÷ days beyond them"),
  floorDays: rate.describe("days to expiry count at least this many"),
};

export const basisRules = z.strictObject({
  forwardUp: z.number().positive().lt(2).describe("relative move of the forward in the basis test, up"),
  forwardDown: z.number().gt(-1).max(0).describe("relative move of the forward in the basis test, down; ≤ 0"),
  addFactor: rate.describe("share of the loss that counts"),
  multFactor: rate.describe("added share per year to expiry"),
});

export const averagingSeconds = z
  .number()
  .positive()
  .describe("settlement average before expiry, seconds: inside it only part of the forward still moves");

export const priceMove = z.number().gt(-1).describe("relative move of spot and forwards; -0.18 is 18 % down");

export type VolatilityShockRules = { readonly [Name in keyof typeof volatilityShockRules]: number };
export type BasisRules = z.output<typeof basisRules>;
