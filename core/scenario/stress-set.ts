import { z } from "zod";

/** How sure a figure is; `set` is a person's own choice, `product-choice` an assumption of this program. */
export const figureQualities = ["dataset", "published", "uncertain", "product-choice", "set"] as const;
export type FigureQuality = (typeof figureQualities)[number];

/** Where a figure comes from. */
const evidence = {
  quality: z.enum(figureQualities).default("set"),
  source: z.string().min(1).exactOptional().describe("id among the sources of the set"),
  note: z.string().min(1).exactOptional(),
};

const finite = z.number();
const factor = z
  .string()
  .min(1)
  .describe(
    "an underlying such as BTC, a class of factors such as ALT or STABLE, or * for all that nothing else names",
  );
const tenor = z
  .strictObject({ fromDays: finite.min(0), toDays: finite.min(0) })
  .refine(({ fromDays, toDays }) => toDays >= fromDays, "`toDays` must not be below `fromDays`")
  .describe("days to expiry the shock is for, ends included; all when left out");
const deltaBucket = z
  .strictObject({ from: finite.min(0).max(1), to: finite.min(0).max(1) })
  .refine(({ from, to }) => to >= from, "`to` must not be below `from`")
  .describe("call deltas the shock is for (a put counts as the call of its strike); all when left out");
const mode = z
  .enum(["relative", "absolute", "level"])
  .describe("relative: -0.15 is 15 % down; absolute: added in the unit of the factor; level: what it becomes");

const tableByDays = z
  .array(z.strictObject({ days: finite.min(0), factor: finite }))
  .min(1)
  .max(1000);

/** How a volatility shock depends on the option, where one number does not say it: members as in `VolatilityShock`. */
export const volatilityRule = z
  .strictObject({
    tenor: z
      .strictObject({
        ...{ referenceDays: finite.positive(), shortPower: finite, longPower: finite, minimumDays: finite.min(0) },
        ...{ powerByActualDays: z.literal(true).exactOptional(), wholeDays: z.literal(true).exactOptional() },
      })
      .exactOptional(),
    leastChange: finite.exactOptional(),
    byDays: tableByDays.exactOptional(),
    rootDays: z.literal(true).exactOptional(),
    byDelta: z
      .array(z.strictObject({ delta: finite.min(0).max(1), byDays: tableByDays }))
      .min(1)
      .max(100)
      .exactOptional(),
    floor: finite.min(0).exactOptional(),
    startFloor: finite.min(0).exactOptional(),
  })
  .describe("multiplies `amount` by time to expiry and delta, and floors the result: the rule of a venue, exactly");

/**
 * One shock of a scenario. Fractions, never percent; prices and levels in quote currency, volatilities as fractions per √year.
 *
 * price: index and forwards; with a tenor the forwards of those days only. Absolute moves and levels may take a price below zero.
 * volatility: implied, on top of the smile after its own rule; never tied to the price. With a `rule` the change is that of `shockedVolatility`.
 * skew: points of volatility added per unit of (0.5 − call delta): positive lifts downside strikes.
 * term: points of volatility added at 30 days, times √(30/days): positive lifts near expiries.
 * basis: futures and perpetuals against the index, relative; the index stays.
 * funding: per 8 hours, absolute, paid for `days` by longs of perpetuals (negative: by shorts).
 * rate: continuously compounded, absolute.
 * stablecoin: price of a coin in USD, as collateral and as the quote currency of linear contracts.
 * haircut: points of haircut added to the collateral value of a currency.
 * correlation: share of the way to all correlations one; read by methods and questions that use correlations.
 * liquidity: multiples of spread, depth and average daily volume, and further days of close-out.
 * time: days that pass.
 */
export const stressShock = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("price"), factor, mode, amount: finite, tenor: tenor.exactOptional(), ...evidence }),
  z.strictObject({
    ...{ kind: z.literal("volatility"), factor, mode, amount: finite },
    ...{ tenor: tenor.exactOptional(), delta: deltaBucket.exactOptional(), rule: volatilityRule.exactOptional() },
    ...evidence,
  }),
  z.strictObject({ kind: z.literal("skew"), factor, amount: finite, tenor: tenor.exactOptional(), ...evidence }),
  z.strictObject({ kind: z.literal("term"), factor, amount: finite, ...evidence }),
  z.strictObject({
    ...{ kind: z.literal("basis"), factor, amount: finite.gt(-1), tenor: tenor.exactOptional() },
    ...{ contracts: z.enum(["perpetual", "future", "both"]).default("both"), ...evidence },
  }),
  z.strictObject({ kind: z.literal("funding"), factor, amount: finite, days: finite.positive(), ...evidence }),
  z.strictObject({ kind: z.literal("rate"), factor, amount: finite, tenor: tenor.exactOptional(), ...evidence }),
  z.strictObject({
    ...{
      kind: z.literal("stablecoin"),
      factor,
      mode: z.enum(["relative", "level"]),
      amount: finite.gt(-1),
      ...evidence,
    },
  }),
  z.strictObject({ kind: z.literal("haircut"), factor, amount: finite.min(0).max(1), ...evidence }),
  z.strictObject({ kind: z.literal("correlation"), amount: finite.min(0).max(1), ...evidence }),
  z.strictObject({
    ...{
      kind: z.literal("liquidity"),
      spreadTimes: finite.positive().default(1),
      depthTimes: finite.positive().default(1),
    },
    ...{ volumeTimes: finite.positive().default(1), furtherDays: finite.min(0).default(0), ...evidence },
  }),
  z.strictObject({ kind: z.literal("time"), days: finite.min(0), ...evidence }),
]);

/** A figure of a dated event as its source states it: what a shock rests on, shown beside it, never applied by itself. */
export const observedFigure = z.strictObject({
  topic: z.enum(["price", "volatility", "dependence", "funding-and-basis", "liquidity"]).exactOptional(),
  factor: z.string().min(1),
  from: finite.exactOptional(),
  fromWhen: z.string().exactOptional(),
  to: finite.exactOptional(),
  toWhen: z.string().exactOptional(),
  nextDay: finite.exactOptional().describe("level on the day after `toWhen`"),
  /** Relative change: −0.3881. */
  change: finite.exactOptional(),
  points: finite.exactOptional().describe("`to` less `from`, in the unit of the figure"),
  kind: z.string().exactOptional().describe("close_to_close, close_to_intraday_low, level, …"),
  text: z.string().exactOptional().describe("what cannot be said in a number"),
  ...evidence,
});

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "an ISO day such as 2020-03-12");

/** A step of a path: where everything stands, measured from the start. */
const pathStep = z.strictObject({
  label: z.string().min(1),
  days: finite.min(0).describe("since the start; of two steps of one day the earlier comes first"),
  shocks: z.array(stressShock).max(1000),
});

export const stressScenario = z.strictObject({
  id: z.string().min(1).max(200).describe("unique in its set"),
  label: z.string().min(1).max(300),
  kind: z.enum(["historical", "hypothetical", "venue"]).default("hypothetical"),
  shocks: z.array(stressShock).max(1000).default([]),
  path: z
    .array(pathStep)
    .max(1000)
    .exactOptional()
    .describe(
      "the same as a sequence; the order of days and lows is kept. A factor that a step does not name stands at its start",
    ),
  tags: z.array(z.string().min(1).max(100)).max(50).exactOptional(),
  weight: finite.min(0).exactOptional().describe("probability or weight, where the owner states one"),
  start: isoDay.exactOptional(),
  end: isoDay.exactOptional(),
  horizonDays: finite.min(0).exactOptional(),
  stickiness: finite
    .min(0)
    .max(2)
    .exactOptional()
    .describe(
      "the smile slides with the price: 0 sticky moneyness, 1 about sticky strike; sticky strike when left out",
    ),
  figures: z.array(observedFigure).max(1000).default([]).describe("evidence, by source and quality"),
  note: z.string().max(5000).exactOptional(),
});

export const approvalStates = ["draft", "proposed", "approved", "retired"] as const;

/** Scenarios that are asked together; what is stored, imported and exported. */
export const stressSet = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(5000).default(""),
  owner: z.string().max(200).default(""),
  approval: z.enum(approvalStates).default("draft"),
  tags: z.array(z.string().min(1).max(100)).max(50).default([]),
  origin: z
    .strictObject({ id: z.string().min(1), name: z.string().min(1), sha256: z.string().exactOptional() })
    .exactOptional()
    .describe("the set this one began as a copy of"),
  provenance: z.string().max(2000).default("").describe("who made it, from what"),
  sources: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        title: z.string(),
        url: z.string(),
        version: z.string().exactOptional(),
      }),
    )
    .max(500)
    .default([]),
  scenarios: z.array(stressScenario).min(1).max(10_000),
});

export type StressShock = z.output<typeof stressShock>;
export type StressScenario = z.output<typeof stressScenario>;
export type StressSet = z.output<typeof stressSet>;
export type ObservedFigure = z.output<typeof observedFigure>;
