import type { ColDef } from "ag-grid-community";
import { formatNumber } from "../../core/base/format.ts";
import { NumberCell, type NumberCellParams } from "./number-cell.ts";

export type GridColumn<Row> = ColDef<Row>;

interface ColumnInput<Row, Value> {
  readonly id: string;
  readonly header: string;
  /** Full words, shown on hover of the header. */
  readonly tooltip?: string;
  readonly value: (row: Row) => Value;
  readonly width?: number;
  readonly flex?: number;
  readonly pinned?: "left" | "right";
  readonly editable?: (row: Row) => boolean;
}

interface NumberColumnInput<Row> extends ColumnInput<Row, number | null | undefined>, Omit<NumberCellParams, "format"> {
  /** One precision per column; default two decimals. */
  readonly format?: (value: number | null | undefined) => string;
}

/** A right-aligned column of numbers with tabular figures; sorts and copies full-precision values. */
export function numberColumn<Row>(input: NumberColumnInput<Row>): GridColumn<Row> {
  const { format = formatNumber, formatRow, whyMissing, signal, applies } = input;
  const params: NumberCellParams = {
    format,
    ...(formatRow && { formatRow }),
    ...(whyMissing && { whyMissing }),
    ...(signal !== undefined && { signal }),
    ...(applies && { applies }),
  };
  return {
    ...base(input),
    width: input.width ?? 116,
    cellDataType: "number",
    headerClass: "ag-right-aligned-header",
    cellClass: "ag-right-aligned-cell numeric",
    cellRenderer: NumberCell,
    cellRendererParams: params,
    comparator: (a: number | null | undefined, b: number | null | undefined) =>
      (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY),
  };
}

export function textColumn<Row>(input: ColumnInput<Row, string | null | undefined>): GridColumn<Row> {
  return { ...base(input), width: input.width ?? 140, cellDataType: "text" };
}

function base<Row>(input: ColumnInput<Row, unknown>): GridColumn<Row> {
  const { editable, flex, pinned, tooltip } = input;
  return {
    colId: input.id,
    headerName: input.header,
    valueGetter: ({ data }) => (data === undefined ? undefined : input.value(data)),
    ...(tooltip !== undefined && { headerTooltip: tooltip }),
    ...(flex !== undefined && { flex }),
    ...(pinned && { pinned }),
    ...(editable && { editable: ({ data }: { data: Row | undefined }) => data !== undefined && editable(data) }),
  };
}
