import type { Book, MethodologyUnderRules } from "../../methodology/index.ts";
import { type BlockWork, bestKernel, type RevaluationKernel, type WorkKind } from "../../revaluation/index.ts";
import { type BookEdit, editedBook } from "../book-edit.ts";
import { type BorderSegment, cellBorders } from "./border-cells.ts";
import { pointMover, ruledMethodology } from "./depth-points.ts";
import { type RegionKind, type RegionState, regionState } from "./region-state.ts";
import type { SurfaceDepth } from "./surface-axes.ts";

/** Regions of a surface and their borders as plain data, which any thread can compute. */
export interface BorderInput {
  /** Id in the catalogue. */
  readonly methodology: string;
  readonly parameters: unknown;
  readonly book: Book;
  /** Turns `book` into the book that is charged. */
  readonly edit?: BookEdit;
  readonly depth: SurfaceDepth;
  readonly by: RegionKind;
  /** Columns and rows, ascending. */
  readonly priceMoves: Float64Array;
  readonly changes: Float64Array;
  /** Share of the axes. */
  readonly tolerance: number;
}

/** Tiles of cells as work of any thread; each notes a `TileResult`. */
export const borderKind: WorkKind<BorderInput> = {
  name: "surface-borders",
  make(input) {
    return borderWork(input, ruledMethodology(input), bestKernel());
  },
};

/** What a block says of its tile. */
export interface TileResult {
  /** Regions of its segments, by number. */
  readonly regions: readonly RegionState[];
  /** Its grid points as row, column, region; what lies between two tiles belongs to the later one. */
  readonly corners: readonly (readonly [row: number, column: number, region: number])[];
  readonly segments: readonly BorderSegment[];
  readonly unresolved: number;
  readonly evaluations: number;
}

/** Positions × cells of one block, about: some tens of milliseconds, so that what the user looks at need not wait. */
const positionsPerBlock = 4_000;
/** Rows of cells of one block, at most. */
const mostRows = 4;
/** Points asked per cell on average before cells are not halved any more. */
const mostPerCell = 60;

/**
 * Borders of a surface as blocks of work, one a tile of cells; a block writes no amounts and notes one `TileResult` as JSON.
 *
 * @param methodology under the rules of the input
 * @param kernel      revalues the points that the halving of cells asks for
 */
export function borderWork(
  input: Omit<BorderInput, "methodology" | "parameters">,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): BlockWork {
  const { book, edit, depth, by } = input;
  const mover = pointMover(edit === undefined ? book : editedBook(book, edit), depth, methodology, kernel);
  const stateAt = (x: number, y: number): RegionState =>
    regionState(mover.charge(mover.moved(x, y), by === "binding" ? "amounts" : false).accounts, by);
  const statesWhile =
    (goOn: () => void): typeof stateAt =>
    (x, y) => {
      goOn();
      return stateAt(x, y);
    };
  const tiles = tilesOf(input, Math.max(1, Math.floor(positionsPerBlock / (book.positions.length + 1))));
  return {
    blocks: tiles.length,
    length: 0,
    range: () => [0, 0],
    run(_, block, _out, note, goOn) {
      const tile = tiles[block];
      if (tile !== undefined) note(JSON.stringify(tileResult(input, statesWhile(goOn), tile)));
    },
  };
}

/** Cells of a block: rows and columns, the last ones not included. */
interface Tile {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

type Grid = Pick<BorderInput, "priceMoves" | "changes" | "tolerance">;

/** Tiles of at most so many cells: parts of a row, or whole rows. What neighbours share is computed in both. */
function tilesOf({ priceMoves, changes }: Grid, cells: number): readonly Tile[] {
  const [width, height] = [priceMoves.length - 1, changes.length - 1];
  const columns = Math.min(width, cells);
  const rows = Math.max(1, Math.min(mostRows, Math.floor(cells / width)));
  const tiles: Tile[] = [];
  for (let row = 0; row < height; row += rows)
    for (let column = 0; column < width; column += columns)
      tiles.push({
        rows: [row, Math.min(height, row + rows)],
        columns: [column, Math.min(width, column + columns)],
      });
  return tiles;
}

function tileResult(
  { priceMoves, changes, tolerance }: Grid,
  stateAt: (x: number, y: number) => RegionState,
  { rows: [firstRow, lastRow], columns: [firstColumn, lastColumn] }: Tile,
): TileResult {
  const regions: RegionState[] = [];
  const numbers = new Map<string, number>();
  const known = new Map<string, number>();
  const regionAt = (x: number, y: number): number => {
    const place = `${x} ${y}`;
    const before = known.get(place);
    if (before !== undefined) return before;
    const state = stateAt(x, y);
    const number = numbers.get(state.id) ?? regions.push(state) - 1;
    numbers.set(state.id, number);
    known.set(place, number);
    return number;
  };
  const x = (column: number): number => priceMoves[column] ?? Number.NaN;
  const y = (row: number): number => changes[row] ?? Number.NaN;
  const [columns, rows] = [priceMoves.length - 1, changes.length - 1];
  const whole = { width: x(columns) - x(0), height: y(rows) - y(0) };
  const share = Math.max((x(1) - x(0)) / whole.width, (y(1) - y(0)) / whole.height);
  const budget = mostPerCell * (lastRow - firstRow) * (lastColumn - firstColumn);
  const search = {
    ...{ regionAt, ...whole, tolerance },
    mostHalvings: Math.max(0, Math.ceil(Math.log2(share / tolerance))),
    exhausted: () => known.size > budget,
  };
  const corners: [number, number, number][] = [];
  for (let row = firstRow; row < lastRow + (lastRow === rows ? 1 : 0); row++)
    for (let column = firstColumn; column < lastColumn + (lastColumn === columns ? 1 : 0); column++)
      corners.push([row, column, regionAt(x(column), y(row))]);
  const segments: BorderSegment[] = [];
  let unresolved = 0;
  for (let row = firstRow; row < lastRow; row++)
    for (let column = firstColumn; column < lastColumn; column++) {
      const found = cellBorders(search, { x0: x(column), x1: x(column + 1), y0: y(row), y1: y(row + 1) });
      segments.push(...found.segments);
      unresolved += found.unresolved;
    }
  return { regions, corners, segments, unresolved, evaluations: known.size };
}
