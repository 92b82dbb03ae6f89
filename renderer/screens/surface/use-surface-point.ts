import { useState } from "react";
import { volatilityAxis } from "../../figures/axes.ts";
import { type GridPoint, nearest, originOf } from "../../figures/grid.ts";
import type { Surface } from "../../figures/layer.ts";
import type { PlotPoint } from "../../figures/plot.tsx";
import { useSurface } from "../../state/surface.ts";

export interface SurfacePointView {
  /** The point the user chose; absent: none. */
  readonly selected: GridPoint | undefined;
  /** Under the pointer, else selected, else the market as it is. */
  readonly read: GridPoint;
  readonly kind: "pointer" | "selected" | "now";
  readonly hover: (point: PlotPoint | undefined) => void;
  readonly select: (point: PlotPoint) => void;
  /** Moves the selection by grid points, within the grid. */
  readonly move: (rows: number, columns: number) => void;
}

/** The points a surface panel talks about, as places of the grid on show. */
export function useSurfacePoint(surface: Surface | undefined): SurfacePointView {
  const chosen = useSurface((s) => s.point);
  const setPoint = useSurface((s) => s.setPoint);
  const [hovered, setHovered] = useState<{ readonly surface: Surface; readonly point: GridPoint }>();

  const origin = surface ? originOf(surface) : { row: 0, column: 0 };
  const selected =
    surface && chosen
      ? {
          row: nearest(surface.volatilityChanges, chosen.volatility),
          column: nearest(surface.priceMoves, chosen.price),
        }
      : undefined;
  const under = hovered && hovered.surface === surface ? hovered.point : undefined;
  const choose = ({ row, column }: GridPoint): void => {
    if (!surface) return;
    setPoint({ price: surface.priceMoves[column] ?? 0, volatility: surface.volatilityChanges[row] ?? 0 });
  };
  return {
    selected,
    read: under ?? selected ?? origin,
    kind: under ? "pointer" : selected ? "selected" : "now",
    hover: (point) => setHovered(surface && point && { surface, point: gridPoint(surface, point) }),
    select: (point) => surface && choose(gridPoint(surface, point)),
    move: (rows, columns) => {
      if (!surface) return;
      const from = selected ?? origin;
      choose({
        row: Math.min(surface.volatilityChanges.length - 1, Math.max(0, from.row + rows)),
        column: Math.min(surface.priceMoves.length - 1, Math.max(0, from.column + columns)),
      });
      setHovered(undefined);
    },
  };
}

/** The grid point nearest to a place on a chart, whose axes show points as whole numbers. */
export function gridPoint(surface: Surface, { x, y }: PlotPoint): GridPoint {
  const { shown } = volatilityAxis(surface.volatilityMode);
  return {
    row: nearest(surface.volatilityChanges.map(shown), y),
    column: nearest(surface.priceMoves, x),
  };
}
