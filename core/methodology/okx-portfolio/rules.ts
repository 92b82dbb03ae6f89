import { z } from "zod";

const rate = z.number().nonnegative();

/** Parameters by group of coins: the first group that names the coin, or `*`, holds. */
const byGroup = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.record(
    z.string().regex(/^[a-z]+$/),
    z.strictObject({
      coins: z.array(z.string().min(1)).min(1).describe("coins of the group; * is every coin no earlier group names"),
      ...shape,
    }),
  );

const upTo = z
  .number()
  .positive()
  .optional()
  .describe("upper bound, which belongs to the tier; the last tier has none");

export const rules = z.strictObject({
  riskUnit: z
    .enum(["coin", "settlement-family"])
    .describe("coin: one unit for everything on a coin; settlement-family: BTC-USD, BTC-USDT and BTC-USDC apart"),
  spotOffset: z
    .enum(["none", "USD", "USDT", "USDC", "every-unit"])
    .describe("the family spot is used in; every-unit where a coin has one unit; the user's own choice before 2025"),
  initialFactor: z.number().min(1).describe("initial margin of a unit as a multiple of its maintenance margin"),
  minimumEquity: rate.describe("equity an account needs for portfolio margin, USD"),
  mr1: z.strictObject({
    groups: byGroup({ moves: z.array(z.number().positive().lt(1)).length(3).describe("price moves, both ways") }),
    volatility: z.strictObject({
      byDays: z
        .array(
          z.strictObject({
            days: rate.describe("days to expiry"),
            points: rate.describe("change in volatility points / 100"),
            percent: rate.lt(1).describe("change as a fraction of the volatility"),
          }),
        )
        .min(1)
        .describe("linear between the days, flat outside them"),
      floor: rate.describe("least volatility after a shock"),
    }),
  }),
  mr2: z.strictObject({ days: rate.describe("days that pass") }),
  mr4: z.strictObject({
    buckets: z.enum(["dated", "all"]).describe("all: perpetuals and spot in use are buckets too"),
    forwardMove: byGroup({ rate: rate.describe("fraction of the cash delta of each bucket") }),
    calendar: z.discriminatedUnion("formula", [
      z.strictObject({
        formula: z.literal("basis-move"),
        groups: byGroup({ basisMove: rate.describe("fraction of cash delta × basis of each dated bucket") }),
      }),
      z.strictObject({
        formula: z.literal("annualized"),
        groups: byGroup({ annualizedMove: rate.describe("fraction a year between hedged expiries") }),
      }),
    ]),
  }),
  mr6: z.strictObject({
    factor: rate.describe("share of the extreme loss that is charged"),
    groups: byGroup({ move: z.number().positive().lt(1).describe("extreme price move, both ways") }),
  }),
  mr7: z.strictObject({
    linear: byGroup({ rate: rate.describe("slippage and fee, fraction of the cash delta of futures and perpetuals") }),
    option: z.strictObject({
      slippage: rate.describe("coin per coin of option; long options at most their mark"),
      fee: rate.describe("coin per coin of option"),
    }),
    scaling: byGroup({
      tiers: z
        .array(z.strictObject({ upTo, multiplier: rate }))
        .min(1)
        .describe("of the raw cost, USD"),
    }),
  }),
  mr8: z.strictObject({
    groups: byGroup({
      tiers: z
        .array(z.strictObject({ upTo, maintenance: rate, initial: rate }))
        .min(1)
        .describe("of the liability in coin; the whole liability at the rates of its tier"),
    }),
    liquidationFee: rate.describe("fraction of the liability added to the requirement in the margin ratio"),
  }),
  mr9: z
    .strictObject({
      prices: z.array(z.number().positive()).min(1).describe("index prices of the pair, ascending"),
      brackets: z
        .array(
          z.strictObject({ upTo, factors: z.array(rate).min(1).describe("one for each price; linear between them") }),
        )
        .min(1)
        .describe("of the hedged volume, USD"),
    })
    .optional()
    .describe("hedges between USDT, USDC and USD; only with merged units"),
  collateral: byGroup({
    tiers: z
      .array(z.strictObject({ upTo, rate: z.number().min(0).max(1) }))
      .min(1)
      .describe("share of the value that counts, slice by slice of the coins held"),
  }),
});

export type OkxRules = z.output<typeof rules>;

/** Finds the group of a coin with its key, so that a line can point at the parameter. */
export function groupOf<Group extends { readonly coins: readonly string[] }>(
  groups: Readonly<Record<string, Group>>,
  coin: string,
): { readonly key: string; readonly group: Group } | undefined {
  const found = Object.entries(groups).find(([, { coins }]) => coins.includes(coin) || coins.includes("*"));
  return found && { key: found[0], group: found[1] };
}
