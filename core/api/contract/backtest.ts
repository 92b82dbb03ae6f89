import { z } from "zod";
import type { BacktestResult } from "../../analysis/index.ts";
import type { History } from "../../history/index.ts";
import type { Override } from "../../rulebook/index.ts";
import { command, job, query } from "../operation.ts";
import { historySource, override, rulesChoice, source } from "../schema.ts";
import type { ReportFile } from "./audit.ts";
import { byId, named, nothing } from "./input.ts";
import type { Stored, StoredSummary } from "./stored.ts";

const underlying = z.string().min(1).max(20);
const days = z.number().positive().max(250);

/** A delta-hedged short strangle; sizes in units of underlying. */
const strangleTerms = z.strictObject({
  kind: z.literal("short-strangle"),
  underlying,
  size: z.number().positive().describe("of each leg, units of underlying"),
  delta: z.number().gt(0).lt(0.5).default(0.25).describe("absolute delta of the legs sold"),
  days: days.default(14).describe("days to expiry a new strangle is nearest to"),
  rollDays: days.default(7).describe("days after which it is rolled"),
});

/** A seeded inventory of options, delta hedged. */
const marketMakerTerms = z.strictObject({
  kind: z.literal("market-maker"),
  underlying,
  size: z.number().positive().describe("largest size of one position, units of underlying"),
  positions: z.int().min(1).max(2000).default(60),
  expiries: z.int().min(1).max(20).default(4).describe("nearest expiries that are quoted"),
  leastDelta: z.number().gt(0).lt(0.5).default(0.05).describe("least absolute delta held"),
  refreshDays: days.default(7).describe("days after which the inventory is drawn anew"),
  seed: z.int().min(0).default(1),
});

export const backtestMethod = z.strictObject({
  label: z.string().min(1).max(200).optional().describe("default: method and version"),
  methodology: z.string().min(1),
  rules: rulesChoice.optional().describe("default: the version in force on each day"),
  overrides: z.array(override).max(1000).default([]),
  calibration: z
    .enum(["day", "start"])
    .default("day")
    .describe("history known up to each day, or up to the first day only"),
});

export const backtestRequest = z.strictObject({
  panel: z.union([
    byId.describe("a stored panel: markets through time"),
    z.strictObject({
      market: byId.describe("one stored market at which a fixed book stays, along the days of the history"),
      from: z.iso.date().optional().describe("first day; default: the first of the history"),
      to: z.iso.date().optional(),
    }),
  ]),
  book: z.union([
    z.strictObject({ kind: z.literal("fixed"), portfolio: source }),
    z.strictObject({
      kind: z.literal("dated"),
      books: z
        .array(z.strictObject({ from: z.iso.date(), portfolio: z.strictObject({ id: z.string().min(1) }) }))
        .min(1)
        .max(5000),
    }),
    strangleTerms,
    marketMakerTerms,
  ]),
  methods: z.array(backtestMethod).min(1).max(12),
  history: historySource.optional().describe("past of risk factors, for methods that need one"),
  horizonDays: days.default(1).describe("close-out period"),
  startMultiple: z.number().min(1).max(1000).default(2).describe("first equity ÷ first initial margin"),
});

/** A backtest with everything that made it; its markets stay in the library by id. */
export interface Backtest {
  readonly request: Omit<z.output<typeof backtestRequest>, "history">;
  readonly history?: History;
  readonly result: BacktestResult;
  /** Days of the panel; the walk has ended when points and skipped markets are as many. */
  readonly days: number;
  readonly codeVersion: string;
}

/** What opens when a point of a backtest is clicked: book and market in the instruments of the method's venue, as it was asked. */
export interface OpenedPoint {
  readonly portfolio: StoredSummary;
  /** The panel's, or a copy with the venue's instruments. */
  readonly market: StoredSummary;
  /** Absent when the backtest has none. For a calibration at the start, it ends there. */
  readonly history?: StoredSummary;
  readonly methodology: string;
  /** Version of the rules of that day. */
  readonly version: string;
  readonly overrides: readonly Override[];
}

/** Margin through time. */
export const backtestOperations = {
  "backtest.run": job<StoredSummary, BacktestResult>()(
    "Margin, profit and loss, breaches and calls of a book along a panel of markets; kept as it goes",
    z.strictObject({ name: z.string().min(1).max(200), request: backtestRequest }),
  ),
  "backtest.resume": job<StoredSummary, BacktestResult>()("Go on with a backtest that was interrupted", byId),
  "backtest.list": query<readonly StoredSummary[]>()("Stored backtests", nothing),
  "backtest.get": query<Stored<Backtest>>()("One stored backtest", byId),
  "backtest.rename": command<StoredSummary>()("Rename a backtest", named),
  "backtest.delete": command<null>()("Delete a backtest", byId),
  "backtest.open-point": command<OpenedPoint>()(
    "Save the book of one day of a backtest, to run any method on it",
    z.strictObject({ id: z.string().min(1), asOfMs: z.int(), label: z.string().min(1).describe("method") }),
  ),
  "backtest.export": query<ReportFile>()(
    "Every day of a backtest as CSV or JSON",
    z.strictObject({ id: z.string().min(1), format: z.enum(["csv", "json"]) }),
  ),
} as const;
