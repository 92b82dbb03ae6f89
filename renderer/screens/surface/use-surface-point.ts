import { rowAxis } from "../../figures/axes.ts";
import { type GridPoint, nearest, originOf } from "../../figures/grid.ts";
import type { Surface } from "../../figures/layer.ts";
import type { PlotPoint } from "../../figures/plot.tsx";
import { type SurfacePoint, useSurface } from "../../state/surface.ts";

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
  const pointer = useSurface((s) => s.pointer);
  const setPointer = useSurface((s) => s.setPointer);

  const origin = surface ? originOf(surface) : { row: 0, column: 0 };
  const placeOf = (place: SurfacePoint | undefined): GridPoint | undefined =>
    surface &&
    place && {
      row: nearest(surface.volatilityChanges, place.volatility),
      column: nearest(surface.priceMoves, place.price),
    };
  const selected = placeOf(chosen);
  const under = placeOf(pointer);
  const shocksAt = (from: Surface, { row, column }: GridPoint): SurfacePoint => ({
    price: from.priceMoves[column] ?? 0,
    volatility: from.volatilityChanges[row] ?? 0,
  });
  const choose = (place: GridPoint): void => {
    if (surface) setPoint(shocksAt(surface, place));
  };
  return {
    selected,
    read: under ?? selected ?? origin,
    kind: under ? "pointer" : selected ? "selected" : "now",
    hover: (point) => setPointer(surface && point && shocksAt(surface, gridPoint(surface, point))),
    select: (point) => surface && choose(gridPoint(surface, point)),
    move: (rows, columns) => {
      if (!surface) return;
      const from = selected ?? origin;
      choose({
        row: Math.min(surface.volatilityChanges.length - 1, Math.max(0, from.row + rows)),
        column: Math.min(surface.priceMoves.length - 1, Math.max(0, from.column + columns)),
      });
      setPointer(undefined);
    },
  };
}

/** The grid point nearest to a place on a chart, whose axes show points as whole numbers. */
export function gridPoint(surface: Surface, { x, y }: PlotPoint): GridPoint {
  const { shown } = rowAxis(surface);
  return {
    row: nearest(surface.volatilityChanges.map(shown), y),
    column: nearest(surface.priceMoves, x),
  };
}
