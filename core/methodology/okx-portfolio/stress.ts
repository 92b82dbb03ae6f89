import type { PnlCube } from "../../revaluation/index.ts";
import type { MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { cubeRows } from "../parts/cube-rows.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { OkxRules } from "./rules.ts";
import { type StressColumn, stressSetId, stressTest } from "./scenarios.ts";
import { section } from "./sections.ts";
import type { RiskUnit } from "./units.ts";

/** Profit of a unit in every cell of its stress test, USD; gain > 0. */
export interface Stress {
  readonly unit: RiskUnit;
  readonly columns: readonly StressColumn[];
  /** Profit of a position in a cell. */
  readonly profit: (leg: number, column: number) => number;
  /** Profit of the spot in use in a cell. */
  readonly spotProfit: (column: number) => number;
  readonly totals: Float64Array;
  /** The cell with the largest loss of MR1 and of MR6, the first of equals. */
  readonly worst: { readonly standard: number; readonly extended: number };
}

/** Revalues a unit in its cells. */
export function stressOf(unit: RiskUnit, rules: OkxRules, cube: PnlCube): Stress {
  const { legs, spot, index } = unit;
  const { kinds } = legs;
  const { weights, shifts } = unit.profits;
  const { columns, moves, factors } = stressTest(rules, unit.underlying);
  const { values, scenarios } = cube;
  const rows = cubeRows(cube, legs.list);
  const startOf = (leg: number) => (rows[leg] as number) * scenarios.length;
  const factorsOf = (leg: number) => factors[kinds[leg] as number] as Float64Array;
  const spotProfit = (column: number) => spot.coins * index * (moves[column] as number);
  const sums = columnSums(columns.length);
  for (let leg = 0; leg < kinds.length; leg++)
    sums.addShiftedRow(weights[leg] as number, values, startOf(leg), factorsOf(leg), shifts[leg] as number, moves);
  const totals = moves.map((_, column) => {
    sums.add(column, spotProfit(column));
    return sums.total(column);
  });
  const least = (group: StressColumn["group"]) =>
    columns.reduce((worst, column, at) => {
      if (column.group !== group) return worst;
      return worst < 0 || (totals[at] as number) < (totals[worst] as number) ? at : worst;
    }, -1);
  return {
    ...{ unit, columns, totals, spotProfit },
    profit: (leg, column) => {
      const unitProfit = values[startOf(leg) + column] ?? Number.NaN;
      const moved = (shifts[leg] as number) * (moves[column] as number);
      return (weights[leg] as number) * ((factorsOf(leg)[column] as number) * unitProfit + moved);
    },
    worst: { standard: least("standard"), extended: least("extended") },
  };
}

/** Requirement of one cell: its loss, with the profits of positions below it when `detail`. */
export function cellLossLine(
  stress: Stress,
  column: number,
  rules: OkxRules,
  id: string,
  name: "MR1 spot shock" | "Loss of the extreme move",
  detail: boolean,
): Line {
  const { unit, columns } = stress;
  const { leaf, loss } = lines("USD");
  const rule = name === "MR1 spot shock" ? section.mr1 : section.mr6;
  const cell = columns[column];
  if (cell === undefined) return loss(id, name, rule, [], { component: "scenario" });
  const children = detail
    ? positionLines(stress, column, cell, id)
    : [leaf(`${id}/positions`, "All positions and spot", stress.totals[column] ?? 0, section.positionProfit)];
  return loss(id, `${name}: ${cell.label}`, rule, children, {
    component: "scenario",
    inputs: [
      { label: "price move", value: cell.priceMove, parameter: cell.parameter },
      ...(cell.shock === undefined ? [] : volatilityInputs(unit, rules)),
    ],
  });
}

/** Profits of the positions in a cell, and of the spot in use where there is some. */
function positionLines(
  { unit, profit, spotProfit }: Stress,
  column: number,
  cell: StressColumn,
  id: string,
): readonly Line[] {
  const { leaf } = lines("USD");
  const spot = leaf(`${id}/spot`, `Spot in use, ${unit.underlying}`, spotProfit(column), section.spot, {
    component: "position",
    inputs: spotInputs(unit),
  });
  const children = unit.legs.entries.map(({ position }, leg) =>
    leaf(`${id}/${position.id}`, position.instrument.symbol, profit(leg, column), section.positionProfit, {
      component: "position",
      positionId: position.id,
      inputs: [
        { label: "quantity", value: position.quantity },
        { label: "index of the pair", value: unit.legs.pairIndexUsd[leg] ?? 0, unit: "USD" },
        { label: "price move", value: cell.priceMove },
      ],
    }),
  );
  return unit.spot.coins === 0 ? children : [...children, spot];
}

/**
 * The stress test as the matrix the venue prints: of the changes in points and in percent the worse one, the first of equals;
 * extreme cells stand at the share that is charged.
 *
 * @param bindingOnly no cell but the one that sets the requirement
 */
export function stressMatrix(
  { unit, columns, totals, worst }: Stress,
  rules: OkxRules,
  bindingOnly: boolean,
): RiskMatrix {
  const cellOf = (index: number): MatrixCell | undefined => {
    const column = columns[index];
    if (column === undefined) return undefined;
    const { scenarioId, label, priceMove, volatility, group } = column;
    const total = totals[index] ?? 0;
    const amount = group === "extended" ? rules.mr6.factor * total : total;
    return { scenarioId, label, priceMove, volatility, group, beforeOffsets: total, amount };
  };
  const [standard, extended] = [cellOf(worst.standard), cellOf(worst.extended)];
  const binding = (extended?.amount ?? 0) < (standard?.amount ?? 0) ? extended : standard;
  const binds = binding !== undefined && binding.amount < 0;
  return {
    setId: stressSetId(unit.id),
    title: `Stress test of ${unit.id}`,
    unit: "USD",
    cells: bindingOnly ? (binds ? [binding] : []) : printedCells(columns.flatMap((_, index) => cellOf(index) ?? [])),
    ...(binds ? { bindingScenarioId: binding.scenarioId } : {}),
  };
}

function printedCells(all: readonly MatrixCell[]): readonly MatrixCell[] {
  const places = new Map<string, MatrixCell>();
  for (const cell of all) {
    const place = `${cell.group} ${cell.priceMove} ${cell.volatility}`;
    if (cell.amount < (places.get(place)?.amount ?? Number.POSITIVE_INFINITY)) places.set(place, cell);
  }
  return [...places.values()];
}

/** How much spot offsets the derivatives, and why not more. */
export function spotInputs({ spot, underlying }: RiskUnit): readonly LineInput[] {
  return [
    { label: "spot in use", value: spot.coins, unit: underlying },
    { label: "delta of derivatives", value: spot.delta, unit: underlying },
    { label: `equity in ${underlying}`, value: spot.equity, unit: underlying },
    ...(spot.limit === undefined ? [] : [{ label: "your own cap", value: spot.limit, unit: underlying }]),
  ];
}

function volatilityInputs({ legs }: RiskUnit, rules: OkxRules): readonly LineInput[] {
  if (!legs.hasOptions) return [];
  const { byDays, floor } = rules.mr1.volatility;
  const at = "/mr1/volatility";
  return [
    ...byDays.flatMap(({ days, points, percent }, index) => [
      { label: `points at ${days} days`, value: points, parameter: `${at}/byDays/${index}/points` },
      { label: `percent at ${days} days`, value: percent, parameter: `${at}/byDays/${index}/percent` },
    ]),
    { label: "least volatility", value: floor, parameter: `${at}/floor` },
  ];
}
