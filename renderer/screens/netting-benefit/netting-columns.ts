import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import type { NettingBenefit } from "../../client/listed.ts";
import { type GridColumn, numberColumn } from "../../grids/columns.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import { type NettingRow, savedFraction } from "./netting-rows.ts";

const money = (value: number | null | undefined): string => formatNumber(value);
const saving = (value: number | null | undefined): string => formatNumber(value, { signed: true });

/** Names that fit a column of figures; the header's tooltip has the whole one. */
const shortNames: Readonly<Record<string, string>> = {
  "strategy-based": "Strategy",
  "risk-based-customer": "Risk-based",
  "span-array": "Arrays",
};

/** Header says %: the cell holds the figure alone. */
const percent = (value: number | null | undefined): string =>
  formatNumber(typeof value === "number" ? value * 100 : value, { decimals: 1, signed: true });

/** Requirement of each method with amounts; of all but the baseline also what it saves. */
export function nettingColumns(benefit: NettingBenefit, onToggle: (id: string) => void): GridColumn<NettingRow>[] {
  const { columns, reference, unit } = benefit;
  const baseline = columns[reference]?.methodology.id ?? "the baseline";
  return [
    treeColumn<NettingRow>({ header: "Group, position", width: 224, onToggle }),
    numberColumn<NettingRow>({
      id: "quantity",
      header: "Quantity",
      tooltip: "Units of the underlying or shares; long above 0",
      value: ({ value }) => value.quantity,
      format: formatQuantity,
      applies: (row) => (row as NettingRow).value.quantity !== undefined,
      width: 78,
    }),
    ...columns.flatMap(({ methodology: { id }, failure }, place) => {
      if (failure) return [];
      const amount = numberColumn<NettingRow>({
        id: `amount ${id}`,
        header: `${shortNames[id] ?? id}, ${unit}`,
        tooltip: `Initial requirement under ${id}, ${unit}`,
        value: ({ value }) => value.amounts?.[place],
        format: money,
        whyMissing: () => "beyond the positions whose figures were asked for",
        width: 116,
      });
      if (place === reference) return [amount];
      return [
        amount,
        numberColumn<NettingRow>({
          id: `benefit ${id}`,
          header: `Saves, ${unit}`,
          tooltip: `Requirement under ${baseline} less that under ${id}`,
          value: ({ value }) => value.benefits?.[place],
          format: saving,
          whyMissing: () => "beyond the positions whose figures were asked for",
          width: 116,
        }),
        numberColumn<NettingRow>({
          id: `fraction ${id}`,
          header: "Saves, %",
          tooltip: `Of the requirement under ${baseline}`,
          value: ({ value }) => savedFraction(value, place, reference),
          format: percent,
          whyMissing: () => `${baseline} asks for nothing here`,
          width: 78,
        }),
      ];
    }),
  ];
}
