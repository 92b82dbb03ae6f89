import type { PnlCube } from "../../revaluation/index.ts";
import type { MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { cubeRows } from "../parts/cube-rows.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { addProfits, profitUsd } from "./leg.ts";
import type { OkxRules } from "./rules.ts";
import { type StressColumn, stressColumns, stressSetId } from "./scenarios.ts";
import { section } from "./sections.ts";
import type { RiskUnit } from "./units.ts";

/** Profit of a unit in every cell of its stress test, USD; gain > 0. */
export interface Stress {
  readonly unit: RiskUnit;
  readonly columns: readonly StressColumn[];
  /** Profit of each position, then of the spot in use, in a cell. */
  readonly profits: (column: number) => readonly number[];
  readonly totals: readonly number[];
  /** The cell with the largest loss of MR1 and of MR6, the first of equals. */
  readonly worst: { readonly standard: number; readonly extended: number };
}

/** Revalues a unit in its cells. */
export function stressOf(unit: RiskUnit, rules: OkxRules, cube: PnlCube): Stress {
  const columns = stressColumns(rules, unit.underlying);
  const width = cube.scenarios.length;
  const rows = cubeRows(cube, unit.legs);
  const { values } = unit;
  const profits = (column: number): number[] => {
    const move = columns[column]?.priceMove ?? Number.NaN;
    const own = unit.legs.map((leg, i) =>
      profitUsd(leg, move, values[i] ?? 0, cube.values[(rows[i] ?? 0) * width + column] ?? Number.NaN),
    );
    return [...own, unit.spot.coins * unit.index * move];
  };
  const sums = columnSums(columns.length);
  const moves = Float64Array.from(columns, ({ priceMove }) => priceMove);
  unit.legs.forEach((leg, i) => {
    addProfits(leg, moves, values[i] ?? 0, cube.values, (rows[i] ?? 0) * width, sums.add);
  });
  const totals = columns.map(({ priceMove }, column) => {
    sums.add(column, unit.spot.coins * unit.index * priceMove);
    return sums.total(column);
  });
  const least = (group: StressColumn["group"]) =>
    columns.reduce((worst, column, index) => {
      if (column.group !== group) return worst;
      return worst < 0 || (totals[index] ?? 0) < (totals[worst] ?? 0) ? index : worst;
    }, -1);
  return { unit, columns, profits, totals, worst: { standard: least("standard"), extended: least("extended") } };
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
function positionLines({ unit, profits }: Stress, column: number, cell: StressColumn, id: string): readonly Line[] {
  const { leaf } = lines("USD");
  const own = profits(column);
  const spot = leaf(`${id}/spot`, `Spot in use, ${unit.underlying}`, own.at(-1) ?? 0, section.spot, {
    component: "position",
    inputs: spotInputs(unit),
  });
  const children = unit.positions.map(({ position }, index) =>
    leaf(`${id}/${position.id}`, position.instrument.symbol, own[index] ?? 0, section.positionProfit, {
      component: "position",
      positionId: position.id,
      inputs: [
        { label: "quantity", value: position.quantity },
        { label: "index of the pair", value: unit.legs[index]?.pairIndexUsd ?? 0, unit: "USD" },
        { label: "price move", value: cell.priceMove },
      ],
    }),
  );
  return unit.spot.coins === 0 ? children : [...children, spot];
}

/**
 * The stress test as the matrix the venue prints: of the changes in points and in percent the worse one, the first of equals;
 * extreme cells stand at the share that is charged.
 */
export function stressMatrix({ unit, columns, totals, worst }: Stress, rules: OkxRules): RiskMatrix {
  const all = columns.map((column, index): MatrixCell => {
    const { scenarioId, label, priceMove, volatility, group } = column;
    const total = totals[index] ?? 0;
    const amount = group === "extended" ? rules.mr6.factor * total : total;
    return { scenarioId, label, priceMove, volatility, group, beforeOffsets: total, amount };
  });
  const places = new Map<string, MatrixCell>();
  for (const cell of all) {
    const place = `${cell.group} ${cell.priceMove} ${cell.volatility}`;
    if (cell.amount < (places.get(place)?.amount ?? Number.POSITIVE_INFINITY)) places.set(place, cell);
  }
  const cells = [...places.values()];
  const [standard, extended] = [all[worst.standard], all[worst.extended]];
  const binding = (extended?.amount ?? 0) < (standard?.amount ?? 0) ? extended : standard;
  return {
    setId: stressSetId(unit.id),
    title: `Stress test of ${unit.id}`,
    unit: "USD",
    cells,
    ...(binding === undefined || binding.amount >= 0 ? {} : { bindingScenarioId: binding.scenarioId }),
  };
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

function volatilityInputs(unit: RiskUnit, rules: OkxRules): readonly LineInput[] {
  if (!unit.legs.some(({ instrument }) => instrument.kind === "option")) return [];
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
