/** A piece of border between two regions: `left` and `right` of the direction from its first to its second point. */
export interface BorderSegment {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly left: number;
  readonly right: number;
}

/** What is searched: a function that gives the region of a point, and how fine borders have to be. */
export interface BorderSearch {
  /** Region of a point, a number for each; asked once for each point. */
  readonly regionAt: (x: number, y: number) => number;
  /** Width and height of the whole: lengths are shares of them. */
  readonly width: number;
  readonly height: number;
  /** Borders lie within this share of the axes of where they are drawn. */
  readonly tolerance: number;
  /** Halvings of a cell, at most. */
  readonly mostHalvings: number;
  /** Once it answers true cells are not halved any more. */
  readonly exhausted: () => boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly region: number;
}

interface Crossing {
  readonly x: number;
  readonly y: number;
  readonly regions: readonly [number, number];
}

/** Borders met on one edge, at most. */
const mostOnEdge = 4;

/**
 * Borders of regions inside a rectangle, by marching squares whose crossings are closed in on by bisection along the edges. A cell with two
 * crossings between the same two regions has one straight piece, checked in its middle: where the border bends away by more than the
 * tolerance, and where three or more regions meet, the cell is halved both ways. A region that touches no corner and no edge is not seen.
 *
 * @returns pieces, and the number of smallest cells whose inside is not known to the tolerance
 */
export function cellBorders(
  search: BorderSearch,
  cell: { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number },
): { readonly segments: readonly BorderSegment[]; readonly unresolved: number } {
  const segments: BorderSegment[] = [];
  let unresolved = 0;
  const at = (x: number, y: number): Point => ({ x, y, region: search.regionAt(x, y) });
  const visit = (x0: number, x1: number, y0: number, y1: number, halvings: number): void => {
    const corners = [at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1)] as const;
    const [sw, se, ne, nw] = corners;
    // Edges run upwards along their axis, so that neighbours find the same points.
    const crossings = [
      ...edgeCrossings(search, sw, se),
      ...edgeCrossings(search, se, ne),
      ...edgeCrossings(search, nw, ne),
      ...edgeCrossings(search, sw, nw),
    ];
    if (crossings.length === 0) return;
    const [first, second] = crossings;
    const isSimple = crossings.length === 2 && first !== undefined && second !== undefined && isSamePair(first, second);
    const piece = isSimple ? pieceOf(search, first, second, corners) : undefined;
    const isLast = halvings >= search.mostHalvings || search.exhausted();
    if (piece !== undefined && (isLast || isStraight(search, piece))) {
      segments.push(piece);
      return;
    }
    if (isLast) {
      unresolved += 1;
      segments.push(...star(search, crossings, corners));
      return;
    }
    const [x, y] = [0.5 * (x0 + x1), 0.5 * (y0 + y1)];
    visit(x0, x, y0, y, halvings + 1);
    visit(x, x1, y0, y, halvings + 1);
    visit(x0, x, y, y1, halvings + 1);
    visit(x, x1, y, y1, halvings + 1);
  };
  visit(cell.x0, cell.x1, cell.y0, cell.y1, 0);
  return { segments, unresolved };
}

/** Borders along an edge, from its first point on. */
function edgeCrossings(search: BorderSearch, from: Point, to: Point): readonly Crossing[] {
  const found: Crossing[] = [];
  let start = from;
  while (start.region !== to.region && found.length < mostOnEdge) {
    let [low, high] = [start, to];
    while (distance(search, low, high) > 0.25 * search.tolerance) {
      const [x, y] = [0.5 * (low.x + high.x), 0.5 * (low.y + high.y)];
      const middle: Point = { x, y, region: search.regionAt(x, y) };
      if (middle.region === start.region) low = middle;
      else high = middle;
    }
    found.push({
      ...{ x: 0.5 * (low.x + high.x), y: 0.5 * (low.y + high.y) },
      regions: [low.region, high.region],
    });
    start = high;
  }
  return found;
}

function distance({ width, height }: BorderSearch, one: Omit<Point, "region">, other: Omit<Point, "region">): number {
  return Math.max(Math.abs(one.x - other.x) / width, Math.abs(one.y - other.y) / height);
}

function isSamePair({ regions: [a, b] }: Crossing, { regions: [c, d] }: Crossing): boolean {
  return (a === c && b === d) || (a === d && b === c);
}

/** The piece between two places, turned so that its regions stand on their sides. */
function pieceOf(
  search: BorderSearch,
  from: Omit<Point, "region">,
  to: Omit<Point, "region"> & { readonly regions: readonly [number, number] },
  corners: readonly Point[],
): BorderSegment {
  const [one, other] = to.regions;
  const side = (corner: Point): number =>
    ((to.x - from.x) / search.width) * ((corner.y - from.y) / search.height) -
    ((to.y - from.y) / search.height) * ((corner.x - from.x) / search.width);
  // The corner farthest from the line tells on which side its region is.
  let [best, most, region] = [0, 0, one];
  for (const corner of corners) {
    if (corner.region !== one && corner.region !== other) continue;
    const away = side(corner);
    if (Math.abs(away) > most) [best, most, region] = [away, Math.abs(away), corner.region];
  }
  const left = best >= 0 ? region : region === one ? other : one;
  return {
    ...{ x0: from.x, y0: from.y, x1: to.x, y1: to.y },
    ...{ left, right: left === one ? other : one },
  };
}

/** Whether both regions are met within the tolerance of the middle of a piece, each on its side. */
function isStraight(search: BorderSearch, { x0, y0, x1, y1, left, right }: BorderSegment): boolean {
  const { width, height, tolerance, regionAt } = search;
  const [dx, dy] = [(x1 - x0) / width, (y1 - y0) / height];
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length <= 2 * tolerance) return true;
  const [x, y] = [0.5 * (x0 + x1), 0.5 * (y0 + y1)];
  const [nx, ny] = [(-dy / length) * tolerance * width, (dx / length) * tolerance * height];
  return regionAt(x + nx, y + ny) === left && regionAt(x - nx, y - ny) === right;
}

/** Where more than two regions meet inside a smallest cell: every border runs to the middle of them. */
function star(
  search: BorderSearch,
  crossings: readonly Crossing[],
  corners: readonly Point[],
): readonly BorderSegment[] {
  const count = crossings.length;
  const middle = {
    x: crossings.reduce((total, { x }) => total + x, 0) / count,
    y: crossings.reduce((total, { y }) => total + y, 0) / count,
  };
  return crossings.map((crossing) => pieceOf(search, middle, crossing, corners));
}
