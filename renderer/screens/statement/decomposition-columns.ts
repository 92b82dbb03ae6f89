import { formatNumber, formatPercent, moneyDecimals } from "../../../core/base/format.ts";
import type { Decomposition } from "../../client/types.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { movesText } from "../matrix/ranked.ts";
import { amountWords, type SplitRow } from "./decomposition-rows.ts";

/** Columns of one decomposition; those that say nothing of its kind are left out. */
export function splitColumns({ kind, unit, entries, sums }: Decomposition): GridColumn<SplitRow>[] {
  const decimals = kind === "marginal" ? 6 : moneyDecimals(unit);
  const money = (value: number | null | undefined): string => formatNumber(value, { decimals });
  const weighted = entries.some(({ weight }) => weight !== undefined);
  const grouped = entries.some(({ group, label }) => group !== undefined && group !== label);
  return [
    // No column fills the rest: with one, the scroll bar would lie over the last digits.
    textColumn<SplitRow>({
      id: "label",
      header: kind === "tail-scenario" ? "Scenario" : "Part",
      value: ({ label }) => movesText(label),
      width: kind === "tail-scenario" ? 282 : 210,
    }),
    ...(grouped
      ? [textColumn<SplitRow>({ id: "group", header: "Underlying", value: ({ group }) => group, width: 100 })]
      : []),
    numberColumn<SplitRow>({
      id: "amount",
      header: `${amountWords[kind]} ${unit}`,
      tooltip: "Loss > 0; what lowers the measure is below 0",
      value: ({ amount }) => amount,
      format: money,
      width: 104,
    }),
    ...(weighted
      ? [
          numberColumn<SplitRow>({
            id: "weight",
            header: "Weight",
            tooltip: "Of the scenario in the measure",
            value: ({ weight }) => weight,
            format: (value) => formatNumber(value, { decimals: 4 }),
            width: 72,
          }),
        ]
      : []),
    ...(sums
      ? [
          numberColumn<SplitRow>({
            id: "share",
            header: "Share %",
            tooltip: "Of the measure; of scenarios weight × loss",
            value: ({ share }) => share,
            format: (value) => formatPercent(value, { unit: "" }).trim(),
            width: 72,
          }),
        ]
      : []),
  ];
}
