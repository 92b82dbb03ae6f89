import { rawNumber } from "../../../core/base/format.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import type { FlatRow } from "../../grids/tree.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import type { ParameterFigures, ParameterValue } from "./parameter-rows.ts";

export type ParameterRow = FlatRow<ParameterFigures>;

const valueOnly = (row: unknown): boolean => (row as ParameterRow).value.value !== undefined;
const overriddenOnly = (row: unknown): boolean => (row as ParameterRow).value.published !== undefined;

/** Parameters are published figures: shown as they are, with all their digits. */
export function valueText(value: ParameterValue | undefined): string {
  if (value === undefined) return "—";
  return typeof value === "number" ? rawNumber(value).replace("-", "−") : String(value);
}

export function parameterColumns(effectiveFrom: string, onToggle: (id: string) => void): GridColumn<ParameterRow>[] {
  const numberOf = (value: ParameterValue | undefined): number | undefined =>
    typeof value === "number" ? value : undefined;
  return [
    treeColumn<ParameterRow>({
      header: "Parameter",
      width: 236,
      onToggle,
      title: ({ id }) => id,
      badge: ({ expanded, value: { overrides, uncertains } }) => {
        if (expanded === undefined) return uncertains > 0 ? "uncertain" : undefined;
        const words = [
          ...(overrides > 0 ? [`${overrides} overridden`] : []),
          ...(uncertains > 0 ? [`${uncertains} uncertain`] : []),
        ];
        return words.length > 0 ? words.join(", ") : undefined;
      },
    }),
    {
      ...numberColumn<ParameterRow>({
        id: "value",
        header: "Value",
        tooltip: "Edit to override; clear to take the published value back",
        value: ({ value }) => numberOf(value.value),
        formatRow: (_value, row) => valueText((row as ParameterRow).value.value),
        whyMissing: (row) => valueText((row as ParameterRow).value.value),
        applies: valueOnly,
        editable: valueOnly,
        width: 120,
      }),
      cellDataType: false,
      // The editor starts from the value as it is, whatever its kind.
      valueGetter: ({ data }) => data?.value.value,
      cellEditorSelector: ({ data }) => {
        const { value, choices } = data?.value ?? {};
        if (typeof value === "boolean") return select(["true", "false"]);
        return choices ? select(choices) : { component: "agTextCellEditor" };
      },
      cellClassRules: { "cell-override": ({ data }) => data?.value.published !== undefined },
    },
    numberColumn<ParameterRow>({
      id: "published",
      header: "Published",
      tooltip: "What your override replaces",
      value: ({ value }) => numberOf(value.published),
      formatRow: (_value, row) => valueText((row as ParameterRow).value.published),
      whyMissing: (row) => valueText((row as ParameterRow).value.published),
      applies: overriddenOnly,
      width: 104,
    }),
    textColumn<ParameterRow>({
      id: "description",
      header: "Meaning and unit",
      value: ({ value }) => value.description,
      width: 320,
    }),
    textColumn<ParameterRow>({
      id: "cite",
      header: "Section of the source",
      value: ({ value }) => (value.value === undefined ? undefined : value.cite),
      width: 220,
    }),
    textColumn<ParameterRow>({
      id: "effective",
      header: "In force from",
      value: ({ value }) => (value.value === undefined ? undefined : effectiveFrom),
      width: 104,
    }),
    textColumn<ParameterRow>({
      id: "uncertain",
      header: "Uncertain because",
      value: ({ value }) => (value.value === undefined ? undefined : value.uncertain),
      width: 260,
    }),
  ];
}

function select(values: readonly string[]) {
  return { component: "agSelectCellEditor", params: { values: [...values] } };
}
