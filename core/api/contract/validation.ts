import { z } from "zod";
import type {
  BenchmarkBooks,
  BenchmarkComparison,
  GlobalSensitivity,
  SensitivityTable,
  ValidationReport,
} from "../../validation/index.ts";
import { job } from "../operation.ts";
import { marginRequest, source } from "../schema.ts";
import type { ReportFile } from "./audit.ts";
import { benchmarkRequest, benchmarkTerms } from "./benchmark.ts";
import { column, modelCard, ruledModel, validationData } from "./validation-data.ts";

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

export const globalSensitivityRequest = marginRequest.extend({
  box: z
    .array(z.strictObject({ path: z.string().min(1), from: z.number(), to: z.number() }))
    .min(1)
    .max(20)
    .refine((sides) => sides.every(({ from, to }) => to > from), "`to` must be above `from`"),
  points: z
    .int()
    .min(8)
    .max(4096)
    .default(64)
    .describe("of each of two samples; margins computed: points × (sides + 2)"),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
});

export const validationRequest = z.strictObject({
  data: validationData,
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
  globalSensitivity: globalSensitivityRequest.optional().describe("also over a box of its parameters"),
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
  "validation.global-sensitivity": job<GlobalSensitivity>()(
    "Margin over a box of rule parameters: range, and the share of its variance that each parameter explains",
    globalSensitivityRequest,
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
