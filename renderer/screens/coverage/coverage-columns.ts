import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import type { CoverageRow } from "./coverage-rows.ts";

const ofPosition = (row: unknown): boolean => (row as CoverageRow).value.count !== undefined;

export function coverageColumns(methods: number, onToggle: (id: string) => void): GridColumn<CoverageRow>[] {
  return [
    treeColumn<CoverageRow>({ header: "Position, method", width: 210, onToggle }),
    numberColumn<CoverageRow>({
      id: "count",
      header: "Methods",
      tooltip: `Of ${methods} methods, those that can margin the position`,
      value: ({ value }) => value.count,
      format: (value) => formatNumber(value, { decimals: 0 }),
      applies: ofPosition,
      width: 78,
    }),
    textColumn<CoverageRow>({
      id: "words",
      header: "Margined by, or why not",
      value: ({ value }) => value.words,
      width: 330,
    }),
    numberColumn<CoverageRow>({
      id: "quantity",
      header: "Quantity",
      value: ({ value }) => value.quantity,
      format: formatQuantity,
      applies: ofPosition,
      width: 84,
    }),
    textColumn<CoverageRow>({ id: "kind", header: "Kind, venue", value: ({ value }) => value.kind, width: 132 }),
  ];
}
