import type { LayerId, Surface } from "./layer.ts";

/** A point of a surface: row of volatility, column of price. */
export interface GridPoint {
  readonly row: number;
  readonly column: number;
}

/** Rows of a layer as Plotly wants them: `z[row][column]`, row = y = volatility, column = x = price. */
export function rowsOf(surface: Surface, layer: LayerId): number[][] {
  const width = surface.priceMoves.length;
  const values = surface.layers[layer];
  return Array.from(surface.volatilityChanges, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
}

export function valueAt(surface: Surface, layer: LayerId, { row, column }: GridPoint): number | undefined {
  return surface.layers[layer][row * surface.priceMoves.length + column];
}

/** Words for what binds at a point; `none loses` where nothing does. */
export function bindingAt(surface: Surface, { row, column }: GridPoint): string {
  const index = surface.binding[row * surface.priceMoves.length + column] ?? -1;
  return surface.bindings[index] ?? "none loses";
}

/** Index of the value nearest to `wanted`; the first of equals. */
export function nearest(values: Float64Array, wanted: number): number {
  let best = 0;
  values.forEach((value, index) => {
    if (Math.abs(value - wanted) < Math.abs((values[best] ?? 0) - wanted)) best = index;
  });
  return best;
}

/** The point nearest to the market as it is. */
export function originOf(surface: Surface): GridPoint {
  return { row: nearest(surface.volatilityChanges, 0), column: nearest(surface.priceMoves, 0) };
}

export interface Extremes {
  readonly min: number;
  readonly max: number;
  readonly minAt: GridPoint;
  readonly maxAt: GridPoint;
}

export function extremes(surface: Surface, layer: LayerId): Extremes {
  const values = surface.layers[layer];
  const width = surface.priceMoves.length;
  let [low, high] = [0, 0];
  values.forEach((value, index) => {
    if (value < (values[low] ?? 0)) low = index;
    if (value > (values[high] ?? 0)) high = index;
  });
  const at = (index: number): GridPoint => ({ row: Math.floor(index / width), column: index % width });
  return { min: values[low] ?? 0, max: values[high] ?? 0, minAt: at(low), maxAt: at(high) };
}

/** Limits of the colour scale: symmetric about zero when diverging, lowest to highest when sequential. Never of no width. */
export function colourLimits(
  surface: Surface,
  layer: LayerId,
  scale: "diverging" | "sequential",
): { readonly low: number; readonly high: number } {
  const { min, max } = extremes(surface, layer);
  if (scale === "sequential") return { low: min, high: max > min ? max : min + 1 };
  const reach = Math.max(Math.abs(min), Math.abs(max)) || 1;
  return { low: -reach, high: reach };
}
