import { failed, type Result, success } from "../../base/index.ts";
import { type History, jointChangesOf, seriesOf } from "../../history/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import { hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import { profitsBySet } from "../../revaluation/index.ts";
import type { ScenarioSet } from "../../scenario/index.ts";
import type { Held } from "./close-out.ts";

/** What a fixed book at a fixed market would have earned over each window of a history. */
export interface WindowProfits {
  /** Days on which the windows begin and end, UTC midnight. */
  readonly fromMs: readonly number[];
  readonly toMs: readonly number[];
  /** Gain > 0, USD, a value a window. */
  readonly profitsUsd: Float64Array;
}

/** Volatility whose relative change moves the whole surface. */
const volatilityFactor = (underlying: string): string => `volatility:${underlying}:30d`;

/**
 * Profit of a book under the changes of a history: every index and forward moves by the relative change of its price, every volatility
 * by that of the 30-day volatility where the history has one, all in one window together; no time passes.
 *
 * @param held        positions with their terms at the market
 * @param horizonDays whole days of a window, ≥ 1; windows overlap
 * @returns windows ascending; `missing-data` naming the series that the history lacks
 * @source resources/docs/backtest.md, section 8
 */
export function windowProfits(
  held: readonly Held[],
  market: MarketSnapshot,
  history: History,
  horizonDays: number,
): Result<WindowProfits> {
  const underlyings = [...new Set(held.map(({ position }) => position.instrument.underlying))].sort();
  const missing = underlyings.find((underlying) => seriesOf(history, `price:${underlying}`) === undefined);
  if (missing !== undefined)
    return failed("missing-data", `the history ${history.name} has no series price:${missing}`, `price:${missing}`);
  const series = underlyings
    .flatMap((underlying) => [`price:${underlying}`, volatilityFactor(underlying)])
    .flatMap((factor) => seriesOf(history, factor) ?? []);
  if (series.length === 0) return failed("missing-data", "the book holds nothing that moves with the history");
  const joint = jointChangesOf(series, { change: "relative", horizonDays });
  if (!joint.ok) return joint;
  const { fromMs, toMs, factors, values } = joint.value;
  if (fromMs.length === 0)
    return failed("missing-data", `the history ${history.name} has no window of ${horizonDays} days`);
  const change = (factor: string, window: number): number | undefined => {
    const row = factors.indexOf(factor);
    return row < 0 ? undefined : values[row * fromMs.length + window];
  };
  const sets = underlyings.map(
    (underlying): ScenarioSet => ({
      ...{ id: underlying, repricer: "model", underlying },
      scenarios: fromMs.map((_, window) => {
        const volatility = change(volatilityFactor(underlying), window);
        return {
          ...{ id: `${window}`, label: "", priceMove: change(`price:${underlying}`, window) ?? 0 },
          ...(volatility === undefined ? {} : { volatility: { change: volatility, mode: "relative" } }),
        };
      }),
    }),
  );
  const instruments = held.map(({ position, terms }) => ({
    ...{ instrument: position.instrument, terms, quantity: position.quantity },
  }));
  const indices = new Map(market.indices.map(({ underlying, price }) => [underlying, price]));
  const profitsUsd = new Float64Array(fromMs.length);
  for (const groups of profitsBySet(sets, instruments).values()) {
    for (const [currency, profits] of groups) {
      if (!hasUsdRate(indices, currency))
        return failed("missing-data", `the market has no index:${currency}`, `index:${currency}`);
      const rate = usdPerUnit(indices, currency);
      for (const [window, profit] of profits.entries()) {
        const moved = rate * (1 + (change(`price:${currency}`, window) ?? 0));
        profitsUsd[window] = (profitsUsd[window] ?? 0) + profit * moved;
      }
    }
  }
  return success({ fromMs, toMs, profitsUsd });
}
