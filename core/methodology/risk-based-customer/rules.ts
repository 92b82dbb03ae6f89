import { z } from "zod";

const range = z.strictObject({
  down: z.number().gt(-1).negative().describe("largest fall of the underlying, relative; -0.15 is 15 %"),
  up: z.number().positive().describe("largest rise of the underlying, relative"),
});

const share = z.number().min(0).max(1);

export const rules = z.strictObject({
  use: z.string().describe("which column of ranges holds: a key of `uses`"),
  uses: z
    .record(
      z.string(),
      z.strictObject({
        ranges: z.record(z.string(), range).describe("range of prices by product class"),
        minimumPerUnit: z.number().nonnegative().describe("USD per contract and unit of its size"),
      }),
    )
    .describe("customer margin and broker-dealer haircuts run on one engine"),
  points: z.strictObject({
    perSide: z.int().min(1).max(50).describe("valuation points below and above the price, count"),
    layout: z
      .enum(["by-side", "equal-steps"])
      .describe("equally spaced on each side, or in equal steps over the whole range"),
  }),
  longCap: z.boolean().describe("the minimum of a long contract is at most its market value"),
  products: z
    .record(
      z.string(),
      z.strictObject({
        classGroup: z.string(),
        leverage: z.number().positive().optional().describe("factor of a leveraged fund on its range, times"),
      }),
    )
    .describe("underlyings that share a class group with others; any other is its own"),
  classGroups: z
    .record(z.string(), z.strictObject({ productClass: z.string(), productGroup: z.string().optional() }))
    .describe("class of each class group; any other has `otherClass`"),
  otherClass: z.string().describe("product class of what is not listed"),
  productGroups: z
    .record(z.string(), z.strictObject({ offset: share, portfolioGroup: z.string().optional() }))
    .describe("offset: share of a class group's gain that meets losses of the others at the same point"),
  portfolioGroups: z.record(z.string(), z.strictObject({ offset: share })),
  concentration: z.strictObject({
    overShare: share.describe("a class group above this share of the account's gross market exposure is concentrated"),
    rangeFactor: z.number().min(1).describe("factor on the range of a concentrated class group, times; 1 is no charge"),
  }),
  minimumEquity: z.number().nonnegative().describe("USD; below it portfolio margin is not available"),
});

export type RiskBasedRules = z.output<typeof rules>;
export type PriceRange = z.output<typeof range>;
