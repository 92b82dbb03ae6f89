import { DomainError } from "../base/index.ts";
import type { Zone } from "./traffic-light.ts";

/** Acerbi and Szekely's recommended limits of Z2, good for a wide range of tails. */
export const recommendedZ2 = { yellow: -0.7, red: -1.8 } as const;

/**
 * Ratios L/ES of the rows whose loss is above the forecast value at risk.
 *
 * @param losses loss > 0, any finite numbers
 * @param valueAtRisk forecast, same length and unit
 * @param expectedShortfall forecast, same length and unit; > 0
 * @throws DomainError when the lengths differ or a shortfall is not above 0
 */
export function shortfallRatios(
  losses: readonly number[],
  valueAtRisk: readonly number[],
  expectedShortfall: readonly number[],
): readonly number[] {
  if (valueAtRisk.length !== losses.length || expectedShortfall.length !== losses.length)
    throw new DomainError("losses and forecasts must have one length", losses.length);
  return losses.flatMap((loss, row) => {
    const shortfall = expectedShortfall[row] ?? 0;
    if (!(shortfall > 0)) throw new DomainError("expected shortfall must be above 0", shortfall);
    return loss > (valueAtRisk[row] ?? 0) ? [loss / shortfall] : [];
  });
}

/**
 * Acerbi and Szekely's first statistic: are losses beyond the value at risk as large as forecast?
 *
 *     Z1 = 1 − (1/x) Σ I_t L_t / ES_t
 *
 * It does not see how many exceptions there are: read it beside a test of the value at risk.
 *
 * @param ratios L/ES of the exceptions
 * @returns below 0 when the expected shortfall is too small; undefined without an exception
 * @source C. Acerbi, B. Szekely, Backtesting expected shortfall, MSCI (December 2014)
 */
export function firstStatistic(ratios: readonly number[]): number | undefined {
  return ratios.length === 0 ? undefined : 1 - total(ratios) / ratios.length;
}

/**
 * Acerbi and Szekely's second statistic: number and size of losses beyond the value at risk together.
 *
 *     Z2 = 1 − (1/(T p)) Σ I_t L_t / ES_t,   mean 0 when the model is right
 *
 * @param ratios L/ES of the exceptions
 * @param observations T ≥ 1
 * @param p tail probability, 0 < p < 1
 * @returns below 0 when the expected shortfall is too small; 1 without an exception
 * @source as `firstStatistic`
 */
export function secondStatistic(ratios: readonly number[], observations: number, p: number): number {
  return 1 - total(ratios) / (observations * p);
}

/** Zone of Z2 by the recommended limits −0.70 and −1.8. */
export function secondStatisticZone(z2: number): Zone {
  if (z2 > recommendedZ2.yellow) return "green";
  return z2 > recommendedZ2.red ? "yellow" : "red";
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
