import { DomainError, sum } from "../../base/index.ts";
import { positionDelta } from "../../pricing/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { BookPosition, MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "./column-sums.ts";
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
  /** Profit of each derivative in a cell. */
  readonly profits: (cell: number) => readonly number[];
  /** Profit of the hedging spot in a cell. */
  readonly spotProfit: (cell: number) => number;
}

/** Spot of the coin and how much of it counts as a hedge, coins; long > 0. */
export interface SpotHedge {
  readonly held: number;
  readonly counted: number;
  readonly index: number;
}

/**
 * What turns the cube's value of one position into USD: value × `perUnit`, and × (1 + price move) when inverse.
 *
 *     linear    quantity × USD per unit of the settlement currency
 *     inverse   quantity × price of the contract; with the move, coin profit at the moved price: quantity × move for
 *               futures and perpetuals
 */
function dollarsOf({ position: { instrument, quantity }, terms }: BookPosition, indices: ReadonlyMap<string, number>) {
  const inverse = instrument.payoff === "inverse";
  return { inverse, perUnit: quantity * (inverse ? terms.forward : usdPerUnit(indices, instrument.settlement)) };
}

/** What a grid is summed from: positions of one coin with its revalued scenarios. */
export interface UnitGridInput {
  readonly coin: string;
  readonly positions: readonly BookPosition[];
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
  const { coin, cube, indices, spot, spotGainsOnly = false, weights } = input;
  const derivatives = derivativesOf(input.positions);
  const { scenarios, values } = cube;
  const parts = derivatives.map((entry) => {
    const { id } = entry.position.instrument;
    const row = cube.rowOf.get(id);
    if (row === undefined) throw new DomainError("the cube must hold every instrument of the book", id);
    return { start: row * scenarios.length, ...dollarsOf(entry, indices) };
  });
  const moveOf = (cell: number) => scenarios[cell]?.priceMove ?? 0;
  const profits = (cell: number): number[] => {
    const factor = 1 + moveOf(cell);
    return parts.map(({ start, inverse, perUnit }) => perUnit * (values[start + cell] ?? 0) * (inverse ? factor : 1));
  };
  const spotProfit = (cell: number): number => {
    const profit = spot.counted * spot.index * moveOf(cell);
    return spotGainsOnly ? Math.max(0, profit) : profit;
  };
  const totals = totalsOf();
  function totalsOf(): readonly number[] {
    const sums = columnSums(scenarios.length);
    const factors = Float64Array.from(scenarios, ({ priceMove }) => 1 + priceMove);
    const ones = new Float64Array(factors.length).fill(1);
    for (const { start, inverse, perUnit } of parts) sums.addRow(perUnit, values, start, inverse ? factors : ones);
    return scenarios.map((_, cell) => {
      sums.add(cell, spotProfit(cell));
      return sums.total(cell);
    });
  }
  const weighted = weights === undefined ? totals : totals.map((total, cell) => total * (weights[cell] ?? 1));
  return { coin, derivatives, spot, cube, totals, profits, spotProfit, ...worstOf(weighted, scenarios) };
}

function worstOf(totals: readonly number[], scenarios: readonly Scenario[]): { readonly worst?: number } {
  const least = Math.min(0, ...totals);
  if (least >= 0) return {};
  // Cells that differ in the last bits of a sum are one loss: which is named must not hang on the order of additions.
  const ties = totals.flatMap((total, cell) => (total <= least * (1 - 1e-12) ? [cell] : []));
  const worst = ties.find((cell) => scenarios[cell]?.volatility === undefined) ?? ties[0];
  return worst === undefined ? {} : { worst };
}

/** The grid as cells for the heat map. */
export function riskMatrix({ coin, cube, totals, worst }: UnitGrid): RiskMatrix {
  const binding = worst === undefined ? undefined : cube.scenarios[worst];
  const cells = cube.scenarios.map(({ id, label, priceMove }, cell): MatrixCell => {
    const amount = totals[cell] ?? 0;
    const volatility = id.slice(id.lastIndexOf(" ") + 1);
    return { scenarioId: id, label, priceMove, volatility, group: "standard", beforeOffsets: amount, amount };
  });
  return {
    setId: cube.setId,
    title: `Risk unit ${coin}`,
    unit: "USD",
    cells,
    ...(binding === undefined ? {} : { bindingScenarioId: binding.id }),
  };
}

/** Delta of derivatives, coins: Black delta of options, size in coin of futures and perpetuals. */
export function deltaOf({ position: { instrument, quantity }, terms, delta }: BookPosition): number {
  return delta === undefined ? positionDelta(instrument, terms, quantity) : quantity * delta;
}

/** Positions without spot, in their order. */
export function derivativesOf(positions: readonly BookPosition[]): readonly BookPosition[] {
  return positions.filter(({ position }) => position.instrument.kind !== "spot");
}

/**
 * Spot positions of a coin that hedge its derivatives.
 *
 * @param size `held`: all of it; `offsetting`: as much as the opposite delta of the derivatives, nothing when they agree in sign
 */
export function spotHedge(positions: readonly BookPosition[], size: "offsetting" | "held"): SpotHedge {
  const spot = positions.filter(({ position }) => position.instrument.kind === "spot");
  const held = sum(spot.map(({ position }) => position.quantity));
  const index = spot[0]?.terms.index ?? 0;
  if (size === "held" || held === 0) return { held, counted: held, index };
  const delta = sum(derivativesOf(positions).map(deltaOf));
  return { held, counted: held * delta < 0 ? Math.sign(held) * Math.min(Math.abs(held), Math.abs(delta)) : 0, index };
}
