import { sum } from "../base/index.ts";
import { type CoverageSeries, hitsOf } from "./coverage-series.ts";

/** One row whose loss was above its margin. */
export interface Exception {
  readonly row: number;
  readonly timeMs: number;
  /** Currency of the series; all > 0 but a margin of 0. */
  readonly loss: number;
  readonly margin: number;
  /** Loss less margin, > 0. */
  readonly shortfall: number;
  readonly driver?: string;
  /** Stored run of the row. */
  readonly runId?: string;
}

/** How much of the losses the margin covered. */
export interface Coverage {
  readonly observations: number;
  readonly exceptions: number;
  /** 1 − x/T, fraction. */
  readonly inCount: number;
  /** Promised coverage, fraction. */
  readonly target: number;
  readonly meetsTarget: boolean;
  /** Σ min(loss, margin) / Σ loss over rows with a loss, fraction; absent when no row lost. */
  readonly inValue?: number;
  /** Mean and largest loss less margin of the exceptions, currency, > 0; absent without an exception. */
  readonly meanShortfall?: number;
  readonly largestShortfall?: number;
  /** Largest shortfall over its margin; absent without an exception or where that margin is 0. */
  readonly largestShortfallOfMargin?: number;
  readonly meanMargin: number;
}

/**
 * Coverage of losses by margin, in number of rows and in value.
 *
 * @param series as `checkedSeries` accepts it
 */
export function coverageOf(series: CoverageSeries): Coverage {
  const { losses, margins, confidence } = series;
  const observations = losses.length;
  const exceptions = exceptionsOf(series);
  const shortfalls = exceptions.map(({ shortfall }) => shortfall);
  const inCount = 1 - exceptions.length / observations;
  const lost = sum(losses.map((loss) => Math.max(loss, 0)));
  const covered = sum(losses.map((loss, row) => Math.min(Math.max(loss, 0), margins[row] ?? 0)));
  const ofMargin = exceptions.filter(({ margin }) => margin > 0).map(({ shortfall, margin }) => shortfall / margin);
  return {
    ...{ observations, exceptions: exceptions.length, inCount, target: confidence },
    meetsTarget: inCount >= confidence,
    ...(lost > 0 && { inValue: covered / lost }),
    ...(shortfalls.length > 0 && {
      meanShortfall: sum(shortfalls) / shortfalls.length,
      largestShortfall: greatest(shortfalls),
    }),
    ...(ofMargin.length > 0 && { largestShortfallOfMargin: greatest(ofMargin) }),
    meanMargin: sum(margins) / observations,
  };
}

/** Rows whose loss was above the margin, in time order. */
export function exceptionsOf(series: CoverageSeries): readonly Exception[] {
  const { timesMs, losses, margins, drivers, runIds } = series;
  return hitsOf(series).flatMap((hit, row) => {
    if (hit === 0) return [];
    const [loss = 0, margin = 0] = [losses[row], margins[row]];
    const [driver = "", runId = ""] = [drivers?.[row], runIds?.[row]];
    return [
      {
        ...{ row, timeMs: timesMs[row] ?? 0, loss, margin, shortfall: loss - margin },
        ...(driver !== "" && { driver }),
        ...(runId !== "" && { runId }),
      },
    ];
  });
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
