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

export const component = z.strictObject({
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
export const edit = z.strictObject({ positionId: z.string().min(1), quantity: z.number() });

/** A balance set by the user. */
export const setBalance = z.strictObject({ currency: z.string().min(1), equity: z.number() });

/** Contract terms as a person states them. */
export const statedTerms = z.strictObject({
  kind: z.enum(["spot", "future", "perpetual", "option", "stock"]),
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

/** A break report: what the venue charged, and our run. What is left out is taken from the reply itself. */
export const breakRequest = marginRequest.extend({
  charged: z.array(file).min(1).max(10).describe("the venue's own replies that say what it charges"),
  portfolio: portfolioSource.optional().describe("default: the positions of the reply"),
  market: source.optional().describe("default: the prices of the reply"),
  methodology: z.string().min(1).optional().describe("default: the method the reply speaks of"),
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

const kinds = ["spot", "future", "perpetual", "option", "stock"] as const;
const names = z.array(z.string().min(1)).min(1).max(1000).optional();

/** One method's part of a mixed book; what is left out accepts all. */
export const mixedPart = comparisonColumn.extend({
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

/** Rules of one side of a rule change. */
export const ruleSide = z.strictObject({ rules: rulesChoice, overrides: z.array(override).max(1000).default([]) });

export const effectRequest = marginRequest
  .omit({ rules: true, overrides: true })
  .extend({ from: ruleSide.describe("earlier rules"), to: ruleSide.describe("later rules") });

/** Shocks from `from` to `to` in `count` equal steps. */
const axis = z
  .strictObject({ from: z.number().gt(-1), to: z.number(), count: z.int().min(2).max(161) })
  .refine((a) => a.to > a.from, "`to` must be above `from`");

export const surfaceAxes = z.strictObject({
  price: axis.default({ from: -0.5, to: 0.5, count: 41 }).describe("relative price moves"),
  volatility: axis
    .default({ from: -0.5, to: 0.5, count: 41 })
    .describe("relative changes or volatility points; the range of the rows, whatever `vertical` moves"),
  volatilityMode: z.enum(["relative", "absolute"]).default("relative"),
  vertical: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("volatility") }),
      z.strictObject({ kind: z.literal("skew") }),
      z.strictObject({ kind: z.literal("term") }),
      z.strictObject({ kind: z.literal("price"), underlying: z.string().min(1) }),
    ])
    .exactOptional()
    .describe(
      "what the rows move, volatility when left out; skew: points per unit of (0.5 - call delta); term: points at 30 days, times √(30/days); price: that of another underlying alone, relative",
    ),
  underlying: z
    .string()
    .min(1)
    .exactOptional()
    .describe("only this underlying moves; when left out all, or all but the one of the rows"),
  days: z
    .array(z.number().min(0))
    .min(1)
    .max(24)
    .exactOptional()
    .describe("days that pass, ascending: a surface for each, those after the first under `later`"),
});

/** One side of a difference of surfaces. */
export const surfaceSide = marginRequest.extend({
  map: z.boolean().default(false).describe("hold the book in the instruments of the method's venue"),
  days: z.number().min(0).exactOptional().describe("days that pass on this side; default: those of the axes"),
});

const byDays = z
  .array(z.strictObject({ days: z.number().nonnegative(), factor: z.number() }))
  .min(1)
  .max(1000);

export const volatilityShock = z
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

export const optionTerms = z.strictObject({
  forward: z.number().positive().describe("F, quote currency"),
  strike: z.number().positive().describe("K, same unit as F"),
  years: z.number().nonnegative().describe("time to expiry, actual/365"),
  optionType: z.enum(["call", "put"]),
  payoff: z.enum(["linear", "inverse"]).default("linear").describe("inverse: value in coin = Black / F"),
  rate: z.number().default(0).describe("continuously compounded; 0 for the crypto venues"),
});

/** A perpetual without arbitrage: members as in `PerpetualTerms` of the stage pricing. */
export const perpetualTerms = z
  .strictObject({
    payoff: z.enum(["linear", "inverse"]).default("linear"),
    fundingOn: z
      .enum(["previous", "current", "continuous"])
      .describe("spot price that funding refers to: of the period's start, of its end, or paid all the time"),
    periodYears: z.number().nonnegative().default(0).describe("length of a funding period; not used when continuous"),
    spot: z.number().positive().describe("quote currency"),
    rate: z.number().default(0).describe("of the quote currency, continuously compounded"),
    yieldRate: z.number().default(0).describe("of the underlying, continuously compounded"),
    strength: z.number().positive().describe("κ, per funding period; per year when continuous"),
    interest: z.number().default(0).describe("ι, same unit; below κ"),
  })
  .refine(({ fundingOn, periodYears }) => fundingOn === "continuous" || periodYears > 0, {
    path: ["periodYears"],
    message: "must be above 0 unless funding is continuous",
  })
  .refine(({ strength, interest }) => interest < strength, { path: ["interest"], message: "must be below strength" });
