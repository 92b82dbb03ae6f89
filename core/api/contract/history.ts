import { z } from "zod";
import type { ChangeType, History, JointChanges, SeriesCoverage } from "../../history/index.ts";
import type { HistoryFileInspection, ImportReport } from "../../import/index.ts";
import type { FilteredSeries } from "../../measure/index.ts";
import { command, job, query } from "../operation.ts";
import { changeType, file, historyMapping, historySource } from "../schema.ts";
import type { ReportFile } from "./audit.ts";
import { byId, named, nothing } from "./input.ts";
import type { Stored, StoredSummary } from "./stored.ts";

export interface HistoryImportOutcome {
  readonly report: ImportReport;
  /** Under which the history was saved. */
  readonly history: StoredSummary;
  /** What its series show: gaps, duplicates, values that limit the changes. */
  readonly warnings: readonly string[];
}

export interface HistorySummary {
  readonly name: string;
  readonly synthetic: boolean;
  readonly series: readonly SeriesCoverage[];
  readonly warnings: readonly string[];
  /** What the import of the request's files kept, rejected and decided; absent for a stored history. */
  readonly report?: ImportReport;
}

/** Market snapshots through time, by the ids under which the library holds them. */
export interface Panel {
  readonly name: string;
  /** Ascending in time, one market a time. */
  readonly entries: readonly { readonly asOfMs: number; readonly marketId: string }[];
}

export interface PanelImportOutcome {
  readonly report: ImportReport;
  readonly panel: StoredSummary;
  /** The risk factors of the panel, when they were asked for. */
  readonly history?: StoredSummary;
  readonly warnings: readonly string[];
}

/** Changes of one factor taken apart into the volatility that was forecast and what remained. */
export interface FilteredHistory extends FilteredSeries {
  readonly factor: string;
  readonly change: ChangeType;
  /** Days on which each change begins and ends, UTC midnight. */
  readonly fromMs: readonly number[];
  readonly toMs: readonly number[];
  /** One a window; `variances` has one more, the forecast after the last. */
  readonly returns: Float64Array;
}

/** How factors moved together. */
export interface HistoryCorrelation {
  readonly factors: readonly string[];
  readonly observations: number;
  /** First day of the first change and last of the last, UTC midnight. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Standard deviation of each factor's changes, in its unit. */
  readonly deviations: Float64Array;
  /** Row-major, unit diagonal. */
  readonly correlation: Float64Array;
  /** Descending; their sum is the number of factors. */
  readonly eigenvalues: Float64Array;
  /** Column k belongs to eigenvalue k: `eigenvectors[factor · factors + k]`. */
  readonly eigenvectors: Float64Array;
}

/** Which changes of a history are taken. */
const changeWindow = {
  change: changeType.optional().describe("default: what each series states"),
  fromMs: z.number().optional().describe("windows begin at or after, UTC milliseconds"),
  toMs: z.number().optional().describe("windows end at or before, UTC milliseconds"),
  horizonDays: z.int().min(1).max(260).default(1),
  windows: z.enum(["overlapping", "nonoverlapping"]).default("overlapping"),
} as const;

const lambda = z.number().gt(0).lt(1).describe("λ of an exponential weighting, 0.94 to 0.99 a day");

const name = z.string().min(1).max(200);

/** Risk factors through time. */
export const historyOperations = {
  "history.list": query<readonly StoredSummary[]>()("Stored histories of risk factors", nothing),
  "history.get": query<Stored<History>>()("One stored history", byId),
  "history.inspect": query<readonly HistoryFileInspection[]>()(
    "What files of histories are, before importing them",
    z.strictObject({ files: z.array(file).min(1).max(1000) }),
  ),
  "history.import": job<HistoryImportOutcome>()(
    "Import files of prices, volatilities, funding, rates or margins through time as one history",
    z.strictObject({
      files: z.array(file).min(1).max(1000),
      name: name.optional().describe("name to save under; default: from the first file"),
      mappings: z.record(z.string(), historyMapping).default({}).describe("file name -> columns of risk factors"),
    }),
  ),
  "history.summary": job<HistorySummary>()(
    "Coverage of a history by risk factor: first, last, observations, gaps, values not above 0",
    z.strictObject({ history: historySource }),
  ),
  "history.changes": job<JointChanges>()(
    "Changes of risk factors over the same windows, with the days and windows that are dropped",
    z.strictObject({
      history: historySource,
      factors: z.array(z.string().min(1)).min(1).max(200).describe("price:BTC, volatility:BTC:30d"),
      change: changeType.optional().describe("default: what each series states"),
      changes: z.record(z.string(), changeType).default({}).describe("factor -> change"),
      fromMs: z.number().optional().describe("windows begin at or after, UTC milliseconds"),
      toMs: z.number().optional().describe("windows end at or before, UTC milliseconds"),
      horizonDays: z.int().min(1).max(260).default(1),
      windows: z.enum(["overlapping", "nonoverlapping"]).default("overlapping"),
      timeOfDayMs: z.number().min(0).max(86_400_000).optional().describe("observation of a day; default: the last"),
    }),
  ),
  "history.filter": job<FilteredHistory>()(
    "Volatility filter of one risk factor: variance forecasts and standardised residuals, EWMA or GARCH(1,1)",
    z.strictObject({
      history: historySource,
      factor: z.string().min(1).describe("price:BTC, volatility:BTC:30d"),
      ...changeWindow,
      filter: z
        .union([z.strictObject({ kind: z.literal("ewma"), lambda }), z.strictObject({ kind: z.literal("garch") })])
        .default({ kind: "ewma", lambda: 0.94 })
        .describe("garch: estimated; EWMA 0.94 with the reason when the fit cannot be used"),
    }),
  ),
  "history.correlation": job<HistoryCorrelation>()(
    "Correlation of changes of risk factors over the same windows, with its eigenvalues and vectors",
    z.strictObject({
      history: historySource,
      factors: z.array(z.string().min(1)).min(2).max(200),
      ...changeWindow,
      lambda: lambda.optional().describe("default: every window the same weight"),
    }),
  ),
  "history.merge": command<StoredSummary>()(
    "Save one history of several; a factor of two sources is taken of the first, or appended behind a break",
    z.strictObject({
      name,
      parts: z
        .array(
          z.strictObject({
            id: z.string().min(1),
            factors: z.array(z.string().min(1)).max(1000).optional().describe("default: all that no earlier part has"),
            append: z.array(z.string().min(1)).max(1000).default([]).describe("joined behind the earlier source"),
          }),
        )
        .min(1)
        .max(50),
    }),
  ),
  "history.rename": command<StoredSummary>()("Rename a history", named),
  "history.delete": command<null>()("Delete a history", byId),
  "history.export": query<ReportFile>()("A stored history as CSV with a column for each factor", byId),
  "panel.list": query<readonly StoredSummary[]>()("Stored panels: markets through time", nothing),
  "panel.get": query<Stored<Panel>>()("One stored panel", byId),
  "panel.import": job<PanelImportOutcome>()(
    "Import market files of many times: each becomes a stored market, all of them a panel",
    z.strictObject({
      files: z.array(file).min(1).max(1000),
      name: name.optional().describe("name to save under; default: from the first file"),
      history: z.boolean().default(true).describe("also save the risk factors of the panel as a history"),
    }),
  ),
  "panel.sample": job<PanelImportOutcome>()(
    "The synthetic panel that ships with the program: a fall of bitcoin, for a worked example of margin through time",
    nothing,
  ),
  "panel.save": command<StoredSummary>()(
    "Save a panel of stored markets, ordered by their times",
    z.strictObject({ name, marketIds: z.array(z.string().min(1)).min(1).max(10_000) }),
  ),
  "panel.rename": command<StoredSummary>()("Rename a panel", named),
  "panel.delete": command<null>()(
    "Delete a panel",
    byId.extend({ markets: z.boolean().default(false).describe("also the markets that no other panel has") }),
  ),
} as const;
