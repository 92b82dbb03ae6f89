import type { LayerId, Surface } from "./layer.ts";

/** A piece of the curve where a layer is zero, in shocks. */
export interface Segment {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * The curve where a layer crosses zero, by marching squares with linear crossing points.
 * For headroom it is the edge of liquidation. A saddle gives the two segments that cut off its negative corners.
 */
export function zeroLine(surface: Surface, layer: LayerId): Segment[] {
  const { priceMoves: xs, volatilityChanges: ys } = surface;
  const values = surface.layers[layer];
  const width = xs.length;
  const found: Segment[] = [];
  if (values.length === 0) return found;
  const corner = (row: number, column: number) => ({
    x: xs[column] ?? 0,
    y: ys[row] ?? 0,
    value: values[row * width + column] ?? 0,
  });
  for (let row = 0; row + 1 < ys.length; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const ring = [
        corner(row, column),
        corner(row, column + 1),
        corner(row + 1, column + 1),
        corner(row + 1, column),
      ] as const;
      const crossings = ring.flatMap((from, index) => {
        const to = ring[(index + 1) % 4] ?? from;
        if (from.value < 0 === to.value < 0) return [];
        const share = from.value / (from.value - to.value);
        return [{ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y), enters: to.value < 0 }];
      });
      // Walking the ring, each entry into the negative side is joined with the exit that follows it.
      const first = crossings.findIndex(({ enters }) => enters);
      for (let step = 0; step < crossings.length; step += 2) {
        const from = crossings[(first + step) % crossings.length];
        const to = crossings[(first + step + 1) % crossings.length];
        if (from !== undefined && to !== undefined) found.push({ x0: from.x, y0: from.y, x1: to.x, y1: to.y });
      }
    }
  }
  return found;
}

/** Pieces of line joined end to end, so that a dash runs through: each chain is a list of points. */
export function chained(segments: readonly Segment[]): (readonly [number, number])[][] {
  const ends = new Map<string, number[]>();
  const key = (x: number, y: number): string => `${x.toFixed(9)} ${y.toFixed(9)}`;
  segments.forEach(({ x0, y0, x1, y1 }, index) => {
    for (const end of [key(x0, y0), key(x1, y1)]) ends.set(end, [...(ends.get(end) ?? []), index]);
  });
  const used = new Set<number>();
  const follow = (from: readonly [number, number]): (readonly [number, number])[] => {
    const points: (readonly [number, number])[] = [];
    for (let at = from; ; ) {
      const next = ends.get(key(...at))?.find((index) => !used.has(index));
      const segment = next === undefined ? undefined : segments[next];
      if (next === undefined || !segment) return points;
      used.add(next);
      const { x0, y0, x1, y1 } = segment;
      at = key(x0, y0) === key(...at) ? [x1, y1] : [x0, y0];
      points.push(at);
    }
  };
  return segments.flatMap(({ x0, y0, x1, y1 }, index) => {
    if (used.has(index)) return [];
    used.add(index);
    return [[...follow([x0, y0]).reverse(), [x0, y0], [x1, y1], ...follow([x1, y1])]];
  });
}

/** A layer's value between grid points, bilinear; clamped to the grid. */
export function interpolated(surface: Surface, layer: LayerId, x: number, y: number): number {
  const values = surface.layers[layer];
  const width = surface.priceMoves.length;
  const { index: column, share: u } = bracket(surface.priceMoves, x);
  const { index: row, share: v } = bracket(surface.volatilityChanges, y);
  const at = (r: number, c: number): number => values[r * width + c] ?? 0;
  const low = at(row, column) * (1 - u) + at(row, column + 1) * u;
  const high = at(row + 1, column) * (1 - u) + at(row + 1, column + 1) * u;
  return low * (1 - v) + high * v;
}

function bracket(values: Float64Array, wanted: number): { readonly index: number; readonly share: number } {
  let index = 0;
  while (index + 2 < values.length && (values[index + 1] ?? 0) <= wanted) index++;
  const [low, high] = [values[index] ?? 0, values[index + 1] ?? 1];
  return { index, share: Math.min(1, Math.max(0, (wanted - low) / (high - low))) };
}
