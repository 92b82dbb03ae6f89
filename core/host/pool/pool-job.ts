import { DomainError, type Failure, failed, failure, type Result, success, type Work } from "../../base/index.ts";
import {
  type BlockResult,
  type BlockResults,
  type BlockWork,
  type EngineKernel,
  type JobOptions,
  JoinedBlocks,
  runBlock,
} from "../../revaluation/index.ts";
import { ended, giveWay, go, type JobSignal } from "./pool-message.ts";

/** Blocks that may wait for an earlier one to arrive, for each thread: what bounds the memory of a job. */
const aheadPerThread = 4;

/** One job of the pool: hands out its blocks, joins what comes back in block order, answers once. */
export class PoolJob {
  readonly id: number;
  readonly kind: string;
  readonly priority: JobOptions["priority"];
  readonly key: string | undefined;
  readonly #plan: BlockWork;
  readonly #joined: JoinedBlocks;
  readonly #early = new Map<number, BlockResult>();
  readonly #lost: number[] = [];
  readonly #watch: Work | undefined;
  readonly #label: string;
  readonly #ahead: number;
  readonly #settle: (result: Result<BlockResults>) => void;
  readonly #reject: (error: Error) => void;
  #next = 0;
  /** What the threads see of it. */
  readonly signal: JobSignal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  /** Answered: nothing more will come of it. */
  settled = false;

  constructor(input: {
    readonly id: number;
    readonly kind: string;
    readonly plan: BlockWork;
    readonly options: JobOptions;
    readonly threads: number;
    readonly settle: (result: Result<BlockResults>) => void;
    readonly reject: (error: Error) => void;
  }) {
    const { id, kind, plan, options, threads, settle, reject } = input;
    this.id = id;
    this.kind = kind;
    this.priority = options.priority;
    this.key = options.key;
    this.#plan = plan;
    this.#joined = new JoinedBlocks(plan);
    this.#watch = options.work;
    this.#label = options.label ?? "blocks";
    this.#ahead = aheadPerThread * threads;
    this.#settle = settle;
    this.#reject = reject;
  }

  /** The next block to compute; `undefined` while none may be handed out. */
  take(): number | undefined {
    if (this.settled) return undefined;
    const lost = this.#lost.pop();
    if (lost !== undefined) return lost;
    if (this.#next >= this.#plan.blocks || this.#next >= this.#joined.done + this.#ahead) return undefined;
    this.#next += 1;
    return this.#next - 1;
  }

  /** A block whose thread died is handed out again. */
  giveBack(block: number): void {
    this.#lost.push(block);
  }

  /** Whether it holds up something more urgent: its blocks come back unfinished. */
  get givesWay(): boolean {
    return Atomics.load(this.signal, 0) === giveWay;
  }

  set givesWay(wanted: boolean) {
    if (!this.settled) Atomics.store(this.signal, 0, wanted ? giveWay : go);
  }

  /** Computes a block in the calling thread. */
  runHere(engine: EngineKernel, block: number): void {
    try {
      this.arrived(block, runBlock(engine, this.#plan, block));
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  arrived(block: number, result: BlockResult): void {
    if (this.settled) return;
    this.#early.set(block, result);
    for (;;) {
      const ready = this.#early.get(this.#joined.done);
      if (ready === undefined) break;
      this.#early.delete(this.#joined.done);
      this.#joined.add(ready);
    }
    this.#watch?.progress(this.#joined.done, this.#plan.blocks, this.#label);
    if (this.#joined.done === this.#plan.blocks) this.#answer(success(this.#joined));
    else this.askWhetherToStop();
  }

  /** Answers `cancelled` when whoever watches wants to stop. */
  askWhetherToStop(): void {
    if (!this.settled && this.#watch?.cancelled() === true) this.cancel();
  }

  cancel(why: Failure = failure("cancelled", "cancelled")): void {
    if (!this.settled) this.#answer(failed(why.reason, why.message));
  }

  fail(error: Error): void {
    if (this.settled) return;
    this.#end();
    this.#reject(error instanceof DomainError ? error : new Error(error.message));
  }

  #answer(result: Result<BlockResults>): void {
    this.#end();
    this.#settle(result);
  }

  #end(): void {
    this.settled = true;
    this.#early.clear();
    Atomics.store(this.signal, 0, ended);
  }
}
