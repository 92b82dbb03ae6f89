import type { BookPosition } from "../contract.ts";
import type { MarketColumns } from "../market-columns.ts";
import { addColumn } from "../parts/columns.ts";
import { deltaColumn } from "../parts/delta-columns.ts";
import { netted } from "../parts/holding.ts";
import { componentsInUsd } from "../parts/usd-account-columns.ts";
import { type ContingencyColumns, contingencyColumns } from "./contingency-columns.ts";
import { amountsByTime, amountTimesTime, hedgedPairs } from "./hedged-pairs.ts";
import type { UnitRules } from "./rules.ts";

/**
 * Adds the contingencies of a risk unit at each market, USD; amounts of `contingencies` to rounding.
 *
 * @param derivatives places in the book
 */
export function addContingencies(
  into: Float64Array,
  markets: MarketColumns,
  coin: string,
  derivatives: readonly number[],
  rules: UnitRules,
): void {
  const { book, count } = markets;
  const index = markets.indices.get(coin) ?? new Float64Array(count);
  const entries = derivatives.map((place) => book.positions[place] as BookPosition);
  const columns = contingencyColumns(entries);
  const futures = columns.futures.map((at) => derivatives[at] as number);
  const { vegaContingency, deltaContingency, optionContingency, futureContingency } = rules;
  const addOrStated = (kind: string, rate: number, amounts: () => Float64Array): void => {
    const isStated = ({ id, underlying }: (typeof book.components)[number]) => id === kind && underlying === coin;
    if (book.components.some(isStated)) addColumn(into, componentsInUsd(markets, isStated));
    else if (rate !== 0) addAtIndex(into, amounts(), rate, index);
  };
  const constant = (amount: number) => new Float64Array(count).fill(amount);
  if (futureContingency !== 0) addAtIndex(into, sizesOf(markets, futures), futureContingency, index);
  addOrStated("option-contingency", optionContingency, () => constant(columns.netShort));
  addOrStated("vega-contingency", vegaContingency, () =>
    constant(pairedSize(entries, columns, columns.optionQuantities, 365)),
  );
  addOrStated("delta-contingency", deltaContingency, () => {
    const deltas = derivatives.map((place) => deltaColumn(markets, place));
    return constant(0).map((_, at) => {
      const own = Float64Array.from(deltas, (delta) => delta[at] as number);
      return pairedSize(entries, columns, own, 1);
    });
  });
  addOrStated("stablecoin-contingency", 0, () => constant(0));
}

/** Adds `sizes · rate · index`. */
function addAtIndex(into: Float64Array, sizes: Float64Array, rate: number, index: Float64Array): void {
  addColumn(
    into,
    sizes.map((size, at) => size * (index[at] as number)),
    rate,
  );
}

/** Σ |size| of futures and perpetuals at each market, coins; positions in one contract net first. */
function sizesOf({ book, count, marks }: MarketColumns, places: readonly number[]): Float64Array {
  const total = new Float64Array(count);
  const held = places.map((place) => (book.positions[place] as BookPosition).position);
  for (const { instrument, quantity, place } of netted(held)) {
    const mark = marks[places[place] as number] as Float64Array;
    const isInverse = instrument.payoff === "inverse";
    for (let at = 0; at < count; at++)
      total[at] = (total[at] as number) + Math.abs(isInverse ? quantity / (mark[at] as number) : quantity);
  }
  return total;
}

function pairedSize(
  entries: readonly BookPosition[],
  { expiries }: ContingencyColumns,
  amounts: Float64Array,
  perYear: number,
): number {
  const years = expiries.first.map((at) => entries[at]?.terms.years ?? 0);
  return amountTimesTime(hedgedPairs(amountsByTime(expiries.of, years, amounts)), perYear);
}
