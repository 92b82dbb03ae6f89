import type { EngineKernel } from "./engine-kernel.ts";

/** Options of one block: fixed whatever the number of threads, so that results never depend on how work is divided. */
export const blockSize = 256;

/**
 * Work cut into blocks that may run anywhere in any order; partial results are added in block order.
 * The same blocks on 1, 2 or 8 threads give the same bits.
 */
export interface BlockWork {
  readonly blocks: number;
  /** Doubles of a partial result, and of the whole. */
  readonly length: number;
  /** Computes one block; `out` arrives as zeros. */
  readonly run: (engine: EngineKernel, block: number, out: Float64Array) => void;
}

/** Runs all blocks here, one after the other. */
export function runBlocks(engine: EngineKernel, work: BlockWork): Float64Array {
  const total = new Float64Array(work.length);
  const partial = new Float64Array(work.length);
  for (let block = 0; block < work.blocks; block++) {
    partial.fill(0);
    work.run(engine, block, partial);
    addInto(total, partial);
  }
  return total;
}

/** Adds a partial result to the total; called in block order. */
export function addInto(total: Float64Array, partial: Float64Array): void {
  for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (partial[i] as number);
}

/** Indices of a book grouped by underlying, in blocks that hold one underlying each. */
export function blocksByUnderlying(
  underlying: Float64Array,
): readonly { readonly underlying: number; readonly rows: Uint32Array }[] {
  const groups = new Map<number, number[]>();
  underlying.forEach((key, row) => {
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  });
  return [...groups].flatMap(([key, rows]) =>
    Array.from({ length: Math.ceil(rows.length / blockSize) }, (_, block) => ({
      underlying: key,
      rows: Uint32Array.from(rows.slice(block * blockSize, (block + 1) * blockSize)),
    })),
  );
}

/** Indices `0 … count − 1` in blocks. */
export function blocksOf(count: number): readonly Uint32Array[] {
  return Array.from({ length: Math.ceil(count / blockSize) }, (_, block) =>
    Uint32Array.from({ length: Math.min(blockSize, count - block * blockSize) }, (_, i) => block * blockSize + i),
  );
}
