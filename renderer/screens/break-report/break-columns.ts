import { formatNumber } from "../../../core/base/format.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import { type BreakRow, shownDecimals, verdictText } from "./break-rows.ts";

const lineOnly = (row: unknown): boolean => (row as BreakRow).value.line !== undefined;

const amount = (value: number | null | undefined, row: unknown, signed = false): string => {
  const { line } = (row as BreakRow).value;
  return formatNumber(value, { decimals: line ? shownDecimals(line.digit) : 2, signed });
};

export function breakColumns(onToggle: (id: string) => void): GridColumn<BreakRow>[] {
  const columns = [
    treeColumn<BreakRow>({
      header: "Line",
      width: 216,
      onToggle,
      title: ({ label, value: { line } }) => (line ? `${label} (the venue calls it ${line.statedId})` : label),
    }),
    {
      ...textColumn<BreakRow>({
        id: "verdict",
        header: "Verdict",
        value: ({ value }) => verdictText(value.verdict),
        width: 130,
      }),
      cellClass: ({ data }: { data: BreakRow | undefined }) => (data ? `verdict-${data.value.verdict}` : undefined),
    },
    numberColumn<BreakRow>({
      id: "own",
      header: "Ours",
      tooltip: "Our amount; requirements ≥ 0",
      value: ({ value }) => value.line?.own,
      formatRow: (value, row) => amount(value, row),
      whyMissing: () => "our statement has no such line",
      applies: lineOnly,
      width: 100,
    }),
    numberColumn<BreakRow>({
      id: "charged",
      header: "Charged",
      tooltip: "What the venue states; a surplus is adapted to a requirement",
      value: ({ value }) => value.line?.charged,
      formatRow: (value, row) => amount(value, row),
      applies: lineOnly,
      width: 100,
    }),
    numberColumn<BreakRow>({
      id: "difference",
      header: "Difference",
      tooltip: "Ours less charged",
      value: ({ value }) => value.line?.difference,
      formatRow: (value, row) => amount(value, row, true),
      applies: lineOnly,
      width: 100,
    }),
    textColumn<BreakRow>({ id: "unit", header: "Unit", value: ({ value }) => value.line?.unit, width: 56 }),
    textColumn<BreakRow>({
      id: "cause",
      header: "Cause",
      tooltip: "The input of the venue that closes the gap when it takes the place of ours",
      value: ({ value }) => value.cause,
      width: 330,
    }),
    textColumn<BreakRow>({
      id: "rule",
      header: "Rule",
      tooltip: "Section of the method's document; Enter opens it",
      value: ({ value }) => value.line?.rule,
      width: 64,
    }),
  ];
  // Lines stand in the order of the statement.
  return columns.map((column) => ({ ...column, sortable: false }));
}
