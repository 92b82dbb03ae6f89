import { DomainError } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition, MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import type { MatrixScenario } from "./scenarios.ts";

/** Profit of one position in every scenario, and the sums over positions. Settlement currency; gain > 0. */
export interface Matrix {
  readonly positions: readonly BookPosition[];
  readonly scenarios: readonly MatrixScenario[];
  /** Sum over positions by scenario. */
  readonly totals: readonly number[];
  /** The scenario with the largest loss; the first one on ties. Absent when none loses. */
  readonly worst?: number;
  /** Profit of each position in a scenario, in the order of `positions`. */
  readonly profits: (scenario: number) => readonly number[];
}

/** Sums the cube over positions of one underlying and settlement currency. */
export function matrixOf(
  positions: readonly BookPosition[],
  scenarios: readonly MatrixScenario[],
  cube: PnlCube,
): Matrix {
  const width = cube.scenarios.length;
  const starts = positions.map(({ position: { instrument } }) => {
    const row = cube.rowOf.get(instrument.id);
    if (row === undefined) throw new DomainError("the cube must hold every instrument of the book", instrument.id);
    return row * width;
  });
  const profits = (scenario: number): number[] =>
    positions.map(({ position }, index) => position.quantity * (cube.values[(starts[index] ?? 0) + scenario] ?? 0));
  const sums = columnSums(scenarios.length);
  const ones = new Float64Array(scenarios.length).fill(1);
  positions.forEach(({ position: { quantity } }, index) => {
    sums.addRow(quantity, cube.values, starts[index] ?? Number.NaN, ones);
  });
  const totals = scenarios.map((_, scenario) => sums.total(scenario));
  const least = Math.min(0, ...totals);
  return { positions, scenarios, totals, profits, ...(least < 0 ? { worst: totals.indexOf(least) } : {}) };
}

/** The matrix as cells for the heat map. */
export function riskMatrix(matrix: Matrix, setId: string, title: string, unit: string): RiskMatrix {
  const binding = matrix.worst === undefined ? undefined : matrix.scenarios[matrix.worst];
  const cells = matrix.scenarios.map(({ id, label, priceMove, row }, index): MatrixCell => {
    const amount = matrix.totals[index] ?? 0;
    return { scenarioId: id, label, priceMove, volatility: row, group: "standard", beforeOffsets: amount, amount };
  });
  return { setId, title, unit, cells, ...(binding === undefined ? {} : { bindingScenarioId: binding.id }) };
}
