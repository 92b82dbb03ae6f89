import type { ScenarioSet } from "../scenario/index.ts";
import type { EditedMerge } from "./book-edit.ts";
import { type ClassSums, classSums, type PointRow, type SumTools, viewsOf, widthOf } from "./class-sums.ts";
import type { MergedBook, OptionClass } from "./merged-book.ts";

/** Sums of the classes of a merged book at the points of a surface, kept for the next what-if; threads share them. */
export interface SumStore {
  /** Block after block, class after class: points × `widthOf`. */
  readonly values: Float64Array;
  /** 1 for blocks whose sums are there. */
  readonly done: Int32Array;
}

/** Memory of one store; beyond it sums are not kept. */
const mostBytes = 64 * 1024 * 1024;

/** An empty store for the points of a surface; `undefined` where it would be too large, or memory cannot be shared. */
export function emptyStore(
  { classes }: Pick<MergedBook, "classes">,
  sets: readonly ScenarioSet[],
  points: number,
  blocks: number,
): SumStore | undefined {
  const length = points * classes.reduce((total, one) => total + widthOf(one, sets), 0);
  if (length * Float64Array.BYTES_PER_ELEMENT > mostBytes || typeof SharedArrayBuffer === "undefined") return undefined;
  return {
    values: new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT)),
    done: new Int32Array(new SharedArrayBuffer(blocks * Int32Array.BYTES_PER_ELEMENT)),
  };
}

/** Rows of one block. */
export interface BlockOfRows {
  readonly block: number;
  /** Index of its first point among all points of the work. */
  readonly first: number;
  readonly rows: readonly PointRow[];
}

/** Where the sums of classes come from. */
export interface Summing {
  /** Scenario sets they are summed in. */
  readonly sets: readonly ScenarioSet[];
  /** Sums of each class at the rows of a block, by class and row. */
  readonly of: (rows: BlockOfRows, tools: SumTools) => readonly (readonly ClassSums[])[];
}

/** Sums of the classes of a merged book; from the store, where it has them. */
export function wholeSums({ classes }: MergedBook, sets: readonly ScenarioSet[], store: SumStore | undefined): Summing {
  return {
    sets,
    of: (block, tools) =>
      arraysOf(classes, block, tools, store).map((array, at) => viewsOfClass(classes, at, block, tools, array)),
  };
}

/**
 * Sums of an edited book: those of the book it comes from less the members that stand apart. They differ from sums over the
 * members that stay by the rounding of that difference, below 1e-15 of the gross notional of the class.
 *
 * @param sets of the book it comes from
 */
export function editedSums(
  whole: MergedBook,
  { merged, origins }: EditedMerge,
  sets: readonly ScenarioSet[],
  store: SumStore | undefined,
): Summing {
  return {
    sets,
    of(block, tools) {
      const arrays = arraysOf(whole.classes, block, tools, store);
      return origins.map(({ of, apart }, at) => {
        const all = arrays[of];
        const one = merged.classes[at];
        if (one === undefined) return [];
        if (all !== undefined && apart.length === 0) return viewsOfClass(merged.classes, at, block, tools, all);
        const left = new Float64Array(pointsOf(block) * widthOf(one, tools.sets));
        classSums({ members: apart, underlying: one.underlying }, block.rows, tools, left);
        for (let i = 0; all !== undefined && i < left.length; i++) left[i] = (all[i] as number) - (left[i] as number);
        return viewsOfClass(merged.classes, at, block, tools, left);
      });
    },
  };
}

function viewsOfClass(
  classes: readonly OptionClass[],
  at: number,
  { rows }: BlockOfRows,
  { sets }: SumTools,
  array: Float64Array,
): readonly ClassSums[] {
  const one = classes[at];
  return one === undefined ? [] : viewsOf(one, rows, sets, array);
}

function pointsOf({ rows }: Pick<BlockOfRows, "rows">): number {
  return rows.reduce((total, { priceMoves }) => total + priceMoves.length, 0);
}

/** An array of sums for each class: parts of the store, or their own. */
function arraysOf(
  classes: readonly OptionClass[],
  { block, first, rows }: BlockOfRows,
  tools: SumTools,
  store: SumStore | undefined,
): readonly Float64Array[] {
  const points = pointsOf({ rows });
  const widths = classes.map((one) => widthOf(one, tools.sets));
  let at = first * widths.reduce((total, width) => total + width, 0);
  const arrays = widths.map((width) => {
    const length = points * width;
    at += length;
    return store === undefined ? new Float64Array(length) : store.values.subarray(at - length, at);
  });
  // Set after the sums and asked before them: another thread that sees it sees the sums.
  if (store !== undefined && Atomics.load(store.done, block) === 1) return arrays;
  classes.forEach((one, i) => {
    classSums(one, rows, tools, arrays[i] ?? new Float64Array());
  });
  if (store !== undefined) Atomics.store(store.done, block, 1);
  return arrays;
}
