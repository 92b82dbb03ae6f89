import { z } from "zod";
import { averagingSeconds, basisRules, priceMove, volatilityShockRules } from "../parts/derive-rules.ts";

const rate = z.number().nonnegative();
const upTo = (most: number) => z.number().min(0).max(most);

const weight = rate.describe("share of the profit that counts");

/** A skew scenario leaves the price where it is, so it states no move. */
const scenario = z.union([
  z.strictObject({ priceMove, volatility: z.enum(["up", "none", "down"]), weight }),
  z.strictObject({
    volatility: z.enum(["linear", "abs"]).describe("linear: skew turned around the forward; abs: both wings"),
    weight,
  }),
]);

const haircut = z
  .strictObject({
    maintenance: rate.describe("haircut of the maintenance margin, fraction of value"),
    initialAdd: rate.describe("haircut added to it for initial margin, fraction of value"),
  })
  .refine(({ maintenance, initialAdd }) => maintenance + initialAdd <= 1 + 1e-12, {
    path: ["initialAdd"],
    message: "both haircuts together are at most 1",
  });

const set = z.strictObject({
  markets: z.array(z.string()).min(1).describe("underlyings these parameters hold for"),
  volatilityShock: z.strictObject({
    ...volatilityShockRules,
    minShockedVol: upTo(20).describe("least volatility after a shock up, fraction per √year; longs and shorts alike"),
  }),
  lossFactor: z.strictObject({
    initial: rate.describe("factor on the worst loss for initial margin"),
    maintenance: rate.describe("factor on the worst loss for maintenance margin"),
  }),
  staticDiscount: z.strictObject({
    longBase: upTo(4).describe("factor on an expiry worth 0 or more, before its time part"),
    longRateMultiplier: upTo(10).describe("interest rates its time part counts"),
    longRateAdd: upTo(10).describe("fraction per year added to them"),
    shortBase: upTo(4).describe("factor on an expiry worth less than 0, before its time part"),
    shortRateMultiplier: upTo(10).describe("interest rates its time part counts"),
    shortRateAdd: upTo(10).describe("fraction per year added to them"),
  }),
  basis: basisRules,
  contingency: z.strictObject({
    pegThreshold: rate.describe("price of the cash currency below which the initial factor rises, USD"),
    pegFactor: upTo(10).describe("rise of the initial factor per dollar below it"),
    confidenceThreshold: upTo(1).describe("feeds less sure than this deduct from initial margin"),
    confidenceFactor: upTo(20).describe("factor of that deduction"),
    perpMaintenance: upTo(3).describe("rate on the perpetual, fraction of its size at spot"),
    perpInitialAdd: upTo(3).describe("rate added to it for initial margin"),
    optionMaintenance: upTo(2).describe("rate on naked short options, fraction of their size at spot"),
    optionInitialAdd: upTo(2).describe("rate added to it for initial margin"),
  }),
  skew: z.strictObject({
    linearCapBase: upTo(10).describe("largest relative volatility change of the linear skew at no time"),
    linearCapSlope: z.number().min(-10).max(10).describe("its change per √year"),
    absCapBase: upTo(10).describe("largest relative volatility change of the abs skew at no time"),
    absCapSlope: z.number().min(-10).max(10).describe("its change per √year"),
    minKStar: upTo(10).describe("least log-moneyness at which the cap is reached"),
    widthScale: upTo(10).describe("how many standard moves away the cap is reached"),
    volStatic: upTo(10).describe("volatility of a standard move, fraction per √year"),
    volScale: z.number().min(-20).max(20).describe("its change per √year"),
  }),
  scenarios: z
    .array(scenario)
    .min(1)
    .max(40)
    .refine(atMostOneSkew, { message: "at most one linear and one abs scenario" }),
});

function atMostOneSkew(list: readonly z.output<typeof scenario>[]): boolean {
  return (["linear", "abs"] as const).every((kind) => list.filter(({ volatility }) => volatility === kind).length <= 1);
}

export const rules = z.strictObject({
  averagingSeconds,
  sets: z.record(z.string(), set).describe("parameter sets by name; each underlying belongs to one"),
  movingCollateral: z
    .record(z.string(), z.record(z.string(), haircut))
    .describe("underlying -> coins that gain and lose with it, by name in upper case"),
  otherCollateral: z
    .record(z.string(), haircut)
    .describe("coins that keep their value in a scenario, by name in upper case"),
});

export type PortfolioTwoRules = z.output<typeof rules>;
export type ParameterSet = PortfolioTwoRules["sets"][string];

/** The parameter set of an underlying with its pointer. */
export function setOf(
  { sets }: PortfolioTwoRules,
  underlying: string,
): { readonly set: ParameterSet; readonly pointer: string } | undefined {
  const found = Object.entries(sets).find(([, { markets }]) => markets.includes(underlying));
  return found && { set: found[1], pointer: `/sets/${found[0]}` };
}
