import { type CoverageSeries, hitsOf } from "./coverage-series.ts";
import { type Zone, zoneBounds } from "./traffic-light.ts";

/** Exceptions by look-back and confidence: where a calibration begins to fail. */
export interface ExceptionMap {
  readonly cells: readonly ExceptionCell[];
}

export interface ExceptionCell {
  /** Rows of history the margin was calibrated on. */
  readonly lookback: number;
  readonly confidence: number;
  readonly observations: number;
  readonly exceptions: number;
  readonly zone: Zone;
}

/**
 * Counts the exceptions of one series for each calibration.
 *
 * @param series one a calibration, each with its look-back in rows; confidence as the series states it, above 0.5
 */
export function exceptionMap(
  series: readonly { readonly lookback: number; readonly series: CoverageSeries }[],
): ExceptionMap {
  const cells = series.map(({ lookback, series: own }) => {
    const observations = own.losses.length;
    const exceptions = hitsOf(own).reduce((total, hit) => total + hit, 0);
    const { firstYellow, firstRed } = zoneBounds(observations, 1 - own.confidence);
    const zone: Zone = exceptions >= firstRed ? "red" : exceptions >= firstYellow ? "yellow" : "green";
    return { lookback, confidence: own.confidence, observations, exceptions, zone };
  });
  return { cells };
}
