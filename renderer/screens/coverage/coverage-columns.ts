import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import type { CoverageRow } from "./coverage-rows.ts";

const ofPosition = (row: unknown): boolean => (row as CoverageRow).value.count !== undefined;

export function coverageColumns(methods: number, onToggle: (id: string) => void): GridColumn<CoverageRow>[] {
  return [
    treeColumn<CoverageRow>({ header: "Position, method", width: 300, onToggle }),
    numberColumn<CoverageRow>({
      id: "quantity",
      header: "Quantity",
      value: ({ value }) => value.quantity,
      format: formatQuantity,
      applies: ofPosition,
      width: 92,
    }),
    textColumn<CoverageRow>({ id: "kind", header: "Kind, venue", value: ({ value }) => value.kind, width: 132 }),
    numberColumn<CoverageRow>({
      id: "count",
      header: `Of ${methods} methods`,
      tooltip: "Methods that can margin the position",
      value: ({ value }) => value.count,
      format: (value) => formatNumber(value, { decimals: 0 }),
      applies: ofPosition,
      width: 118,
    }),
    textColumn<CoverageRow>({
      id: "words",
      header: "Margined by, or why not",
      value: ({ value }) => value.words,
      width: 420,
      flex: 1,
    }),
  ];
}
