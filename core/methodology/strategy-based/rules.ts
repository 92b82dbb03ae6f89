import { z } from "zod";

const share = z.number().min(0);
const optionClass = z.strictObject({
  pct: share.max(1).describe("of the underlying, less what is out of the money, fraction"),
  minPct: share.max(1).describe("least, of the underlying (call) or the strike (put), fraction"),
});

const shortStock = z.strictObject({
  perShare: share.describe("quote currency a share"),
  share: share.describe("of the market value, fraction"),
});

export const rules = z.strictObject({
  stock: z.strictObject({
    priceOf: z
      .enum(["cost", "market"])
      .describe("initial requirement of stock: on its cost where known, or on today's price"),
    longInitial: share.max(1),
    longMaintenance: share.max(1),
    shortInitial: z.number().min(1).describe("of the sale, proceeds included, fraction: 1.5 is 150 %"),
    shortMaintenance: z.strictObject({
      lowPrice: share.describe("below it `low` holds, from it `ordinary`, quote currency"),
      ordinary: shortStock,
      low: shortStock,
    }),
  }),
  shortOption: z.strictObject({
    classes: z.record(z.string(), optionClass).describe("percentages by class of the underlying"),
    mostPct: share.max(1).describe("percentages times leverage are at most this"),
    otherClass: z.string().describe("class of an underlying that is not listed"),
  }),
  underlyings: z
    .record(
      z.string(),
      z.strictObject({
        class: z.string(),
        leverage: z.number().positive().optional().describe("factor of a leveraged product, times"),
        coveredBy: z
          .strictObject({ stock: z.string(), units: z.number().positive().describe("shares a unit of the underlying") })
          .optional()
          .describe("a fund whose shares cover options on this index"),
      }),
    )
    .describe("underlyings with a class of their own"),
  longOption: z.strictObject({
    months: z.int().min(0).describe("longer to expiry than so many months an option has loan value"),
    paidShare: share.max(1).describe("of the market value that is then to be paid, fraction"),
  }),
  hedged: z.strictObject({
    protectivePut: z.strictObject({ strikeShare: share, stockShare: share }),
    protectiveCall: z.strictObject({ strikeShare: share }),
    conversion: z.strictObject({ strikeShare: share }),
    reverseConversion: z.strictObject({ strikeShare: share }),
    collar: z.strictObject({ putShare: share, callShare: share }),
  }),
  box: z.strictObject({
    shortFactor: share.describe("of the cost to close a short box, times"),
    longShare: share.max(1).describe("of the strike difference of a long European box, fraction"),
  }),
  minimumEquity: share.describe("USD"),
});

export type StrategyRules = z.output<typeof rules>;
export type Requirement = "initial" | "maintenance";
