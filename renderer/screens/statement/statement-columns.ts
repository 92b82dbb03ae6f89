import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import type { FlatRow } from "../../grids/tree.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import { combinationWords, money } from "./combination-words.ts";
import type { StatementValue } from "./statement-tree.ts";

export type StatementRow = FlatRow<StatementValue>;

const lineOnly = (row: unknown): boolean => (row as StatementRow).value.line !== undefined;

export function statementColumns(onToggle: (id: string) => void): GridColumn<StatementRow>[] {
  const columns = [
    treeColumn<StatementRow>({
      header: "Line",
      width: 300,
      onToggle,
      badge: ({ value: { line } }) => (line && line.basis !== "computed" ? line.basis : undefined),
      title: ({ id, label }) => `${label} (${id})`,
    }),
    numberColumn<StatementRow>({
      id: "amount",
      header: "Amount",
      tooltip: "Requirements ≥ 0; below a loss line parts are profit, gain > 0",
      value: ({ value }) => value.line?.amount,
      formatRow: (value, row) => money(value, (row as StatementRow).value.line?.unit ?? "USD"),
      applies: lineOnly,
      width: 128,
    }),
    textColumn<StatementRow>({ id: "unit", header: "Unit", value: ({ value }) => value.line?.unit, width: 64 }),
    textColumn<StatementRow>({
      id: "how",
      header: "How it follows",
      value: ({ value }) => value.line && combinationWords(value.line),
      width: 210,
    }),
    textColumn<StatementRow>({
      id: "rule",
      header: "Rule",
      tooltip: "Section of the method's document; Enter opens it",
      value: ({ value }) => value.line?.rule,
      width: 72,
    }),
    textColumn<StatementRow>({
      id: "inputs",
      header: "Inputs",
      value: ({ value }) => value.line?.inputs.map(({ label, value: input }) => `${label} ${input}`).join(", "),
      width: 260,
    }),
  ];
  // Lines stand in the order of the calculation.
  return columns.map((column) => ({ ...column, sortable: false }));
}
