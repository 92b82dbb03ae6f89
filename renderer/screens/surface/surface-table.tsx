import { useMemo } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import { columnAxis, columnWord, rowAxis, rowWord, shockText } from "../../figures/axes.ts";
import { nearest, rowsOf } from "../../figures/grid.ts";
import type { LayerId, Surface } from "../../figures/layer.ts";
import { layerOfFigure } from "../../figures/surface-figure.ts";
import { numberColumn, textColumn } from "../../grids/columns.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import "./surface-table.css";

interface TableRow {
  readonly id: string;
  readonly volatility: string;
  readonly values: readonly number[];
}

interface SurfaceTableProps {
  readonly surface: Surface;
  readonly layer: LayerId;
  readonly difference?: boolean | undefined;
}

/** The same data as the chart, as a table: rows down, price across. */
export function SurfaceTable({ surface, layer, difference = false }: SurfaceTableProps) {
  const { label, unit, scale } = layerOfFigure({ layer, difference });
  const rows = useMemo<TableRow[]>(() => {
    const axis = rowAxis(surface);
    return rowsOf(surface, layer)
      .map((values, row) => {
        const change = surface.volatilityChanges[row] ?? 0;
        return { id: String(change), volatility: shockText(axis, change), values };
      })
      .reverse();
  }, [surface, layer]);
  const columns = useMemo(
    () => [
      textColumn<TableRow>({
        id: "volatility",
        header: `${rowWord(surface)} \\ ${columnWord(surface)}`,
        value: ({ volatility }) => volatility,
        width: 130,
        pinned: "left",
      }),
      ...Array.from(surface.priceMoves, (move, column) =>
        numberColumn<TableRow>({
          id: `price ${move}`,
          header: shockText(columnAxis(surface), move),
          value: ({ values }) => values[column],
          format: (value) => formatNumber(value, { decimals: 2, signed: difference }),
          signal: scale === "diverging",
          width: 122,
        }),
      ),
    ],
    [surface, scale, difference],
  );
  const now = String(surface.volatilityChanges[nearest(surface.volatilityChanges, 0)] ?? 0);
  return (
    <DataGrid<TableRow>
      label={`${label} in ${unit} by ${rowWord(surface)} and ${columnWord(surface)} move`}
      rows={rows}
      columns={columns}
      rowId={({ id }) => id}
      rowClass={({ id }) => (id === now ? "row-now" : undefined)}
    />
  );
}
