import { z } from "zod";

const rate = z.number().nonnegative();

const optionContingency = z.discriminatedUnion("formula", [
  z.strictObject({
    formula: z.literal("all-options"),
    rate: rate.describe("coin per option held, long or short"),
  }),
  z.strictObject({
    formula: z.literal("net-short-per-strike"),
    rate: rate.describe("coin per option net short at a strike"),
    netOver: z
      .enum(["strike", "strike-and-expiry"])
      .describe("which options are netted: all of a strike, or those of a strike and expiry"),
  }),
  z.strictObject({
    formula: z.literal("net-short-near-the-money"),
    rate: rate.describe("coin per option net short at a strike, after adjustment"),
    netOver: z.enum(["strike", "strike-and-expiry"]).describe("which options are netted"),
    range: z
      .number()
      .positive()
      .describe("distance from the money, fraction of the index, inside which a strike counts in part"),
    rolling: z
      .enum(["none", "further-out"])
      .describe("whether net shorts are offset by longs further out of the money; none is the upper bound"),
  }),
]);

const futuresContingency = z.discriminatedUnion("formula", [
  z.strictObject({
    formula: z.literal("offset"),
    rate: rate.describe("fraction of offset futures: the smaller of total longs and total shorts"),
  }),
  z.strictObject({
    formula: z.literal("cumulative"),
    rate: rate.describe("fraction of the cumulative absolute futures position"),
  }),
]);

export const rules = z.strictObject({
  priceMoves: z.array(z.number().gt(-1)).min(2).describe("price columns of the matrix, relative moves, ascending"),
  volatility: z.strictObject({
    mode: z
      .enum(["relative", "absolute"])
      .describe("relative: the change is a fraction of the volatility; absolute: it is in volatility points / 100"),
    up: rate.describe("change upward at the reference days; 0.45 is 45 %"),
    down: rate.describe("change downward at the reference days"),
    referenceDays: z.number().positive().describe("days to expiry at which the change is as stated"),
    shortPower: z.number().describe("power of (reference days / days) below the reference days"),
    longPower: z.number().describe("the same from the reference days on"),
    minimumDays: rate.describe("days to expiry below which the change grows no further"),
  }),
  options: optionContingency,
  futures: futuresContingency,
  offsetVegaShare: rate.describe("fraction of vega profit and loss offset between expiries"),
  initialFactor: z.number().min(1).describe("initial margin as a multiple of maintenance margin"),
  minimumEquity: rate.describe("equity an account needs to use this model, coin; 0 where none is stated"),
  marginBalance: z
    .enum(["equity", "equity-less-options"])
    .describe("what the requirement is compared with; equity from 2022-12-08"),
});

export type LegacyRules = z.output<typeof rules>;
