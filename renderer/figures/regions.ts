import { bindingAt, type GridPoint } from "./grid.ts";
import type { Surface } from "./layer.ts";

export interface Region {
  readonly label: string;
  readonly points: number;
  /** The point of the region nearest to its centre of mass: a place for its label that lies inside it. */
  readonly centre: GridPoint;
}

export interface Border {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const between = (values: Float64Array, index: number): number => {
  const here = values[index] ?? 0;
  if (index < 0) return values[0] ?? 0;
  return index + 1 < values.length ? (here + (values[index + 1] ?? 0)) / 2 : here;
};

/** Lines between neighbouring points where another scenario binds, halfway between them: the borders of the regions. */
export function borders(surface: Surface): Border[] {
  const { priceMoves, volatilityChanges, binding } = surface;
  const width = priceMoves.length;
  const found: Border[] = [];
  for (let row = 0; row < volatilityChanges.length; row++) {
    for (let column = 0; column < width; column++) {
      const own = binding[row * width + column];
      if (column + 1 < width && binding[row * width + column + 1] !== own) {
        const x = between(priceMoves, column);
        found.push({ x0: x, x1: x, y0: between(volatilityChanges, row - 1), y1: between(volatilityChanges, row) });
      }
      if (row + 1 < volatilityChanges.length && binding[(row + 1) * width + column] !== own) {
        const y = between(volatilityChanges, row);
        found.push({ x0: between(priceMoves, column - 1), x1: between(priceMoves, column), y0: y, y1: y });
      }
    }
  }
  return found;
}

/** Connected regions of one binding scenario, largest first. */
export function regions(surface: Surface): Region[] {
  const width = surface.priceMoves.length;
  const height = surface.volatilityChanges.length;
  const seen = new Uint8Array(width * height);
  const found: Region[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    const members = flood(surface, start, seen);
    found.push({
      label: bindingAt(surface, { row: Math.floor(start / width), column: start % width }),
      points: members.length,
      centre: centreOf(members, width),
    });
  }
  return found.sort((a, b) => b.points - a.points);
}

export interface BindingKey {
  /** `A`, `B`, … by size; `…` beyond the alphabet. */
  readonly letter: string;
  readonly label: string;
  readonly points: number;
}

/** A letter for each binding scenario, largest part of the surface first: maps and slices are too small for their names. */
export function bindingKeys(surface: Surface): BindingKey[] {
  const counts = new Map<string, number>();
  const width = surface.priceMoves.length;
  surface.binding.forEach((_, at) => {
    const label = bindingAt(surface, { row: Math.floor(at / width), column: at % width });
    counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([label, points], index) => ({ letter: letters[index] ?? "…", label, points }));
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export interface Kink {
  /** Index along the cut of the first point under the new scenario. */
  readonly index: number;
  /** Shock halfway between the two points. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/** Where another scenario takes over along a cut: `price` walks the columns of a row, `volatility` the rows of a column. */
export function kinksAlong(surface: Surface, along: "price" | "volatility", at: number): Kink[] {
  const axis = along === "price" ? surface.priceMoves : surface.volatilityChanges;
  const point = (index: number): GridPoint =>
    along === "price" ? { row: at, column: index } : { row: index, column: at };
  const found: Kink[] = [];
  for (let index = 1; index < axis.length; index++) {
    const [from, to] = [bindingAt(surface, point(index - 1)), bindingAt(surface, point(index))];
    if (from !== to) found.push({ index, at: between(axis, index - 1), from, to });
  }
  return found;
}

function flood(surface: Surface, start: number, seen: Uint8Array): number[] {
  const width = surface.priceMoves.length;
  const own = surface.binding[start];
  const members: number[] = [];
  const open = [start];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    members.push(at);
    const column = at % width;
    const neighbours = [at - width, at + width, column > 0 ? at - 1 : -1, column + 1 < width ? at + 1 : -1];
    for (const next of neighbours) {
      if (next < 0 || next >= seen.length || seen[next] || surface.binding[next] !== own) continue;
      seen[next] = 1;
      open.push(next);
    }
  }
  return members;
}

function centreOf(members: readonly number[], width: number): GridPoint {
  const row = members.reduce((total, at) => total + Math.floor(at / width), 0) / members.length;
  const column = members.reduce((total, at) => total + (at % width), 0) / members.length;
  let [best, least] = [members[0] ?? 0, Number.POSITIVE_INFINITY];
  for (const at of members) {
    const distance = (Math.floor(at / width) - row) ** 2 + ((at % width) - column) ** 2;
    if (distance < least) [best, least] = [at, distance];
  }
  return { row: Math.floor(best / width), column: best % width };
}
