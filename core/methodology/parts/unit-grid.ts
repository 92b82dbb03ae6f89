import { DomainError, numbersOf } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { BookPosition, MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "./column-sums.ts";
import { cubeRows } from "./cube-rows.ts";
import { groupsBy, noGroup } from "./groups.ts";
import { nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";
import type { SpotHedge } from "./spot-hedge.ts";
import { usdPerUnit } from "./usd-per-unit.ts";

/** Profit of a risk unit in every cell of its grid, USD; gain > 0. */
export interface UnitGrid {
  readonly coin: string;
  /** Everything but spot, in the order of the book. */
  readonly derivatives: readonly BookPosition[];
  readonly spot: SpotHedge;
  readonly cube: PnlCube;
  /** Sum over derivatives and hedging spot by cell. */
  readonly totals: readonly number[];
  /** The cell with the largest loss; on ties the one with unchanged volatility, else the first. Absent when none loses. */
  readonly worst?: number;
  /** Profit of each derivative in a cell; with that of the spot they add up to its total. */
  readonly profits: (cell: number) => Float64Array;
  /** Profit of the hedging spot in a cell. */
  readonly spotProfit: (cell: number) => number;
}

/** What a grid is summed from: derivatives of one coin with its revalued scenarios. */
export interface UnitGridInput {
  readonly coin: string;
  readonly derivatives: readonly BookPosition[];
  readonly cube: PnlCube;
  readonly indices: ReadonlyMap<string, number>;
  readonly spot: SpotHedge;
  /** True where spot counts in cells in which it gains only. */
  readonly spotGainsOnly?: boolean;
  /** Share of the loss of each scenario that counts; all in full when absent. */
  readonly weights?: readonly number[];
}

/** Sums the cube over the positions of one coin. */
export function unitGrid(input: UnitGridInput): UnitGrid {
  const { coin, derivatives, cube, spot, spotGainsOnly = false, weights } = input;
  const { scenarios, values } = cube;
  const width = scenarios.length;
  const { contracts, quantities, linear, currencies } = columnsOf(derivatives, nothingElse);
  const rows = cubeRows(cube, contracts);
  const dollars = dollarsOf(derivatives, quantities, linear, currencies, input.indices);
  const moved = numbersOf(scenarios, ({ priceMove }) => 1 + priceMove);
  const unmoved = new Float64Array(width).fill(1);
  const profits = (cell: number) =>
    dollars.map((perUnit, at) => {
      const factor = (linear[at] === noGroup ? moved : unmoved)[cell] as number;
      return perUnit * (values[(rows[at] as number) * width + cell] as number) * factor;
    });
  const spotProfit = (cell: number): number => {
    const profit = spot.counted * spot.index * (scenarios[cell]?.priceMove ?? 0);
    return spotGainsOnly ? Math.max(0, profit) : profit;
  };
  const sums = columnSums(width);
  for (let at = 0; at < dollars.length; at++) {
    const row = rows[at] as number;
    if (Number.isNaN(row))
      throw new DomainError("the cube must hold every instrument of the book", contracts[at]?.instrument.id);
    sums.addRow(dollars[at] as number, values, row * width, linear[at] === noGroup ? moved : unmoved);
  }
  const totals = scenarios.map((_, cell) => {
    sums.add(cell, spotProfit(cell));
    return sums.total(cell);
  });
  const weighted = weights === undefined ? totals : totals.map((total, cell) => total * (weights[cell] ?? 1));
  return { coin, derivatives, spot, cube, totals, profits, spotProfit, ...worstOf(weighted, scenarios) };
}

/** Linear contracts by settlement currency. */
const settlementsOf = oncePerContracts((list) => {
  const linear = groupsBy(list, ({ instrument: { payoff, settlement } }) =>
    payoff === "inverse" ? undefined : settlement,
  );
  return { linear: linear.of, currencies: linear.first.map((at) => list[at]?.instrument.settlement ?? "") };
});

/** What a grid takes from the derivatives whatever the market: contracts, quantities, and the settlement currency of linear ones. */
const columnsOf = oncePerPositions((list) => ({
  ...{ contracts: list, quantities: numbersOf(list, ({ quantity }) => quantity) },
  ...settlementsOf(list, nothingElse),
}));

/**
 * What turns the cube's value of one unit of each position into USD: value × this, and × (1 + price move) when inverse.
 *
 *     linear    quantity × USD per unit of the settlement currency
 *     inverse   quantity × price of the contract; with the move, coin profit at the moved price: quantity × move for
 *               futures and perpetuals
 */
function dollarsOf(
  derivatives: readonly BookPosition[],
  quantities: Float64Array,
  linear: Int32Array,
  currencies: readonly string[],
  indices: ReadonlyMap<string, number>,
): Float64Array {
  const rates = currencies.map((currency) => usdPerUnit(indices, currency));
  const dollars = new Float64Array(quantities.length);
  for (let at = 0; at < dollars.length; at++) {
    const currency = linear[at] as number;
    const price = currency === noGroup ? (derivatives[at] as BookPosition).terms.forward : (rates[currency] as number);
    dollars[at] = (quantities[at] as number) * price;
  }
  return dollars;
}

function worstOf(totals: readonly number[], scenarios: readonly Scenario[]): { readonly worst?: number } {
  const least = Math.min(0, ...totals);
  if (least >= 0) return {};
  const ties = totals.flatMap((total, cell) => (isTie(total, least) ? [cell] : []));
  const worst = ties.find((cell) => scenarios[cell]?.volatility === undefined) ?? ties[0];
  return worst === undefined ? {} : { worst };
}

/** Cells that differ in the last bits of a sum are one loss: which is named must not hang on the order of additions. */
export function isTie(total: number, least: number): boolean {
  return total <= least * (1 - 1e-12);
}

/** What the matrix of a coin's grid is called. */
export function gridTitle(coin: string): string {
  return `Risk unit ${coin}`;
}

/** The grid as cells for the heat map; the binding one alone where nobody draws it. */
export function riskMatrix({ coin, cube, totals, worst }: UnitGrid, bindingOnly = false): RiskMatrix {
  const binding = worst === undefined ? undefined : cube.scenarios[worst];
  const shown = !bindingOnly ? [...cube.scenarios.keys()] : worst === undefined ? [] : [worst];
  const cells = shown.flatMap((cell): readonly MatrixCell[] => {
    const scenario = cube.scenarios[cell];
    if (scenario === undefined) return [];
    const { id, label, priceMove } = scenario;
    const amount = totals[cell] ?? 0;
    const volatility = id.slice(id.lastIndexOf(" ") + 1);
    return [{ scenarioId: id, label, priceMove, volatility, group: "standard", beforeOffsets: amount, amount }];
  });
  return {
    setId: cube.setId,
    title: gridTitle(coin),
    unit: "USD",
    cells,
    ...(binding === undefined ? {} : { bindingScenarioId: binding.id }),
  };
}
