import { failed, type Result, success, unwatched, type Work } from "../../base/index.ts";
import { type BlockResults, type BlockWork, JoinedBlocks, runBlock } from "./block-work.ts";
import type { EngineKernel } from "./engine-kernel.ts";

/** A kind of work that any thread can make from plain data; its name is how another thread finds it. */
export interface WorkKind<Input> {
  readonly name: string;
  readonly make: (input: Input) => BlockWork;
}

/** How a job is to be run, and who watches it. */
export interface JobOptions {
  /** `interactive` is what the user looks at: it goes first and may use every core. */
  readonly priority: "interactive" | "background";
  /** A newer job of the same key takes the place of an older one, which is answered `cancelled`. */
  readonly key?: string;
  /** Progress counts blocks; `cancelled` is asked at least every 50 ms. */
  readonly work?: Work;
  /** What progress calls the units of work. */
  readonly label?: string;
}

/** Runs work in blocks, on one thread or many: the same bits either way. */
export interface BlockExecutor {
  /** `2 threads`: stands beside the kernel's name in a result. */
  readonly name: string;
  /**
   * @param kind  one of the kinds this executor knows
   * @param input plain data (typed arrays, maps and objects; no functions), not changed until the job ends
   * @returns the joined blocks, or `cancelled`; rejects with the DomainError of a block
   */
  run<Input>(kind: WorkKind<Input>, input: Input, options?: JobOptions): Promise<Result<BlockResults>>;
}

/** Runs blocks in the calling thread, with a pause after each. */
export function threadExecutor(engine: EngineKernel): BlockExecutor {
  return {
    name: "1 thread",
    run: (kind, input, options) => runHere(engine, kind.make(input), options),
  };
}

/** Runs the blocks of a work in the calling thread; after each it reports, pauses and asks whether to stop. */
export async function runHere(
  engine: EngineKernel,
  work: BlockWork,
  { work: watch = unwatched, label = "blocks" }: Partial<JobOptions> = {},
): Promise<Result<BlockResults>> {
  const joined = new JoinedBlocks(work);
  while (joined.done < work.blocks) {
    joined.add(runBlock(engine, work, joined.done));
    watch.progress(joined.done, work.blocks, label);
    if (joined.done === work.blocks) break;
    await watch.pause();
    if (watch.cancelled()) return failed("cancelled", "cancelled");
  }
  return success(joined);
}
