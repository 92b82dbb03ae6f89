import { z } from "zod";
import type {
  BenchmarkBooks,
  BenchmarkComparison,
  SensitivityTable,
  ValidationReport,
} from "../../validation/index.ts";
import { job } from "../operation.ts";
import { file, marginRequest, override, rulesChoice, source } from "../schema.ts";
import type { ReportFile } from "./audit.ts";
import { benchmarkRequest, benchmarkTerms } from "./benchmark.ts";

const confidence = z.number().gt(0).lt(1).describe("fraction: 0.99");
const column = z.array(z.number()).max(100_000).readonly();
const words = z.array(z.string().max(1000)).max(100_000).readonly();

/** One account or portfolio through time: members as in `CoverageSeries` of the stage validation. */
const coverageSeries = z.strictObject({
  label: z.string().min(1).max(200),
  unit: z.string().min(1).max(50).describe("currency of losses and margins"),
  timesMs: column.describe("when the margin was set, UTC ms, ascending"),
  losses: column.describe("loss over the close-out period of the positions held then; a loss > 0"),
  margins: column.describe("margin collected then, 0 or more"),
  confidence: confidence.describe("coverage the margin promises"),
  horizon: z.int().min(1).default(1).describe("close-out period in rows; above 1 the losses overlap"),
  valueAtRisk: column.optional(),
  expectedShortfall: column.optional(),
  tailProbabilities: column.optional().describe("probability, under the forecast, of a loss above the one that came"),
  deviations: column.optional().describe("forecast standard deviation"),
  forecastConfidence: confidence.optional().describe("of the forecasts; default: that of the margin"),
  unmitigatedMargins: column.optional().describe("margin without the anti-procyclicality tools"),
  volatilities: column.optional().describe("of the underlying, fraction per √year"),
  variationMargins: column.optional().describe("paid > 0"),
  drivers: words.optional(),
  runIds: words.optional(),
  synthetic: z.boolean().optional(),
});

/** Daily series in files, in the layout that `validation.export` writes as `series`. */
const seriesFiles = z.strictObject({
  files: z.array(file).min(1).max(50),
  unit: z.string().min(1).default("USD").describe("of files that do not say it"),
  confidence: confidence.default(0.99).describe("of files that do not say it"),
  horizon: z.int().min(1).default(1).describe("of files that do not say it"),
});

/** A stored backtest: a series a method. */
const storedBacktest = z.strictObject({
  backtest: z.string().min(1).describe("id of a stored backtest"),
  labels: z.array(z.string().min(1)).min(1).max(50).optional().describe("methods of it; default: all"),
  confidence: confidence.default(0.99).describe("coverage the methods promise"),
});

const modelCard = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  version: z.string().min(1),
  effectiveFrom: z.string().optional(),
  design: z.array(z.strictObject({ label: z.string(), value: z.string() })).default([]),
  parameters: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        value: z.union([z.number(), z.string(), z.boolean()]),
        unit: z.string().optional(),
        source: z.string().optional(),
        effectiveFrom: z.string().optional(),
        status: z.enum(["verified", "unverified", "inferred", "overridden"]).optional(),
      }),
    )
    .default([]),
  assumptions: z.array(z.strictObject({ text: z.string(), failsWhen: z.string().optional() })).default([]),
  limitations: z.array(z.string()).default([]),
});

const ruledModel = z.strictObject({
  methodology: z.string().min(1).describe("id; title, version and parameters come from its rulebook"),
  rules: rulesChoice.optional().describe("default: the version in force on the last day of the series"),
  overrides: z.array(override).max(1000).default([]),
});

const testSettings = z.strictObject({
  level: z.number().gt(0).lt(0.5).default(0.05).describe("probability of rejecting a right model"),
  overlap: z.enum(["every-hth", "block-bootstrap"]).default("every-hth"),
  lags: z.int().min(1).max(50).default(4),
  model: z
    .union([
      z.strictObject({ kind: z.literal("normal") }),
      z.strictObject({ kind: z.literal("student"), degreesOfFreedom: z.number().gt(1).max(1000) }),
    ])
    .default({ kind: "normal" })
    .describe("shape of losses under which tests of expected shortfall are simulated"),
  draws: z.int().min(1000).max(5_000_000).default(100_000),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
});

const changeOptions = z.strictObject({
  measure: z.enum(["relative", "absolute"]).default("relative"),
  falls: z.boolean().default(false).describe("whether falls count as well, by size"),
  fromBefore: z.boolean().default(true).describe("whether the earlier margin may lie before the window"),
});

export const sensitivityRequest = marginRequest.extend({
  parameters: z
    .array(z.strictObject({ path: z.string().min(1), values: z.array(z.number()).min(1).max(50) }))
    .min(1)
    .max(500)
    .optional()
    .describe("default: every number of the rules, 10 % down and up"),
});

export const validationRequest = z.strictObject({
  data: z.union([
    z.strictObject({ series: z.array(coverageSeries).min(1).max(200).readonly() }),
    seriesFiles,
    storedBacktest,
  ]),
  model: z.union([ruledModel, modelCard]).optional().describe("default: the methods of the stored backtest"),
  portfolio: z
    .strictObject({ name: z.string().min(1), sha256: z.string().optional(), definition: z.string().optional() })
    .optional()
    .describe("default: the names of the series"),
  gaps: z.array(z.string()).max(1000).default([]),
  settings: testSettings.prefault({}),
  changes: changeOptions.prefault({}),
  origins: z.record(z.string(), z.enum(["house", "client-gross", "client-net"])).default({}),
  collateral: z
    .array(
      z.strictObject({
        assetType: z.string().min(1),
        unit: z.string().min(1),
        before: z.number().nonnegative(),
        after: z.number().nonnegative(),
      }),
    )
    .default([]),
  contractRates: z
    .array(z.strictObject({ contract: z.string().min(1), rate: z.number(), unit: z.string(), source: z.string() }))
    .default([]),
  disclosureMonths: z.int().min(1).max(600).default(12),
  rivals: z
    .array(
      z.strictObject({
        label: z.string().min(1),
        series: z.string().min(1).describe("label of the series it forecasts"),
        valueAtRisk: column,
        expectedShortfall: column,
      }),
    )
    .max(20)
    .default([]),
  attribution: z.strictObject({ hypothetical: column, theoretical: column }).optional(),
  sensitivity: sensitivityRequest.optional().describe("also the sensitivity of a margin to its parameters"),
  benchmarks: benchmarkRequest.optional().describe("also benchmark books under several methods"),
  limitations: z.array(z.string()).max(100).default([]),
  signOff: z
    .array(
      z.strictObject({
        role: z.string().min(1),
        name: z.string().optional(),
        date: z.string().optional(),
        comment: z.string().optional(),
      }),
    )
    .default([{ role: "model owner" }, { role: "independent validator" }, { role: "approver" }]),
});

/** Backtests of margin, and what a reviewer asks of a model. */
export const validationOperations = {
  "validation.run": job<ValidationReport>()(
    "Validation pack of margins and losses through time: backtests, procyclicality, responsiveness, disclosure items",
    validationRequest,
  ),
  "validation.export": job<ReportFile>()(
    "A validation pack as a file: a page to print, CSV, JSON, or the daily series it was computed from",
    validationRequest.extend({ format: z.enum(["html", "csv", "json", "series"]) }),
  ),
  "validation.sensitivity": job<SensitivityTable>()(
    "Margin with one rule parameter moved at a time, and its elasticity",
    sensitivityRequest,
  ),
  "validation.portfolios": job<BenchmarkBooks>()(
    "Benchmark books of an underlying: outright, calendar, straddle, strangle, risk reversal, box, random",
    benchmarkTerms.extend({ market: source }),
  ),
  "validation.benchmarks": job<BenchmarkComparison>()(
    "Margin of the benchmark books under several methods, with the differences that ask for an explanation",
    benchmarkRequest,
  ),
} as const;
