import { DomainError } from "../../base/index.ts";
import { arenaStart } from "./arena.ts";
import { type BlockWork, blocksOf, runBlocks } from "./block-work.ts";
import { isQuantity } from "./domain.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import type { WorkKind } from "./executor.ts";
import { checkBook, type OptionBook, optionCount } from "./option-book.ts";
import { listOf, runList } from "./scenario-profits.ts";

/** Profit of one unit of each instrument in each cell; whoever holds it, it is priced once. */
export interface UnitCells {
  /** Even; the last is a copy when the number of cells asked for is odd. */
  readonly stride: number;
  readonly cells: number;
  /** `values[instrument * stride + cell]`. */
  readonly values: Float64Array;
}

export interface UnitCellsInput {
  readonly book: OptionBook;
  /** Relative shocks of each cell, shared by all underlyings; each > −1. */
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
}

/**
 * Prices every instrument of a book once in every cell of relative shocks that all underlyings share.
 *
 * @throws DomainError for a field or shock outside its bound
 */
export function unitCells(engine: EngineKernel, input: UnitCellsInput): UnitCells {
  const cells = input.priceMoves.length;
  return { stride: evenCells(cells), cells, values: runBlocks(engine, unitCellsWork(input)) };
}

/** Unit cells as work of any thread: the `values` of `UnitCells`. */
export const unitCellsKind: WorkKind<UnitCellsInput> = { name: "unit-cells", make: unitCellsWork };

/** The blocks of `unitCells`; each fills rows of its own. */
export function unitCellsWork({ book, priceMoves, volatilityChanges }: UnitCellsInput): BlockWork {
  checkBook(book);
  const cells = priceMoves.length;
  const growths = priceMoves.map((move) => 1 + move);
  const list = listOf(
    growths.map(Math.log),
    growths,
    volatilityChanges.map((change) => 1 + change),
  );
  const stride = evenCells(cells);
  const blocks = blocksOf(optionCount(book));
  return {
    blocks: blocks.length,
    length: optionCount(book) * stride,
    range(block) {
      const rows = blocks[block] ?? new Uint32Array();
      const from = (rows[0] ?? 0) * stride;
      return [from, from + rows.length * stride];
    },
    run(engine, block, result) {
      const rows = blocks[block] ?? new Uint32Array();
      const out = runList(engine, list, book, rows, list.length);
      const { arena } = engine;
      for (let i = 0; i < rows.length; i++) {
        const from = out + i * list.length;
        const base = arena[from + list.length - 1] as number;
        for (let j = 0; j < cells; j++) result[i * stride + j] = (arena[from + j] as number) - base;
      }
    },
  };
}

const evenCells = (cells: number): number => cells + (cells % 2);

/**
 * The worst cell of each account.
 *
 * @param starts    first holding of each account, and one past the last: length accounts + 1
 * @param rows      instrument of each holding
 * @param quantities signed quantity of each holding
 * @returns the lowest profit of each account over the cells, 0 where there is no cell; a loss is negative
 * @throws DomainError for a holding outside the instruments or the bound of quantities
 */
export function worstCells(
  engine: EngineKernel,
  units: UnitCells,
  starts: Uint32Array,
  rows: Float64Array,
  quantities: Float64Array,
): Float64Array {
  const { arena } = engine;
  const { stride, cells, values } = units;
  const table = arenaStart;
  const out = table + values.length;
  const holdings = out + stride;
  const most = starts.reduce((length, start, i) => Math.max(length, start - (starts[i - 1] ?? 0)), 0);
  if (holdings + 2 * most > arena.length)
    throw new DomainError("units and an account must fit the memory of the engine", values.length);
  const instruments = stride === 0 ? 0 : values.length / stride;
  rows.forEach((row, i) => {
    if (!(Number.isInteger(row) && row >= 0 && row < instruments))
      throw new DomainError("a holding must be of an instrument", row);
    if (!isQuantity(quantities[i])) throw new DomainError("a quantity must be finite, at most 1e100", quantities[i]);
  });
  arena.set(values, table);
  return Float64Array.from({ length: starts.length - 1 }, (_, account) => {
    const [from, to] = [starts[account] ?? 0, starts[account + 1] ?? 0];
    for (let i = from; i < to; i++) {
      arena[holdings + 2 * (i - from)] = rows[i] ?? 0;
      arena[holdings + 2 * (i - from) + 1] = quantities[i] ?? 0;
    }
    engine.account(table, stride, holdings, to - from, out);
    let worst = cells === 0 ? 0 : Number.POSITIVE_INFINITY;
    for (let j = 0; j < cells; j++) worst = Math.min(worst, arena[out + j] as number);
    return worst;
  });
}
