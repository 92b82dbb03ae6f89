import { formatNumber } from "../../../core/base/format.ts";
import type { ChangeExplanation } from "../../client/attribution.ts";
import { type GridColumn, numberColumn } from "../../grids/columns.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import type { ChangeFigures, ChangeRow } from "./change-rows.ts";

/** Change of each step, its mean over orders, the requirement around it, and what equity did. */
export function changeColumns(
  { unit, averaging }: Pick<ChangeExplanation, "unit" | "averaging">,
  onToggle: (id: string) => void,
): GridColumn<ChangeRow>[] {
  const has = (name: keyof ChangeFigures) => (row: unknown) =>
    (row as ChangeRow | undefined)?.value[name] !== undefined;
  const money = (
    id: "change" | "averaged" | "from" | "to" | "profitUsd" | "equityChange",
    header: string,
    signed: boolean,
    tooltip: string,
  ): GridColumn<ChangeRow> =>
    numberColumn<ChangeRow>({
      ...{ id, header, tooltip, applies: has(id), width: 128 },
      value: ({ value }) => value[id],
      formatRow: (value, row) => {
        const own = (row as ChangeRow | undefined)?.value.unit;
        return formatNumber(value, { signed, ...(own === undefined ? {} : { unit: own, decimals: 6 }) });
      },
    });
  return [
    treeColumn<ChangeRow>({
      header: "Step, position, line",
      width: 270,
      onToggle,
      title: ({ label, value }) => (value.note === undefined ? label : `${label}: ${value.note}`),
    }),
    money("change", `Change, ${unit}`, true, "In the order of the steps, everything computed again at each"),
    ...(averaging === undefined ? [] : [money("averaged", `Averaged, ${unit}`, true, averaging)]),
    money("from", `Before, ${unit}`, false, "Requirement before the step; of a position its component amount"),
    money("to", `After, ${unit}`, false, "Requirement after the step; of a position its component amount"),
    money(
      "profitUsd",
      "Profit, USD",
      true,
      "Profit of the positions while this part of the market moves; gain above 0",
    ),
    money("equityChange", "Equity, USD", true, "Change of equity; coin balances move with the index too"),
  ];
}
