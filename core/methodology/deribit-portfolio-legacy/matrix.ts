import { DomainError, sum } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition, MatrixCell, RiskMatrix } from "../contract.ts";
import type { MatrixScenario } from "./scenarios.ts";

/** Profit of one position in every scenario, and the sums over positions. Settlement currency; gain > 0. */
export interface Matrix {
  readonly positions: readonly BookPosition[];
  readonly scenarios: readonly MatrixScenario[];
  /** Sum over positions by scenario. */
  readonly totals: readonly number[];
  /** The scenario with the largest loss; the first one on ties. Absent when none loses. */
  readonly worst?: number;
  readonly profit: (position: BookPosition, scenario: number) => number;
}

/** Sums the cube over positions of one underlying and settlement currency. */
export function matrixOf(
  positions: readonly BookPosition[],
  scenarios: readonly MatrixScenario[],
  cube: PnlCube,
): Matrix {
  const width = cube.scenarios.length;
  const profit = ({ position }: BookPosition, scenario: number): number => {
    const row = cube.rowOf.get(position.instrument.id);
    const unit = row === undefined ? undefined : cube.values[row * width + scenario];
    if (unit === undefined)
      throw new DomainError("the cube must hold every instrument of the book", position.instrument.id);
    return position.quantity * unit;
  };
  const totals = scenarios.map((_, scenario) => sum(positions.map((position) => profit(position, scenario))));
  const least = Math.min(0, ...totals);
  return { positions, scenarios, totals, profit, ...(least < 0 ? { worst: totals.indexOf(least) } : {}) };
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
