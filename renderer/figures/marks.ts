import { rowAxis } from "./axes.ts";
import { bindingAt, type GridPoint, valueAt } from "./grid.ts";
import type { LayerId, Surface } from "./layer.ts";
import { borders } from "./regions.ts";
import { chained, interpolated, type Segment, zeroLine } from "./zero-line.ts";

/** Coordinates of loose pieces of line, `null` between the pieces. */
export interface Pieces {
  readonly x: (number | null)[];
  readonly y: (number | null)[];
  readonly z: (number | null)[];
}

/** Pieces of line laid on a layer: shown coordinates, height from the layer. */
function onLayer(surface: Surface, layer: LayerId, segments: readonly Segment[]): Pieces {
  const { shown } = rowAxis(surface);
  return {
    x: segments.flatMap(({ x0, x1 }) => [x0, x1, null]),
    y: segments.flatMap(({ y0, y1 }) => [shown(y0), shown(y1), null]),
    z: segments.flatMap(({ x0, y0, x1, y1 }) => [
      interpolated(surface, layer, x0, y0),
      interpolated(surface, layer, x1, y1),
      null,
    ]),
  };
}

export function bindingBorders(surface: Surface, layer: LayerId): Pieces {
  return onLayer(surface, layer, borders(surface));
}

/** Where margin balance equals maintenance. Empty without a balance or when it is never crossed. */
export const liquidationEdge = (surface: Surface, layer: LayerId): Pieces => zeroEdge(surface, layer, "headroom");

/** Where margin balance equals initial margin: the level of a call. */
export const callEdge = (surface: Surface, layer: LayerId): Pieces => zeroEdge(surface, layer, "callRoom");

function zeroEdge(surface: Surface, layer: LayerId, room: "headroom" | "callRoom"): Pieces {
  const { shown } = rowAxis(surface);
  const chains = chained(zeroLine(surface, room));
  return {
    x: chains.flatMap((points) => [...points.map(([x]) => x), null]),
    y: chains.flatMap((points) => [...points.map(([, y]) => shown(y)), null]),
    z: chains.flatMap((points) => [...points.map(([x, y]) => interpolated(surface, layer, x, y)), null]),
  };
}

export function pointOn(
  surface: Surface,
  layer: LayerId,
  point: GridPoint,
): { readonly x: number; readonly y: number; readonly z: number } {
  const { shown } = rowAxis(surface);
  return {
    x: surface.priceMoves[point.column] ?? 0,
    y: shown(surface.volatilityChanges[point.row] ?? 0),
    z: valueAt(surface, layer, point) ?? 0,
  };
}

/**
 * The binding scenario of every point, by row and column, for the hover label.
 * Plotly's types know only flat text; its traces read the nesting of `z`.
 */
export function bindingText(surface: Surface): string[] {
  const rows = Array.from(surface.volatilityChanges, (_row, row) =>
    Array.from(surface.priceMoves, (_column, column) => bindingAt(surface, { row, column })),
  );
  return rows as unknown as string[];
}
