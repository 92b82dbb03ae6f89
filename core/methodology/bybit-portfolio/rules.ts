import { z } from "zod";

const fraction = z.number().nonnegative();

const unitRules = z.strictObject({
  priceRange: z.number().positive().lt(1).describe("edge of the price grid, relative move; 0.1 is 10 %"),
  movesPerSide: z.int().min(1).max(50).describe("price moves on each side of zero, evenly spaced, count"),
  volatilityUp: fraction.describe("relative rise of volatility at the reference tenor; 0.24 is 24 %"),
  volatilityDown: z.number().min(0).max(1).describe("relative fall of volatility at the reference tenor"),
  referenceDays: z.number().positive().describe("tenor at which the volatility shock counts in full, days"),
  tenorPower: fraction.describe("power of reference days ÷ whole days to expiry"),
  initialFactor: z.number().min(1).describe("initial margin ÷ maintenance margin of the risk unit, times"),
  futureContingency: fraction.describe("share of the value at the index of perpetuals and futures, long or short"),
  optionContingency: fraction.describe("share of the value at the index of net short options of one strike and type"),
  vegaContingency: fraction.describe("per day between expiries: share of the value at the index of paired options"),
  deltaContingency: fraction.describe("per year between expiries: share of the value at the index of paired delta"),
});

export const rules = z.strictObject({
  units: z
    .record(z.string(), unitRules)
    .describe("parameters by coin of the risk unit; `other` holds for coins without an entry"),
  spotHedge: z.strictObject({
    size: z
      .enum(["offsetting", "held"])
      .describe("spot counted: what offsets the delta of the derivatives, or all that is held"),
    direction: z.enum(["both", "gains-only"]).describe("whether losses of hedging spot count or only its gains"),
  }),
  haircuts: z
    .record(z.string(), z.number().min(0).max(1))
    .describe("currency -> share of a positive equity that does not count as margin balance"),
});

export type BybitRules = z.output<typeof rules>;
export type UnitRules = BybitRules["units"][string];

/** Parameters of a coin and the key they stand under; `undefined` when the rules have neither the coin nor `other`. */
export function unitRulesOf(
  { units }: BybitRules,
  coin: string,
): { readonly key: string; readonly rules: UnitRules } | undefined {
  const key = Object.hasOwn(units, coin) ? coin : "other";
  const found = Object.hasOwn(units, key) ? units[key] : undefined;
  return found === undefined ? undefined : { key, rules: found };
}

/** Kinds of components of the whole account, by what they raise. */
export const statedKinds = {
  orders: ["open-orders", "spot-orders"],
  initial: ["borrowing-initial", "other-initial"],
  maintenance: ["borrowing-maintenance", "other-maintenance"],
} as const;

/** Share of a positive equity in a currency that does not count; `undefined` where the rules have none. */
export function haircutOf({ haircuts }: BybitRules, currency: string): number | undefined {
  return Object.hasOwn(haircuts, currency) ? haircuts[currency] : undefined;
}
