import { DomainError } from "../../base/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { MarketColumns, MatrixColumns } from "../market-columns.ts";
import { isTie } from "./unit-grid.ts";
import { usdColumn } from "./usd-per-unit.ts";

/** What the grids of one coin are summed from, as `UnitGridInput`. */
export interface GridColumnsInput {
  readonly setId: string;
  readonly scenarios: readonly Scenario[];
  /** Places of the derivatives in the book. */
  readonly derivatives: readonly number[];
  /** Value of the spot that counts at each market, USD. */
  readonly spot: Float64Array;
  readonly spotGainsOnly?: boolean;
  readonly weights?: readonly number[];
  readonly title: string;
}

/** The worst cell of a grid at each market. */
export interface GridColumns {
  /** Its loss at its weight, USD; ≥ 0. */
  readonly losses: Float64Array;
  readonly matrix: MatrixColumns;
}

/** Grids of one coin at many markets, each with the worst cell of `unitGrid`. */
export function gridColumns(markets: MarketColumns, input: GridColumnsInput): GridColumns {
  const { scenarios, weights, title } = input;
  const { count } = markets;
  const width = scenarios.length;
  const totals = totalsOf(markets, input);
  const losses = new Float64Array(count);
  const binding = new Int16Array(count).fill(-1);
  const weightOf = (cell: number) => weights?.[cell] ?? 1;
  for (let market = 0; market < count; market++) {
    const weighted = (cell: number) => (totals[market * width + cell] as number) * weightOf(cell);
    let least = 0;
    for (let cell = 0; cell < width; cell++) least = Math.min(least, weighted(cell));
    if (!Number.isFinite(least)) throw new DomainError("the total of a cell must be a finite number", least);
    if (least === 0) continue;
    let worst = -1;
    for (let cell = width - 1; cell >= 0; cell--) {
      if (!isTie(weighted(cell), least)) continue;
      const isUnmoved = scenarios[cell]?.volatility === undefined;
      if (worst < 0 || isUnmoved || scenarios[worst]?.volatility !== undefined) worst = cell;
    }
    losses[market] = -weighted(worst);
    binding[market] = worst;
  }
  return { losses, matrix: { title, labels: scenarios.map(({ label }) => label), binding } };
}

/** Profits by market and cell, USD, as `UnitGrid.totals` to rounding. */
function totalsOf(markets: MarketColumns, input: GridColumnsInput): Float64Array {
  const { book, count, indices } = markets;
  const { setId, scenarios, derivatives, spot, spotGainsOnly = false } = input;
  const width = scenarios.length;
  const totals = new Float64Array(count * width);
  const moved = Float64Array.from(scenarios, ({ priceMove }) => 1 + priceMove);
  const unmoved = new Float64Array(width).fill(1);
  for (const place of derivatives) {
    const instrument = book.positions[place]?.position.instrument;
    if (instrument === undefined) continue;
    const isInverse = instrument.payoff === "inverse";
    const dollars = isInverse ? markets.forwards(place) : usdColumn(indices, instrument.settlement, count);
    addRows(totals, dollars, markets.profits(setId, place), isInverse ? moved : unmoved);
  }
  for (let market = 0; market < count; market++)
    for (let cell = 0; cell < width; cell++) {
      const profit = (spot[market] as number) * (scenarios[cell]?.priceMove ?? 0);
      const at = market * width + cell;
      totals[at] = (totals[at] as number) + (spotGainsOnly ? Math.max(0, profit) : profit);
    }
  return totals;
}

/** Adds `weights[row] · values[row, column] · factors[column]`. */
function addRows(into: Float64Array, weights: Float64Array, values: Float64Array, factors: Float64Array): void {
  const width = factors.length;
  let at = 0;
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number;
    for (let column = 0; column < width; column++, at++)
      into[at] = (into[at] as number) + weight * (values[at] as number) * (factors[column] as number);
  }
}
