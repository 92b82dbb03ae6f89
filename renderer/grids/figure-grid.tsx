import { useMemo } from "react";
import { formatNumber } from "../../core/base/format.ts";
import type { CsvTable } from "../app/download.ts";
import { type GridColumn, numberColumn, textColumn } from "./columns.ts";
import { DataGrid } from "./data-grid.tsx";

/** The data of a figure: the same rows for the table beside it and for its file. */
export interface FigureTable {
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

export interface FigureColumn {
  /** Units belong here. */
  readonly header: string;
  /** Decimals of a number; absent for a text. */
  readonly decimals?: number;
  readonly signed?: boolean;
  readonly width?: number;
}

interface GridRow {
  readonly id: string;
  readonly cells: FigureTable["rows"][number];
}

interface FigureGridProps {
  /** Accessible name. */
  readonly label: string;
  readonly table: FigureTable;
}

/** The data twin of a figure. */
export function FigureGrid({ label, table }: FigureGridProps) {
  const rows = useMemo(() => table.rows.map((cells, at): GridRow => ({ id: String(at), cells })), [table]);
  const columns = useMemo(() => table.columns.map(gridColumn), [table]);
  return <DataGrid<GridRow> label={label} rows={rows} columns={columns} rowId={idOf} />;
}

/** The same data as a file. */
export function figureCsv({ columns, rows }: FigureTable, remarks: readonly string[] = []): CsvTable {
  return { header: columns.map(({ header }) => header), rows, remarks };
}

const idOf = ({ id }: GridRow): string => id;

function gridColumn({ header, decimals, signed = false, width }: FigureColumn, at: number): GridColumn<GridRow> {
  const id = `${at} ${header}`;
  const size = width === undefined ? {} : { width };
  if (decimals === undefined)
    return textColumn<GridRow>({ id, header, value: ({ cells }) => String(cells[at] ?? ""), width: width ?? 200 });
  return numberColumn<GridRow>({
    ...{ id, header, signal: signed, ...size },
    value: ({ cells }) => numberOf(cells[at]),
    format: (value) => formatNumber(value, { decimals, signed }),
  });
}

function numberOf(cell: string | number | undefined): number | undefined {
  return typeof cell === "number" ? cell : undefined;
}
