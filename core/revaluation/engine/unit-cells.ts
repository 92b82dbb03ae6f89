import { arenaStart } from "./arena.ts";
import { blocksByUnderlying } from "./block-work.ts";
import type { EngineKernel } from "./engine-kernel.ts";
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

/**
 * Prices every instrument of a book once in every cell of relative shocks that all underlyings share.
 *
 * @throws DomainError for a field or shock outside its bound
 */
export function unitCells(
  engine: EngineKernel,
  book: OptionBook,
  priceMoves: Float64Array,
  volatilityChanges: Float64Array,
): UnitCells {
  checkBook(book);
  const cells = priceMoves.length;
  const growths = priceMoves.map((move) => 1 + move);
  const list = listOf(
    growths.map(Math.log),
    growths,
    volatilityChanges.map((change) => 1 + change),
  );
  const stride = cells + (cells % 2);
  const values = new Float64Array(optionCount(book) * stride);
  for (const { rows } of blocksByUnderlying(book.underlying)) {
    const out = runList(engine, list, book, rows, list.length);
    rows.forEach((row, i) => {
      const from = out + i * list.length;
      const base = engine.arena[from + list.length - 1] ?? 0;
      for (let j = 0; j < cells; j++) values[row * stride + j] = (engine.arena[from + j] as number) - base;
    });
  }
  return { stride, cells, values };
}

/**
 * The worst cell of each account.
 *
 * @param starts    first holding of each account, and one past the last: length accounts + 1
 * @param rows      instrument of each holding
 * @param quantities signed quantity of each holding
 * @returns the lowest profit of each account over the cells; a loss is negative
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
  arena.set(values, table);
  return Float64Array.from({ length: starts.length - 1 }, (_, account) => {
    const [from, to] = [starts[account] ?? 0, starts[account + 1] ?? 0];
    for (let i = from; i < to; i++) {
      arena[holdings + 2 * (i - from)] = rows[i] ?? 0;
      arena[holdings + 2 * (i - from) + 1] = quantities[i] ?? 0;
    }
    engine.account(table, stride, holdings, to - from, out);
    let worst = Number.POSITIVE_INFINITY;
    for (let j = 0; j < cells; j++) worst = Math.min(worst, arena[out + j] as number);
    return worst;
  });
}
