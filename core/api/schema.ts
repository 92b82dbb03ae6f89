import { z } from "zod";
import { legUnits } from "../margin/index.ts";
import { componentIds } from "../portfolio/index.ts";

/** Input schemas shared by several operations. */

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "an ISO day such as 2026-11-22");

/** A file by content: `bytes` from doors that have them, `text` from a JSON request. */
export const file = z
  .strictObject({
    name: z.string().min(1).max(300),
    bytes: z.instanceof(Uint8Array).optional().describe('content; crosses as {"$bytes": base64}'),
    text: z.string().optional().describe("content as text, instead of bytes"),
  })
  .refine((f) => (f.bytes === undefined) !== (f.text === undefined), "give either bytes or text");

export const columnMapping = z.strictObject({
  kind: z.enum(["positions", "market"]),
  columns: z.record(z.string(), z.string()),
  venue: z.string().min(1),
  zone: z.literal("UTC").optional(),
  volatilityUnit: z.enum(["percent", "decimal"]).optional(),
  quantityUnit: z.enum(["underlying", "quote"]).optional(),
});

/** A library entry by id, or files imported for this call only. */
export const source = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({
    files: z.array(file).min(1).max(50),
    mappings: z.record(z.string(), columnMapping).optional().describe("file name -> column mapping of an unknown CSV"),
  }),
  z.strictObject({ sample: z.literal(true).describe("the synthetic sample that ships with the program") }),
]);

/** A portfolio: a library entry, files, the sample, or nothing yet, for a book that is made of legs and balances. */
export const portfolioSource = z.union([
  ...source.options,
  z.strictObject({
    empty: z.literal(true).describe("a portfolio without positions"),
    name: z.string().min(1).max(200).default("Hypothetical book"),
    venue: z.string().min(1).max(100).default("hypothetical"),
  }),
]);

/** How an observation becomes a shock. */
export const changeType = z.enum(["relative", "log", "absolute"]);

/** Which columns of a file are which risk factors. */
export const historyMapping = z.strictObject({
  time: z.string().describe("column of the time; 0 for a JSON array [time, value]"),
  stamp: z.enum(["instant", "day"]).optional().describe("day: the value is the close of the day that begins then"),
  values: z
    .array(
      z.strictObject({
        column: z.string(),
        factor: z.string().describe("price:BTC, volatility:BTC:30d, funding:BTC"),
        scale: z.enum(["percent", "fraction"]).optional().describe("of all but prices and margins"),
        unit: z.string().optional(),
        change: changeType.optional(),
      }),
    )
    .min(1)
    .max(200),
  calendar: z.enum(["every-day", "weekdays", "as-observed"]).optional().describe("default: what the days show"),
  source: z.string().optional().describe("default: the name of the file"),
});

/** A stored history by id, files imported for this call only, or the synthetic sample. */
export const historySource = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({
    files: z.array(file).min(1).max(1000),
    mappings: z.record(z.string(), historyMapping).optional().describe("file name -> columns of risk factors"),
  }),
  z.strictObject({ sample: z.literal(true).describe("the synthetic sample that ships with the program") }),
]);

export const rulesChoice = z.union([
  z.strictObject({ date: isoDay.describe("the version in force on this day") }),
  z.strictObject({ name: z.string().min(1).describe("a version of the rulebook by name") }),
  z.strictObject({ parameters: z.unknown(), label: z.string().min(1).describe("a whole parameter set of your own") }),
]);

export const override = z.strictObject({
  path: z.string().regex(/^(\/[^/]+)+$/, "a JSON pointer such as /pairs/btc_usd/priceRange"),
  value: z.union([z.number(), z.string(), z.boolean()]),
});

const component = z.strictObject({
  id: z.enum(componentIds),
  currency: z.string().min(1),
  underlying: z
    .string()
    .min(1)
    .optional()
    .describe("the risk unit it belongs to, where the venue charges by underlying"),
  amount: z.number().nonnegative(),
});

/** A changed quantity; 0 leaves the position out. */
const edit = z.strictObject({ positionId: z.string().min(1), quantity: z.number() });

/** A balance set by the user. */
const setBalance = z.strictObject({ currency: z.string().min(1), equity: z.number() });

const kinds = ["spot", "future", "perpetual", "option", "stock"] as const;

/** Contract terms as a person states them. */
const statedTerms = z.strictObject({
  kind: z.enum(kinds),
  venue: z.string().min(1).max(100),
  underlying: z.string().min(1).max(100),
  quote: z.string().min(1).max(100).optional().describe("default: USD"),
  payoff: z.enum(["linear", "inverse"]).optional().describe("default: linear"),
  settlement: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("default: the underlying when inverse, else the quote currency"),
  expiryMs: z.number().min(0).max(8.64e15).optional().describe("UTC milliseconds; of futures and options"),
  strike: z.number().positive().optional(),
  optionType: z.enum(["call", "put"]).optional(),
  exercise: z.enum(["european", "american"]).optional(),
  contractSize: z.number().positive().optional().describe("listed contracts: units of underlying of one contract"),
  symbol: z.string().min(1).max(200).optional().describe("default: a name made of the terms"),
});

/** A trade added to a portfolio. */
export const leg = z.strictObject({
  instrument: z.union([
    z.strictObject({
      symbol: z.string().min(1).max(200).describe("as the venue writes it"),
      venue: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .describe("default: where the market quotes it, else the market's venue"),
    }),
    z.strictObject({ terms: statedTerms }),
  ]),
  quantity: z.number().describe("signed, long > 0"),
  unit: z
    .enum(legUnits)
    .optional()
    .describe("default position: the quote currency of inverse futures, else the underlying"),
  price: z
    .union([
      z.strictObject({ basis: z.literal("mark") }),
      z.strictObject({ basis: z.literal("stated"), price: z.number().describe("price unit of the instrument") }),
      z.strictObject({ basis: z.literal("bid-ask").describe("bought at the ask, sold at the bid") }),
    ])
    .optional()
    .describe("default: the mark; another price changes equity by the difference"),
  account: z.string().min(1).max(200).optional().describe("default: that of a position in the instrument"),
});

/** A stored parameter file of a clearing house by id, or a file read for this call only. */
export const parameterFileSource = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ files: z.array(file).length(1) }),
]);

export const marginRequest = z.strictObject({
  portfolio: portfolioSource,
  market: source.optional().describe("may be left out with a parameter file: its prices are taken"),
  parameterFile: parameterFileSource
    .optional()
    .describe("a clearing house's arrays and tables: listed positions are completed and valued by it"),
  history: historySource
    .optional()
    .describe("past of the risk factors, for methods that need one; only what was known at the market's time is used"),
  methodology: z.string().min(1).describe("id, e.g. deribit-portfolio"),
  rules: rulesChoice.optional().describe("default: the version in force on the day of the market"),
  overrides: z.array(override).max(1000).default([]),
  components: z.array(component).max(100).default([]).describe("amounts set by you; they replace imported ones"),
  balances: z.array(setBalance).max(100).default([]).describe("equity set by you; it replaces imported balances"),
  edits: z.array(edit).max(200_000).default([]),
  legs: z
    .array(leg)
    .max(10_000)
    .default([])
    .describe("trades added after the edits, of any instrument the market can price; one held already is added to"),
});

/** One column of a comparison. */
export const comparisonColumn = z.strictObject({
  label: z.string().min(1).max(200).optional().describe("default: method and version"),
  methodology: z.string().min(1),
  rules: rulesChoice.optional().describe("default: the version in force on the day of the market"),
  overrides: z.array(override).max(1000).default([]),
});

export const comparisonRequest = marginRequest
  .omit({ methodology: true, rules: true, overrides: true })
  .extend({
    columns: z.array(comparisonColumn).min(1).max(60),
    reference: z.int().min(0).max(59).default(0).describe("place of the column the differences are against"),
    map: z.boolean().default(true).describe("hold the book in the instruments of each method's venue"),
  })
  .refine(({ columns, reference }) => reference < columns.length, "`reference` must be the place of a column");

/** Methods of listed products over one book, the baseline first. */
export const nettingRequest = marginRequest
  .omit({ methodology: true, rules: true, overrides: true, components: true, balances: true })
  .extend({
    columns: z
      .array(comparisonColumn)
      .min(1)
      .max(10)
      .optional()
      .describe("default: strategy-based, risk-based-customer, and span-array where a parameter file is given"),
    reference: z.int().min(0).max(9).default(0).describe("place of the baseline the benefits are against"),
    mostPositions: z.int().min(0).max(5000).default(200).describe("positions whose incremental amounts are computed"),
  })
  .refine(({ columns, reference }) => reference < (columns?.length ?? 2), "`reference` must be the place of a column");

const names = z.array(z.string().min(1)).min(1).max(1000).optional();

/** One method's part of a mixed book; what is left out accepts all. */
const mixedPart = comparisonColumn.extend({
  contracts: z.enum(["crypto", "listed"]).optional().describe("of crypto venues, or of clearing houses"),
  venues: names.describe("venues of its positions"),
  kinds: z.array(z.enum(kinds)).min(1).optional().describe("kinds of its positions"),
  underlyings: names.describe("underlyings of its positions"),
  accounts: names.describe("accounts of its positions"),
});

export const mixedRequest = marginRequest.omit({ methodology: true, rules: true, overrides: true }).extend({
  parts: z
    .array(mixedPart)
    .min(1)
    .max(20)
    .describe("in order: a position goes to the first part that is for it and whose method margins it"),
});

export const coverageRequest = marginRequest
  .pick({ portfolio: true, market: true, parameterFile: true, history: true })
  .extend({ methodologies: z.array(z.string().min(1)).min(1).max(100).optional().describe("default: all") });
