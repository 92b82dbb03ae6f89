import { useMemo } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import { priceAxis, shockText, volatilityAxis } from "../../figures/axes.ts";
import { nearest, rowsOf } from "../../figures/grid.ts";
import { type LayerId, layerOf, type Surface } from "../../figures/layer.ts";
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
}

/** The same data as the chart, as a table: volatility down, price across. */
export function SurfaceTable({ surface, layer }: SurfaceTableProps) {
  const { label, unit } = layerOf(layer);
  const rows = useMemo<TableRow[]>(() => {
    const axis = volatilityAxis(surface.volatilityMode);
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
        header: "Volatility \\ price",
        value: ({ volatility }) => volatility,
        width: 130,
        pinned: "left",
      }),
      ...Array.from(surface.priceMoves, (move, column) =>
        numberColumn<TableRow>({
          id: `price ${move}`,
          header: shockText(priceAxis, move),
          value: ({ values }) => values[column],
          format: (value) => formatNumber(value, { decimals: 2 }),
          signal: layerOf(layer).scale === "diverging",
          width: 122,
        }),
      ),
    ],
    [surface.priceMoves, layer],
  );
  const now = String(surface.volatilityChanges[nearest(surface.volatilityChanges, 0)] ?? 0);
  return (
    <DataGrid<TableRow>
      label={`${label} in ${unit} by volatility change and price move`}
      rows={rows}
      columns={columns}
      rowId={({ id }) => id}
      rowClass={({ id }) => (id === now ? "row-now" : undefined)}
    />
  );
}
