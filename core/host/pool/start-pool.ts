import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { failed, failure, success } from "../../base/index.ts";
import { type BlockExecutor, bestEngine, JoinedBlocks } from "../../revaluation/index.ts";
import { KeptObjects, membersFor, type SentInput, sentInput } from "./kept-objects.ts";
import { chooseNamedKernel } from "./kernel-choice.ts";
import { PoolJob } from "./pool-job.ts";
import type { FromPoolWorker, ToPoolWorker } from "./pool-message.ts";
import { threadCount } from "./thread-count.ts";

export interface PoolOptions {
  /** Threads that compute; default: `threadCount`. */
  readonly threads?: number;
  /** The built worker; default: beside the running bundle. */
  readonly workerPath?: string;
}

export interface Pool extends BlockExecutor {
  readonly threads: number;
  /** Ends the threads; jobs still open are answered `cancelled`. */
  readonly close: () => Promise<void>;
}

/** A thread, what it has been told, and the blocks it owes: one in work, one waiting, so that it never idles. */
interface Thread {
  readonly worker: Worker;
  readonly opened: Set<number>;
  readonly kept: KeptObjects;
  readonly owed: { readonly job: PoolJob; readonly block: number }[];
  started: boolean;
}

const depth = 2;
/** How often jobs are asked whether they were cancelled: what is asked for next need not wait for them. */
const pollMs = 10;

/**
 * Threads that compute blocks of work. They start with the first job (until they are up the calling thread computes,
 * with pauses) and end with `close`. Interactive jobs go first and use every thread; background jobs leave one free where
 * there are several, and give back what they are in the middle of. Results are the same bits for any number of threads: blocks are fixed and joined in block order.
 */
export function startPool(options: PoolOptions = {}): Pool {
  const count = Math.max(1, Math.floor(options.threads ?? threadCount()));
  chooseNamedKernel();
  const workerPath = options.workerPath ?? join(import.meta.dirname, "pool-worker.cjs");
  const threads: Thread[] = [];
  const jobs: PoolJob[] = [];
  const inputs = new WeakMap<PoolJob, SentInput>();
  let lastId = 0;
  let closed = false;
  /** Threads that died before they were up: after a few of them the calling thread does all the work. */
  let stillborn = 0;
  let helping = false;
  let poll: NodeJS.Timeout | undefined;

  const startThreads = (): void => {
    while (threads.length < count && stillborn < count) {
      const worker = new Worker(workerPath);
      const thread: Thread = { worker, opened: new Set(), kept: new KeptObjects(), owed: [], started: false };
      threads.push(thread);
      // Idle threads keep no program alive; `poll` does while a job runs.
      worker.unref();
      worker.on("message", (message: FromPoolWorker) => {
        receive(thread, message);
        feed();
      });
      worker.on("error", () => {});
      worker.on("exit", () => lose(thread));
    }
  };

  const receive = (thread: Thread, message: FromPoolWorker): void => {
    if (message.did === "start") {
      thread.started = true;
      return;
    }
    const job = jobs.find(({ id }) => id === message.job);
    if (message.did === "fail") {
      job?.fail(new Error(message.message));
      return;
    }
    const at = thread.owed.findIndex((owed) => owed.job.id === message.job && owed.block === message.block);
    if (at >= 0) thread.owed.splice(at, 1);
    if (message.did === "giveBack") job?.giveBack(message.block);
    else job?.arrived(message.block, message);
  };

  /** A thread that died: its blocks go to others, unless it died of them. */
  const lose = (thread: Thread): void => {
    const at = threads.indexOf(thread);
    if (at < 0) return;
    threads.splice(at, 1);
    if (!thread.started) stillborn += 1;
    const [running, ...waiting] = thread.owed;
    running?.job.fail(new Error("a computing thread stopped unexpectedly"));
    for (const { job, block } of waiting) job.giveBack(block);
    if (!closed && jobs.some(({ settled }) => !settled)) startThreads();
    feed();
  };

  const sortedJobs = (): readonly PoolJob[] =>
    [...jobs].sort((a, b) => Number(a.priority === "background") - Number(b.priority === "background"));

  /** Gives every thread what it can take. */
  const feed = (): void => {
    for (let at = jobs.length - 1; at >= 0; at--) {
      const job = jobs[at];
      if (job?.settled) end(job);
    }
    for (let round = 0; round < depth; round++) {
      threads.forEach((thread, index) => {
        const owed = thread.owed.filter(({ job }) => !job.givesWay);
        if (thread.started && owed.length <= round) hand(thread, index);
      });
    }
    if (jobs.length > 0 && !threads.some(({ started }) => started)) void help();
  };

  /** Background jobs make room on every thread for what the user looks at. */
  const makeRoom = (): void => {
    for (const job of jobs) if (job.priority === "background") job.givesWay = true;
  };

  const hand = (thread: Thread, index: number): void => {
    const keptFree = count > 1 && index === count - 1;
    for (const job of sortedJobs()) {
      if (keptFree && job.priority === "background") continue;
      // Not before its blocks are back: else one that runs could miss that it was to give way.
      if (job.givesWay && threads.some(({ owed }) => owed.some((one) => one.job === job))) continue;
      job.givesWay = false;
      const block = job.take();
      if (block === undefined) continue;
      if (!thread.opened.has(job.id)) {
        thread.opened.add(job.id);
        const input = inputs.get(job);
        if (input !== undefined)
          send(thread, {
            ...{ do: "open", job: job.id, kind: job.kind },
            ...{ input: membersFor(input, thread.kept), signal: job.signal },
          });
      }
      thread.owed.push({ job, block });
      send(thread, { do: "block", job: job.id, block });
      return;
    }
  };

  const send = ({ worker }: Thread, message: ToPoolWorker): void => worker.postMessage(message);

  const end = (job: PoolJob): void => {
    jobs.splice(jobs.indexOf(job), 1);
    for (const thread of threads) {
      if (!thread.opened.delete(job.id)) continue;
      thread.owed.splice(0, thread.owed.length, ...thread.owed.filter((owed) => owed.job !== job));
      send(thread, { do: "end", job: job.id });
    }
    if (jobs.length === 0 && poll !== undefined) {
      clearInterval(poll);
      poll = undefined;
    }
  };

  /** Computes here while no thread is up yet. */
  const help = async (): Promise<void> => {
    if (helping) return;
    helping = true;
    while (!threads.some(({ started }) => started)) {
      const [job] = sortedJobs();
      const block = job?.take();
      if (job === undefined || block === undefined) break;
      job.runHere(bestEngine(), block);
      await setImmediate();
    }
    helping = false;
    feed();
  };

  return {
    threads: count,
    get name() {
      // Where no thread comes up the calling thread does the work.
      return count === 1 || stillborn >= count ? "1 thread" : `${count} threads`;
    },
    run(kind, input, jobOptions = { priority: "interactive" }) {
      if (closed) return Promise.resolve(failed("cancelled", "the program is closing"));
      return new Promise((settle, reject) => {
        const { key } = jobOptions;
        if (key !== undefined) {
          const newer = failure("cancelled", "a newer request took the place of this one");
          for (const job of jobs) if (job.key === key) job.cancel(newer);
        }
        for (const open of jobs) open.askWhetherToStop();
        if (jobOptions.priority === "interactive") makeRoom();
        lastId += 1;
        const plan = kind.make(input);
        if (plan.blocks === 0) {
          settle(success(new JoinedBlocks(plan)));
          return;
        }
        const done = { id: lastId, kind: kind.name, plan, options: jobOptions, threads: count, settle, reject };
        const job = new PoolJob(done);
        inputs.set(job, sentInput(input));
        jobs.push(job);
        poll ??= setInterval(() => {
          for (const open of jobs) open.askWhetherToStop();
          feed();
        }, pollMs);
        startThreads();
        feed();
      });
    },
    close: async () => {
      closed = true;
      const why = failure("cancelled", "the program is closing");
      for (const job of jobs) job.cancel(why);
      feed();
      await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}
