import { z } from "zod";
import { file, override, rulesChoice } from "../schema.ts";

const confidence = z.number().gt(0).lt(1).describe("fraction: 0.99");
export const column = z.array(z.number()).max(100_000).readonly();
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

export const modelCard = z.strictObject({
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

export const ruledModel = z.strictObject({
  methodology: z.string().min(1).describe("id; title, version and parameters come from its rulebook"),
  rules: rulesChoice.optional().describe("default: the version in force on the last day of the series"),
  overrides: z.array(override).max(1000).default([]),
});

/** What is validated: series inline, in files, or a stored backtest. */
export const validationData = z.union([
  z.strictObject({ series: z.array(coverageSeries).min(1).max(200).readonly() }),
  seriesFiles,
  storedBacktest,
]);
