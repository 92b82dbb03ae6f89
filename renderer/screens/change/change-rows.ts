import type { CsvTable } from "../../app/download.ts";
import type { ChangeExplanation, ChangeStep } from "../../client/attribution.ts";
import { changeWords } from "../../figures/change-figure.ts";
import type { FlatRow, TreeNode } from "../../grids/tree.ts";

/** A step, a position or a line of one. */
export interface ChangeFigures {
  /** Absent where the row has no amount of its own. */
  readonly change?: number | undefined;
  readonly averaged?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly profitUsd?: number | undefined;
  readonly equityChange?: number | undefined;
  readonly same?: boolean;
  readonly positionId?: string;
  readonly lineId?: string;
  /** What the row is beyond its name, on hover. */
  readonly note?: string;
  /** Unit where it is not that of the explanation. */
  readonly unit?: string;
}

export type ChangeRow = FlatRow<ChangeFigures>;

/** Steps with the positions and the lines that moved in them. */
export function changeTree({ steps, fromAmount, requirement, unit }: ChangeExplanation): TreeNode<ChangeFigures>[] {
  let before = fromAmount;
  return steps.map((step) => {
    const after = requirement === "initial" ? step.totals.initialUsd : step.totals.maintenanceUsd;
    const { id, title, meaning, same, change, averaged, profitUsd, equityChange } = step;
    const node = {
      id,
      label: same ? `${title}: same` : title,
      value: { change, averaged, from: before, to: after, profitUsd, equityChange, same, note: meaning },
      children: same ? [] : partsOf(step, unit),
    };
    before = after;
    return node;
  });
}

function partsOf(step: ChangeStep, unit: string): TreeNode<ChangeFigures>[] {
  const { id, positions, lines, ofPositions, ofNoPosition, positionsNotListed, linesNotListed, excluded } = step;
  const more = (count: number, what: string): string => (count > 0 ? `, and ${count} more ${what} not listed` : "");
  return [
    {
      id: `${id} positions`,
      label: "By position, component amounts",
      value: { change: ofPositions, note: `${positions.length} positions${more(positionsNotListed, "positions")}` },
      children: positions.map(({ id: positionId, symbol, from, to, change }) => ({
        id: `${id} position ${positionId}`,
        label: symbol,
        value: { change, from, to, positionId },
        children: [],
      })),
    },
    {
      id: `${id} shared`,
      label: "Of no position",
      value: { change: ofNoPosition, note: "contingencies, floors, add-ons, stated components, rounding" },
      children: [],
    },
    ...(lines.length === 0
      ? []
      : [
          {
            id: `${id} lines`,
            label: `Lines that moved (${lines.length}${more(linesNotListed, "lines")})`,
            value: {
              note: "Lines of the statement; totals stand beside their parts, so they do not add up",
            },
            children: lines.map((line) => ({
              id: `${id} line ${line.id}`,
              label: `${line.label} (${line.id})`,
              value: {
                ...{ change: line.change, from: line.from, to: line.to, lineId: line.id },
                ...(line.unit === unit ? {} : { unit: line.unit }),
              },
              children: [],
            })),
          },
        ]),
    ...excluded.slice(0, 20).map(({ id: positionId, symbol, failure }) => ({
      id: `${id} excluded ${positionId}`,
      label: `Not valued here: ${symbol}`,
      value: { note: failure.message, positionId },
      children: [],
    })),
  ];
}

/** The whole below the steps. */
export function changeTotal({ fromAmount, toAmount, change, steps }: ChangeExplanation): ChangeRow[] {
  const added = (amountOf: (step: ChangeStep) => number | undefined): number | undefined => {
    const amounts = steps.flatMap((step) => amountOf(step) ?? []);
    return amounts.length === 0 ? undefined : amounts.reduce((total, amount) => total + amount, 0);
  };
  return [
    {
      ...{ id: "total", level: 1, label: "Whole change" },
      value: {
        ...{ change, from: fromAmount, to: toAmount },
        ...(steps.some(({ averaged }) => averaged !== undefined) ? { averaged: change } : {}),
        profitUsd: added(({ profitUsd }) => profitUsd),
        equityChange: added(({ equityChange }) => equityChange),
      },
    },
  ];
}

/** Every step with its positions and lines as a file. */
export function changeCsv(change: ChangeExplanation): CsvTable {
  const { unit, averaging, from, to } = change;
  const rows = changeTree(change).flatMap(({ label, value, children }) => [
    rowOf("step", label, value),
    ...children.flatMap((part) => [
      ...(part.id.includes(" excluded ") ? [] : [rowOf("part", part.label, part.value)]),
      ...part.children.map((leaf) =>
        rowOf(leaf.value.lineId === undefined ? "position" : "line", leaf.label, leaf.value),
      ),
    ]),
  ]);
  const [total] = changeTotal(change);
  return {
    header: ["Kind", "Name", "Unit", "Change", "Averaged", "Before", "After", "Profit, USD", "Equity change, USD"],
    rows: [...rows, ...(total ? [rowOf("total", total.label, total.value)] : [])],
    remarks: [
      `from ${from.portfolioName} at ${from.marketName}, ${from.methodology.id} ${from.version}`,
      `to ${to.portfolioName} at ${to.marketName}, ${to.methodology.id} ${to.version}`,
      changeWords(change),
      ...(averaging === undefined ? [] : [`averaged: ${averaging}`]),
    ],
  };

  function rowOf(kind: string, label: string, value: ChangeFigures) {
    const { change: amount, averaged, from: was, to: is, profitUsd, equityChange } = value;
    return [kind, label, value.unit ?? unit, amount, averaged, was, is, profitUsd, equityChange];
  }
}
