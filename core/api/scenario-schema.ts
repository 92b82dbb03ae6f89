import { z } from "zod";

/** Scenarios as several operations take them. */

const byDays = z
  .array(z.strictObject({ days: z.number().nonnegative(), factor: z.number() }))
  .min(1)
  .max(1000);

const volatilityShock = z
  .strictObject({
    change: z.number(),
    mode: z.enum(["relative", "absolute"]),
    tenor: z
      .strictObject({
        referenceDays: z.number().positive(),
        shortPower: z.number(),
        longPower: z.number(),
        minimumDays: z.number().nonnegative(),
        wholeDays: z.literal(true).optional(),
        powerByActualDays: z.literal(true).optional(),
      })
      .optional(),
    floor: z.number().nonnegative().optional().describe("least volatility after the shock"),
    startFloor: z.number().nonnegative().optional().describe("least volatility before the shock"),
    leastChange: z.number().optional().describe("least of the change at any time to expiry"),
    byDays: byDays
      .optional()
      .describe("factor of the change by days to expiry, linear between; instead of tenor and byDelta"),
    byDelta: z
      .array(z.strictObject({ delta: z.number().min(0).max(1), byDays }))
      .min(1)
      .max(100)
      .optional()
      .describe("tables by days for several call deltas, linear between; instead of tenor and byDays"),
    rootDays: z.literal(true).optional().describe("tables by days are linear in the root of days"),
  })
  .refine(
    ({ tenor, byDays: table, byDelta }) => [tenor, table, byDelta].filter((part) => part !== undefined).length <= 1,
    "give one of `tenor`, `byDays` and `byDelta`",
  );

export const scenario = z.strictObject({
  id: z.string().min(1),
  label: z.string(),
  priceMove: z.number().gt(-1),
  volatility: volatilityShock.optional(),
  decayDays: z.number().nonnegative().optional().describe("days that pass before the scenario's prices hold"),
  stickiness: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .describe(
      "the smile slides with the price: 0 sticky moneyness, 1 about sticky strike; sticky strike when left out",
    ),
});

export const scenarioSet = z.strictObject({
  id: z.string().min(1),
  repricer: z.enum(["model", "risk-array"]),
  generation: z
    .strictObject({
      points: z
        .array(
          z.strictObject({
            priceFraction: z.number().describe("price move in price scan ranges"),
            volatilityFraction: z.number().describe("volatility move in volatility scan ranges"),
            weight: z.number().min(0).max(1).describe("share of the loss that counts"),
          }),
        )
        .min(1)
        .max(10_000),
      lookAheadYears: z.number().nonnegative(),
      base: z.enum(["theoretical", "settlement"]),
    })
    .optional()
    .describe("of `risk-array` sets: how arrays are made, one point a scenario"),
  underlying: z.string().optional(),
  joint: z.string().min(1).optional().describe("sets of this name are one list of joint scenarios"),
  scenarios: z.array(scenario).min(1).max(10_000),
});
