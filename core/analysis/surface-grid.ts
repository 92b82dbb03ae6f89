import { DomainError } from "../base/index.ts";
import type { MarginSurface, SurfaceLayers } from "./margin-surface.ts";
import type { SurfacePoint } from "./surface-point.ts";
import { pointFigures } from "./surface-record.ts";

/** A surface while it is filled: which points are known, and any regular part of them as a surface of its own. */
export interface SurfaceGrid {
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
  /** Points filled so far. */
  readonly done: () => number;
  /** Points of every `step`-th row and column (and the last ones) that are not filled yet, row by row. */
  readonly missing: (step: number) => readonly { readonly row: number; readonly column: number }[];
  /** Throws a DomainError for a figure that is not finite. */
  readonly set: (row: number, column: number, point: SurfacePoint) => void;
  /** Every `step`-th line and the last one, as a surface. */
  readonly surface: (
    step: number,
  ) => Pick<MarginSurface, "priceMoves" | "volatilityChanges" | "layers" | "binding" | "bindings">;
}

/**
 * An empty grid.
 *
 * @param priceMoves        columns, ascending
 * @param volatilityChanges rows, ascending
 * @param withHeadroom      false leaves the layers of balances empty
 */
export function surfaceGrid(
  priceMoves: Float64Array,
  volatilityChanges: Float64Array,
  withHeadroom: boolean,
): SurfaceGrid {
  const width = priceMoves.length;
  const size = width * volatilityChanges.length;
  const filled = emptyLayers(size, withHeadroom);
  const binding = new Int16Array(size).fill(-1);
  const bindings: string[] = [];
  const known = new Uint8Array(size);
  let done = 0;

  const bindingIndex = (label: string): number => {
    const at = bindings.indexOf(label);
    return at >= 0 ? at : bindings.push(label) - 1;
  };
  return {
    priceMoves,
    volatilityChanges,
    done: () => done,
    missing(step) {
      const columns = lines(width, step);
      const lacking = (row: number) => columns.filter((column) => known[row * width + column] === 0);
      return lines(volatilityChanges.length, step).flatMap((row) => lacking(row).map((column) => ({ row, column })));
    },
    set(row, column, point) {
      const at = row * width + column;
      for (const name of pointFigures) {
        const layer = filled[name];
        if (layer.length === 0) continue;
        const value = point[name];
        if (value === undefined || !Number.isFinite(value))
          throw new DomainError(`${name} of a surface must be finite everywhere`, value);
        layer[at] = value;
      }
      binding[at] = point.binding === undefined ? -1 : bindingIndex(point.binding);
      if (known[at] === 0) done += 1;
      known[at] = 1;
    },
    surface(step) {
      const columns = lines(width, step);
      const chosen = lines(volatilityChanges.length, step);
      const points = chosen.flatMap((row) => columns.map((column) => row * width + column));
      const layers = emptyLayers(points.length, withHeadroom);
      for (const name of pointFigures) {
        const [from, to] = [filled[name], layers[name]];
        for (let at = 0; at < to.length; at++) to[at] = from[points[at] ?? 0] ?? Number.NaN;
      }
      return {
        priceMoves: Float64Array.from(columns, (column) => priceMoves[column] ?? Number.NaN),
        volatilityChanges: Float64Array.from(chosen, (row) => volatilityChanges[row] ?? Number.NaN),
        layers,
        binding: Int16Array.from(points, (point) => binding[point] ?? -1),
        bindings: [...bindings],
      };
    },
  };
}

function emptyLayers(size: number, withHeadroom: boolean): SurfaceLayers {
  const layer = () => new Float64Array(size);
  return {
    pnl: layer(),
    initial: layer(),
    maintenance: layer(),
    headroom: new Float64Array(withHeadroom ? size : 0),
    callRoom: new Float64Array(withHeadroom ? size : 0),
    delta: layer(),
    gamma: layer(),
    vega: layer(),
    theta: layer(),
  };
}

/** 0, step, 2·step, … and always the last index. */
function lines(count: number, step: number): readonly number[] {
  const chosen: number[] = [];
  for (let index = 0; index < count - 1; index += step) chosen.push(index);
  return [...chosen, count - 1];
}
