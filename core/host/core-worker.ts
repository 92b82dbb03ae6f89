import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Emit } from "../api/call.ts";
import { failed, type Result } from "../base/index.ts";
import type { Answer, Core } from "./core.ts";
import type { CoreOptions } from "./local-core.ts";
import type { FromWorker, ToWorker } from "./worker-message.ts";

export interface WorkerCoreOptions extends CoreOptions {
  /** The built worker; default: beside the running bundle. */
  readonly workerPath?: string;
}

interface Pending {
  readonly emit: Emit;
  readonly answer: (result: Answer) => void;
}

/** How long the worker may take to close the library before it is ended. */
const closeWithinMs = 5_000;

/**
 * The core in a worker thread, so that the caller's thread never computes. A worker that dies answers its open calls
 * with `internal`, and the next call starts a new one: committed rows are safe, SQLite sees to it.
 */
export function startCore({ workerPath = besideThis(), ...options }: WorkerCoreOptions): Core {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let lastId = 0;
  let closed = false;

  const abandon = (failure: Result<unknown>): void => {
    worker = undefined;
    const open = [...pending.values()];
    pending.clear();
    for (const { answer } of open) answer(failure);
  };

  const start = (): Worker => {
    const started = new Worker(workerPath, { workerData: options });
    started.on("message", (message: FromWorker) => {
      const open = pending.get(message.id);
      if (message.kind === "event") {
        open?.emit(message.event);
      } else {
        pending.delete(message.id);
        open?.answer(message.result);
      }
    });
    let reason = "it ended";
    started.on("error", (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    started.on("exit", () => {
      if (worker === started) abandon(failed("internal", `the core stopped unexpectedly: ${reason}`));
    });
    return started;
  };

  const ask = (call: unknown, emit: Emit, inLines: boolean): Promise<Answer> => {
    if (closed) return Promise.resolve(failed("cancelled", "the program is closing"));
    return new Promise((answer) => {
      lastId += 1;
      pending.set(lastId, { emit, answer });
      worker ??= start();
      try {
        worker.postMessage({ kind: "call", id: lastId, call, inLines } satisfies ToWorker);
      } catch (error) {
        pending.delete(lastId);
        answer(
          failed("invalid-input", `the call is not plain data: ${error instanceof Error ? error.message : error}`),
        );
      }
    });
  };

  return {
    call: async (call, emit = () => {}) => (await ask(call, emit, false)) as Result<unknown>,
    answer: (call, emit = () => {}) => ask(call, emit, true),
    close: async () => {
      closed = true;
      const ending = worker;
      abandon(failed("cancelled", "the program is closing"));
      if (ending !== undefined) await ended(ending);
    },
  };
}

async function ended(worker: Worker): Promise<void> {
  const exit = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.postMessage({ kind: "close" } satisfies ToWorker);
  const late = setTimeout(() => void worker.terminate(), closeWithinMs);
  await exit;
  clearTimeout(late);
}

function besideThis(): string {
  return join(import.meta.dirname, "worker.cjs");
}
