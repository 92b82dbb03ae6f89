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

/** Strips of cells as work of any thread; each notes a `StripResult`. */
export const borderKind: WorkKind<BorderInput> = {
  name: "surface-borders",
  make(input) {
    return borderWork(input, ruledMethodology(input), bestKernel());
  },
};

/** What a block says of its strip. */
export interface StripResult {
  /** Regions of its segments, by number. */
  readonly regions: readonly RegionState[];
  /** Regions at its grid points, row by row; the last row belongs to the next strip, but for the last one. */
  readonly corners: readonly number[];
  readonly segments: readonly BorderSegment[];
  readonly unresolved: number;
  readonly evaluations: number;
}

/** Rows of cells of one block: what neighbours share is computed in both. */
const rowsPerBlock = 4;
/** Points asked per cell on average before cells are not halved any more. */
const mostPerCell = 40;

export function borderWork(
  input: Omit<BorderInput, "methodology" | "parameters">,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): BlockWork {
  const { book, edit, depth, by } = input;
  const mover = pointMover(edit === undefined ? book : editedBook(book, edit), depth, methodology, kernel);
  const stateAt = (x: number, y: number): RegionState =>
    regionState(mover.charge(mover.moved(x, y), by === "binding" ? "amounts" : false).accounts, by);
  return stripsOf(input, stateAt);
}

/** The strips of a rectangle whose points have states. */
export function stripsOf(
  { priceMoves, changes, tolerance }: Pick<BorderInput, "priceMoves" | "changes" | "tolerance">,
  stateAt: (x: number, y: number) => RegionState,
): BlockWork {
  const rows = changes.length - 1;
  const blocks = Math.ceil(rows / rowsPerBlock);
  return {
    blocks,
    length: 0,
    range: () => [0, 0],
    run(_, block, _out, note) {
      const first = block * rowsPerBlock;
      const last = Math.min(rows, first + rowsPerBlock);
      note(JSON.stringify(strip({ priceMoves, changes, tolerance }, stateAt, first, last)));
    },
  };
}

function strip(
  { priceMoves, changes, tolerance }: Pick<BorderInput, "priceMoves" | "changes" | "tolerance">,
  stateAt: (x: number, y: number) => RegionState,
  first: number,
  last: number,
): StripResult {
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
  const columns = priceMoves.length - 1;
  const whole = { width: x(columns) - x(0), height: y(changes.length - 1) - y(0) };
  const share = Math.max((x(1) - x(0)) / whole.width, (y(1) - y(0)) / whole.height);
  const budget = mostPerCell * columns * (last - first);
  const search = {
    ...{ regionAt, ...whole, tolerance },
    mostHalvings: Math.max(0, Math.ceil(Math.log2(share / tolerance))),
    exhausted: () => known.size > budget,
  };
  const corners: number[] = [];
  const lastRow = last === changes.length - 1 ? last : last - 1;
  for (let row = first; row <= lastRow; row++)
    for (let column = 0; column <= columns; column++) corners.push(regionAt(x(column), y(row)));
  const segments: BorderSegment[] = [];
  let unresolved = 0;
  for (let row = first; row < last; row++)
    for (let column = 0; column < columns; column++) {
      const found = cellBorders(search, { x0: x(column), x1: x(column + 1), y0: y(row), y1: y(row + 1) });
      segments.push(...found.segments);
      unresolved += found.unresolved;
    }
  return { regions, corners, segments, unresolved, evaluations: known.size };
}
