import { failed, isoInstant, type Result, success } from "../base/index.ts";

/**
 * Margin and loss of one account or portfolio through time: the input of every backtest. Plain data, all columns of one length.
 * Row t: the margin collected at t, and what the positions held at t lost over the close-out period that began at t.
 */
export interface CoverageSeries {
  /** Account, portfolio or book: `strangle`, `house`. */
  readonly label: string;
  /** Currency of losses and margins. */
  readonly unit: string;
  /** When the margin was set, UTC ms; strictly ascending. */
  readonly timesMs: readonly number[];
  /** Loss of the positions held at t over the close-out period; a loss > 0, a gain < 0. */
  readonly losses: readonly number[];
  /** Margin collected at t, ≥ 0. */
  readonly margins: readonly number[];
  /** Coverage the margin promises, fraction in (0, 1): 0.99. */
  readonly confidence: number;
  /** Close-out period in rows, ≥ 1; above 1 the losses of neighbouring rows overlap. */
  readonly horizon: number;
  /** Value at risk forecast at t at the same confidence, currency; a loss > 0. Absent: the margin stands for it. */
  readonly valueAtRisk?: readonly number[];
  /** Expected shortfall forecast at t, currency; > 0. */
  readonly expectedShortfall?: readonly number[];
  /** Probability, under the forecast of t, of a loss above the one that came; in [0, 1]. */
  readonly tailProbabilities?: readonly number[];
  /** Forecast standard deviation at t, currency; > 0. */
  readonly deviations?: readonly number[];
  /** Confidence of the forecasts where it is not that of the margin, fraction in (0, 1). */
  readonly forecastConfidence?: number;
  /** Margin of the same positions without the anti-procyclicality tools, ≥ 0. */
  readonly unmitigatedMargins?: readonly number[];
  /** Volatility of the underlying known at t, fraction per √year; > 0. */
  readonly volatilities?: readonly number[];
  /** Realised variation margin paid on the day, currency; paid > 0, received < 0. */
  readonly variationMargins?: readonly number[];
  /** What drove the loss of a row, in words; empty where unknown. */
  readonly drivers?: readonly string[];
  /** Id of the stored run of a row, so that an exception opens; empty where there is none. */
  readonly runIds?: readonly string[];
  /** True where prices, positions or parameters were generated. */
  readonly synthetic?: boolean;
}

/** Columns of a series that may be absent. */
const optional = [
  "valueAtRisk",
  "expectedShortfall",
  "tailProbabilities",
  "deviations",
  "unmitigatedMargins",
  "volatilities",
  "variationMargins",
  "drivers",
  "runIds",
] as const;

const bounds: Readonly<Record<string, readonly [holds: (value: number) => boolean, rule: string]>> = {
  margins: [(value) => value >= 0, "0 or more"],
  unmitigatedMargins: [(value) => value >= 0, "0 or more"],
  volatilities: [(value) => value > 0, "above 0"],
  expectedShortfall: [(value) => value > 0, "above 0"],
  tailProbabilities: [(value) => value >= 0 && value <= 1, "a probability from 0 to 1"],
  deviations: [(value) => value > 0, "above 0"],
};

/**
 * The series when it keeps every rule its type states.
 *
 * @returns a failure `invalid-input` that names series, column, row (from 1) and the rule broken
 */
export function checkedSeries(series: CoverageSeries): Result<CoverageSeries> {
  const { label, timesMs, confidence, horizon } = series;
  const wrong = (message: string, at = label) => failed("invalid-input", `series ${label}: ${message}`, at);
  if (timesMs.length === 0) return wrong("has no rows; a backtest needs at least one");
  if (!(confidence > 0 && confidence < 1))
    return wrong(`confidence ${confidence}: expected a fraction between 0 and 1`);
  const { forecastConfidence = confidence } = series;
  if (!(forecastConfidence > 0 && forecastConfidence < 1))
    return wrong(`forecast confidence ${forecastConfidence}: expected a fraction between 0 and 1`);
  if (!(Number.isInteger(horizon) && horizon >= 1)) return wrong(`horizon ${horizon}: expected whole rows, 1 or more`);
  for (const column of ["losses", "margins", ...optional] as const) {
    const values = series[column];
    if (values === undefined) continue;
    if (values.length !== timesMs.length)
      return wrong(`column ${column} has ${values.length} rows and the times have ${timesMs.length}`, column);
    const [holds, rule] = bounds[column] ?? [() => true, "a finite number"];
    for (const [row, value] of values.entries()) {
      if (typeof value !== "number" || (Number.isFinite(value) && holds(value))) continue;
      return wrong(`column ${column}, row ${row + 1}: ${value}; expected ${rule}`, `${column}:${row + 1}`);
    }
  }
  for (const [row, time] of timesMs.entries()) {
    if (!Number.isFinite(time)) return wrong(`row ${row + 1}: time ${time} is none`, `timesMs:${row + 1}`);
    const before = timesMs[row - 1];
    if (before !== undefined && !(time > before))
      return wrong(`row ${row + 1}: ${isoInstant(time)} does not follow ${isoInstant(before)}`, `timesMs:${row + 1}`);
  }
  return success(series);
}

/**
 * 1 for each row whose loss is above the margin, else 0. A loss equal to the margin is covered.
 *
 * @param against what the loss must exceed: the margin, or the forecast value at risk where the series has one
 */
export function hitsOf(series: CoverageSeries, against: "margin" | "valueAtRisk" = "margin"): readonly number[] {
  const limits = thresholdsOf(series, against);
  return series.losses.map((loss, row) => (loss > (limits[row] ?? 0) ? 1 : 0));
}

/** The amounts losses are compared with; margins where the series has no forecast of value at risk. */
export function thresholdsOf(series: CoverageSeries, against: "margin" | "valueAtRisk"): readonly number[] {
  return against === "valueAtRisk" ? (series.valueAtRisk ?? series.margins) : series.margins;
}

/** Some rows of a series, in the order given: every h-th, or the last 250. */
export function rowsOf(series: CoverageSeries, rows: readonly number[]): CoverageSeries {
  const pick = <T>(values: readonly T[]): readonly T[] => rows.flatMap((row) => values.slice(row, row + 1));
  const columns = optional.flatMap((name) => {
    const values = series[name];
    return values === undefined ? [] : [[name, pick<number | string>(values)] as const];
  });
  return {
    ...series,
    timesMs: pick(series.timesMs),
    losses: pick(series.losses),
    margins: pick(series.margins),
    ...Object.fromEntries(columns),
  };
}
