import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition, MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { cubeRows } from "../parts/cube-rows.ts";
import type { Held } from "./held.ts";
import type { MatrixScenario } from "./scenarios.ts";

/** Profit of one position in every scenario, and the sums over positions. Settlement currency; gain > 0. */
export interface Matrix {
  readonly positions: readonly BookPosition[];
  readonly scenarios: readonly MatrixScenario[];
  /** Sum over positions by scenario. */
  readonly totals: readonly number[];
  /** The scenario with the largest loss; the first one on ties. Absent when none loses. */
  readonly worst?: number;
  /** Profit of a position in a scenario. */
  readonly profit: (at: number, scenario: number) => number;
}

/** Sums the cube over positions of one underlying and settlement currency. */
export function matrixOf({ positions, contracts }: Held, scenarios: readonly MatrixScenario[], cube: PnlCube): Matrix {
  const width = cube.scenarios.length;
  const rows = cubeRows(cube, contracts);
  const quantityOf = (at: number) => (positions[at] as BookPosition).position.quantity;
  const sums = columnSums(scenarios.length);
  const ones = new Float64Array(scenarios.length).fill(1);
  for (let at = 0; at < positions.length; at++)
    sums.addRow(quantityOf(at), cube.values, (rows[at] as number) * width, ones);
  const totals = scenarios.map((_, scenario) => sums.total(scenario));
  const least = Math.min(0, ...totals);
  return {
    ...{ positions, scenarios, totals },
    profit: (at, scenario) => quantityOf(at) * (cube.values[(rows[at] as number) * width + scenario] ?? 0),
    ...(least < 0 ? { worst: totals.indexOf(least) } : {}),
  };
}

/**
 * The matrix as cells for the heat map.
 *
 * @param bindingOnly no cell but the one that sets the requirement
 */
export function riskMatrix(
  { scenarios, totals, worst }: Matrix,
  setId: string,
  title: string,
  unit: string,
  bindingOnly: boolean,
): RiskMatrix {
  const cells = scenarios.flatMap(({ id, label, priceMove, row }, at): MatrixCell[] => {
    if (bindingOnly && at !== worst) return [];
    const amount = totals[at] ?? 0;
    return [{ scenarioId: id, label, priceMove, volatility: row, group: "standard", beforeOffsets: amount, amount }];
  });
  const binding = worst === undefined ? undefined : scenarios[worst];
  return { setId, title, unit, cells, ...(binding === undefined ? {} : { bindingScenarioId: binding.id }) };
}
