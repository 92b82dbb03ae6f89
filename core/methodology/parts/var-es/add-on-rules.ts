import { z } from "zod";

const fraction = z.number().min(0).max(1);

const market = z.strictObject({
  dailyVolume: z.number().positive().describe("average daily volume, units of the underlying, all maturities"),
  halfSpread: fraction.describe("half the bid-ask spread of the price, fraction"),
  halfSpreadVolatility: fraction.describe("half the bid-ask spread of option volatility, fraction per √year"),
});

const liquidity = z.strictObject({
  method: z
    .enum(["none", "block", "unwind"])
    .describe("none; sale in one block at the end of the liquidation; even sale over it"),
  participation: z.number().gt(0).max(1).describe("share of daily volume that can be traded without moving the price"),
  spreadShare: z.number().min(0).max(10).describe("share of the half spread that is charged"),
  markets: z.record(z.string(), market).describe("by underlying"),
  other: market.describe("underlyings that are not listed"),
});

const concentration = z.strictObject({
  weight: z.number().min(0).max(10).describe("times the schedule; 0: none"),
  schedule: z
    .array(z.strictObject({ days: z.number().min(0), rate: z.number().min(0) }))
    .refine(
      (points) =>
        points.every(
          ({ days, rate }, i) => i === 0 || (days > (points[i - 1]?.days ?? 0) && rate >= (points[i - 1]?.rate ?? 0)),
        ),
      "expected days that rise and rates that never fall",
    )
    .refine((points) => points.length !== 1, "expected no point or at least two")
    .describe(
      "share of the underlying's own margin by days to liquidate: linear between, the last slope beyond; empty: none",
    ),
});

const dependence = z.strictObject({
  weight: fraction.describe("share of what stressed dependence adds to the measure; 0: none"),
  confidence: z.number().gt(0.5).lt(1).describe("confidence of the stressed measures"),
  shuffles: z.int().min(1).max(100).describe("independent orders averaged for zero dependence"),
  seed: z.int().min(0).max(4_294_967_295).describe("start of the generator of these orders"),
  factors: z.int().min(1).max(100).describe("largest underlyings that move against the book together"),
});

const wrongWay = z.strictObject({
  share: fraction.describe("share of what coins held as collateral add to the joint measure; 0: none"),
  haircut: fraction.describe("haircut that already covers the price risk of those coins"),
});

/** Charges beside the model margin; their forms are this product's own and adjustable. */
export const addOnRules = z.strictObject({
  liquidity: liquidity.default({
    ...{ method: "none", participation: 1, spreadShare: 0, markets: {} },
    other: { dailyVolume: 1, halfSpread: 0, halfSpreadVolatility: 0 },
  }),
  concentration: concentration.default({ weight: 0, schedule: [] }),
  dependence: dependence.default({ weight: 0, confidence: 0.99, shuffles: 1, seed: 0, factors: 1 }),
  wrongWay: wrongWay.default({ share: 0, haircut: 0 }),
});

export type LiquidityMarket = z.output<typeof market>;
