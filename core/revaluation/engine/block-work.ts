import type { EngineKernel } from "./engine-kernel.ts";

/** Options of one block: fixed whatever the number of threads, so that results never depend on how work is divided. */
export const blockSize = 256;

/**
 * Work cut into blocks that may run anywhere in any order; partial results are joined in block order.
 * The same blocks on 1, 2 or 8 threads give the same bits.
 */
export interface BlockWork {
  readonly blocks: number;
  /** Doubles of the whole result. */
  readonly length: number;
  /** The doubles of the whole that a block fills. Without it every block computes all, and blocks are added in order. */
  readonly range?: (block: number) => readonly [from: number, to: number];
  /** Ranges of blocks may overlap; blocks are added there in order. */
  readonly adds?: boolean;
  /**
   * Computes one block; `out` arrives as zeros and has the length of the block's range.
   * `note` keeps a text of this block and returns its index. A block of more than a few ms calls `goOn` now and then: it throws
   * `BlockStopped` where nobody waits for the block any more, or something more urgent does.
   */
  readonly run: (
    engine: EngineKernel,
    block: number,
    out: Float64Array,
    note: (text: string) => number,
    goOn: () => void,
  ) => void;
}

/** Leaves a block in the middle; what it has computed so far is lost. */
export class BlockStopped extends Error {}

/** What blocks make together. */
export interface BlockResults {
  readonly values: Float64Array;
  /** Texts noted by each block. */
  readonly notes: readonly (readonly string[])[];
}

/** One block computed. */
export interface BlockResult {
  readonly values: Float64Array;
  readonly notes: readonly string[];
}

/** Runs all blocks here, one after the other. */
export function runBlocks(engine: EngineKernel, work: BlockWork): Float64Array {
  const joined = new JoinedBlocks(work);
  let values: Float64Array | undefined;
  for (let block = 0; block < work.blocks; block++) {
    const result = runBlock(engine, work, block, values);
    values = result.values;
    joined.add(result);
  }
  return joined.values;
}

/**
 * Computes one block.
 *
 * @param reused an array of an earlier block; taken for the values when it has the right length
 * @param goOn   called by long blocks now and then; leaves the block by throwing `BlockStopped`
 */
export function runBlock(
  engine: EngineKernel,
  work: BlockWork,
  block: number,
  reused?: Float64Array,
  goOn: () => void = () => {},
): BlockResult {
  const [from, to] = work.range?.(block) ?? [0, work.length];
  const values = reused?.length === to - from ? reused.fill(0) : new Float64Array(to - from);
  const notes: string[] = [];
  const note = (text: string): number => {
    const known = notes.indexOf(text);
    return known >= 0 ? known : notes.push(text) - 1;
  };
  work.run(engine, block, values, note, goOn);
  return { values, notes };
}

/** The whole while its blocks arrive; they must be added in block order. */
export class JoinedBlocks implements BlockResults {
  readonly values: Float64Array;
  readonly notes: (readonly string[])[] = [];
  readonly #range: BlockWork["range"];
  readonly #adds: boolean;

  constructor({ length, range, adds = range === undefined }: Pick<BlockWork, "length" | "range" | "adds">) {
    this.values = new Float64Array(length);
    this.#range = range;
    this.#adds = adds;
  }

  /** Blocks added so far. */
  get done(): number {
    return this.notes.length;
  }

  add({ values, notes }: BlockResult): void {
    const [from] = this.#range?.(this.done) ?? [0];
    const whole = this.values;
    if (this.#adds)
      for (let i = 0; i < values.length; i++) whole[from + i] = (whole[from + i] as number) + (values[i] as number);
    else whole.set(values, from);
    this.notes.push(notes);
  }
}

/** Indices of a book by underlying, in order of first appearance. */
export function rowsByUnderlying(
  underlying: Float64Array,
): readonly { readonly underlying: number; readonly rows: number[] }[] {
  const groups = new Map<number, number[]>();
  underlying.forEach((key, row) => {
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  });
  return [...groups].map(([key, rows]) => ({ underlying: key, rows }));
}

/** Indices of a book in blocks that hold one underlying each. */
export function blocksByUnderlying(
  underlying: Float64Array,
): readonly { readonly underlying: number; readonly rows: Uint32Array }[] {
  return rowsByUnderlying(underlying).flatMap(({ underlying: key, rows }) =>
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
