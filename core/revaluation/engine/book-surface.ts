import { DomainError } from "../../base/index.ts";
import { arenaStart, recordLength } from "./arena.ts";
import { type BlockWork, blockSize, blocksOf, runBlocks } from "./block-work.ts";
import { checkedMove } from "./domain.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import type { WorkKind } from "./executor.ts";
import { checkBook, type OptionBook, optionCount, writeRecords } from "./option-book.ts";
import { volatilityNodes } from "./volatility-nodes.ts";

export interface BookSurfaceInput {
  readonly book: OptionBook;
  /** Relative moves, any order; each > −1. */
  readonly priceMoves: Float64Array;
  /** Relative changes of volatility, any order; each > −1. */
  readonly volatilityChanges: Float64Array;
  /** `exact` values every row; `nodes` interpolates rows from Chebyshev nodes to 1e-12 of the forward. */
  readonly volatilityAxis: "exact" | "nodes";
}

/**
 * Profit and loss of a book on a grid of price moves × volatility changes.
 *
 * @returns row-major, `values[row * priceMoves.length + column]`; unit of quantity × price (coin when inverse); gain > 0;
 *          exactly 0 at the unshocked cell when the grid holds it
 * @throws DomainError for a field or shock outside its bound
 */
export function bookSurface(engine: EngineKernel, input: BookSurfaceInput): Float64Array {
  return surfaceProfit(input, runBlocks(engine, bookSurfaceWork(input)));
}

/** A surface as work of any thread; `surfaceProfit` makes the profit from its values. */
export const bookSurfaceKind: WorkKind<BookSurfaceInput> = { name: "book-surface", make: bookSurfaceWork };

/** The blocks of a surface: values on the engine's own grid, to be turned into profit by `surfaceProfit`. */
export function bookSurfaceWork(input: BookSurfaceInput): BlockWork {
  checkBook(input.book);
  const grid = gridOf(input);
  const { columns, rows } = grid;
  const blocks = blocksOf(optionCount(input.book));
  const moves = arenaStart;
  const growths = moves + columns;
  const factors = growths + columns;
  const inverses = factors + rows;
  const scratch = inverses + rows + (rows % 2) * 2;
  const out = scratch + 3 * columns;
  const options = out + rows * columns;
  return {
    blocks: blocks.length,
    length: rows * columns,
    run({ arena, surface }, block, result) {
      const members = blocks[block] ?? new Uint32Array();
      if (options + blockSize * recordLength > arena.length)
        throw new DomainError("a surface must fit the memory of the engine", rows * columns);
      arena.set(grid.logMoves, moves);
      arena.set(grid.growths, growths);
      arena.set(grid.factors, factors);
      arena.set(grid.inverses, inverses);
      arena.fill(0, out, options);
      writeRecords(arena, input.book, members, options);
      surface(options, members.length, moves, growths, columns, factors, inverses, rows, scratch, out);
      result.set(arena.subarray(out, options));
    },
  };
}

/** Value on the engine's grid -> profit on the grid asked for. */
export function surfaceProfit(input: BookSurfaceInput, values: Float64Array): Float64Array {
  const grid = gridOf(input);
  const width = input.priceMoves.length;
  const height = input.volatilityChanges.length;
  const profit = new Float64Array(width * height);
  const base = values[grid.baseRow * grid.columns + grid.baseColumn] ?? 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = grid.columnOf[column] ?? 0;
      profit[row * width + column] = grid.rowValue(values, row, at) - base;
    }
  }
  return profit;
}

/** The engine's grid: columns ascending and even in number, the unshocked state among them. */
function gridOf({ priceMoves, volatilityChanges, volatilityAxis }: BookSurfaceInput) {
  for (const shock of [...priceMoves, ...volatilityChanges]) checkedMove(shock, "a shock");
  const ascending = [...new Set([0, ...priceMoves])].sort((a, b) => a - b);
  const columnOf = Int32Array.from(priceMoves, (move) => ascending.indexOf(move));
  const baseColumn = ascending.indexOf(0);
  if (ascending.length % 2 === 1) ascending.push(ascending.at(-1) ?? 0);
  const columns = ascending.length;
  const wanted = volatilityChanges.map((change) => 1 + change);
  const nodes = volatilityAxis === "nodes" ? volatilityNodes(wanted) : undefined;
  const engineFactors = nodes ? [...nodes.factors, 1] : [...new Set([...wanted, 1])];
  const rowOf = Int32Array.from(wanted, (factor) => engineFactors.indexOf(factor));
  const count = nodes?.factors.length ?? 0;
  const rowValue = (values: Float64Array, row: number, column: number): number => {
    if (!nodes || wanted[row] === 1) return values[Math.max(rowOf[row] ?? 0, 0) * columns + column] ?? 0;
    let value = 0;
    for (let node = 0; node < count; node++)
      value += (nodes.weights[row * count + node] as number) * (values[node * columns + column] as number);
    return value;
  };
  return {
    columns,
    rows: engineFactors.length,
    logMoves: Float64Array.from(ascending, Math.log1p),
    growths: Float64Array.from(ascending, (move) => 1 + move),
    factors: Float64Array.from(engineFactors),
    inverses: Float64Array.from(engineFactors, (factor) => 1 / factor),
    columnOf,
    baseColumn,
    baseRow: engineFactors.indexOf(1),
    rowValue,
  };
}
