import { DomainError } from "../base/index.ts";
import type { MarginSurface, SurfaceLayers } from "./margin-surface.ts";
import type { SurfacePoint } from "./surface-point.ts";

const layerNames = ["pnl", "initial", "maintenance", "headroom", "delta", "gamma", "vega", "theta"] as const;

/** A surface while it is filled: which points are known, and any regular part of them as a surface of its own. */
export class SurfaceGrid {
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
  /** Points filled so far. */
  done = 0;
  readonly #layers: SurfaceLayers;
  readonly #binding: Int16Array;
  readonly #bindings: string[] = [];
  readonly #known: Uint8Array;

  constructor(priceMoves: Float64Array, volatilityChanges: Float64Array, withHeadroom: boolean) {
    this.priceMoves = priceMoves;
    this.volatilityChanges = volatilityChanges;
    const size = priceMoves.length * volatilityChanges.length;
    this.#layers = emptyLayers(size, withHeadroom);
    this.#binding = new Int16Array(size).fill(-1);
    this.#known = new Uint8Array(size);
  }

  /** Row indices of every `step`-th line and the last one. */
  rows(step: number): readonly number[] {
    return lines(this.volatilityChanges.length, step);
  }

  /** Columns of every `step`-th line and the last one that a row lacks. */
  missing(row: number, step: number): readonly number[] {
    const width = this.priceMoves.length;
    return lines(width, step).filter((column) => this.#known[row * width + column] === 0);
  }

  set(row: number, column: number, point: SurfacePoint): void {
    const at = row * this.priceMoves.length + column;
    for (const name of layerNames) {
      const layer = this.#layers[name];
      if (layer.length === 0) continue;
      const value = point[name];
      if (value === undefined || !Number.isFinite(value))
        throw new DomainError(`${name} of a surface must be finite everywhere`, value);
      layer[at] = value;
    }
    this.#binding[at] = point.binding === undefined ? -1 : this.#bindingIndex(point.binding);
    if (this.#known[at] === 0) this.done += 1;
    this.#known[at] = 1;
  }

  /** Every `step`-th line and the last one, as a surface. */
  surface(step: number): Pick<MarginSurface, "priceMoves" | "volatilityChanges" | "layers" | "binding" | "bindings"> {
    const width = this.priceMoves.length;
    const columns = lines(width, step);
    const rows = this.rows(step);
    const points = rows.flatMap((row) => columns.map((column) => row * width + column));
    const layers = emptyLayers(points.length, this.#layers.headroom.length > 0);
    for (const name of layerNames) {
      const from = this.#layers[name];
      const to = layers[name];
      for (let at = 0; at < to.length; at++) to[at] = from[points[at] ?? 0] ?? Number.NaN;
    }
    return {
      priceMoves: Float64Array.from(columns, (column) => this.priceMoves[column] ?? Number.NaN),
      volatilityChanges: Float64Array.from(rows, (row) => this.volatilityChanges[row] ?? Number.NaN),
      layers,
      binding: Int16Array.from(points, (point) => this.#binding[point] ?? -1),
      bindings: [...this.#bindings],
    };
  }

  #bindingIndex(label: string): number {
    const known = this.#bindings.indexOf(label);
    return known >= 0 ? known : this.#bindings.push(label) - 1;
  }
}

function emptyLayers(size: number, withHeadroom: boolean): SurfaceLayers {
  const layer = () => new Float64Array(size);
  return {
    pnl: layer(),
    initial: layer(),
    maintenance: layer(),
    headroom: new Float64Array(withHeadroom ? size : 0),
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
