import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import packageFile from "../../package.json" with { type: "json" };
import { createDispatch } from "../api/dispatch.ts";
import { answerLines, isLarge } from "../api/parts.ts";
import { createService } from "../api/service.ts";
import { openLibrary } from "../library/index.ts";
import type { Core } from "./core.ts";
import { lazyStore } from "./lazy-store.ts";
import { startPool } from "./pool/start-pool.ts";
import { createResources } from "./resources.ts";
import { highsSolver } from "./solver/highs-solver.ts";

export interface CoreOptions {
  /** SQLite file; made with its folder when the first call needs it. */
  readonly libraryPath: string;
  /** What `program.info` calls this door: `worker`, `command line`. */
  readonly host: string;
  /** Threads that compute; default: one for each core of the machine. */
  readonly threads?: number;
}

export const codeVersion: string = packageFile.version;

/**
 * The core in this thread, with its ports wired: what a worker runs, and what the command line uses directly.
 *
 * @param onNotice told what the user must know of the library once it is open: a damaged file was set aside; a door that
 *                 shows `library.info` needs none
 */
export function localCore(
  { libraryPath, host, threads }: CoreOptions,
  onNotice: (notice: string) => void = () => {},
): Core {
  const { store, close } = lazyStore(() => {
    const library = openLibrary(libraryPath);
    const { notice } = library.info();
    if (notice !== undefined) onNotice(notice);
    return library;
  });
  const clock = { now: () => Date.now(), newId: () => randomUUID(), pause: () => setImmediate() };
  const pool = startPool(threads === undefined ? {} : { threads });
  const ports = {
    ...clock,
    store,
    resources: createResources(),
    executor: pool,
    solver: highsSolver,
    codeVersion,
    host,
  };
  const service = createService(ports);
  const dispatch = createDispatch(service, clock);
  return {
    call: dispatch,
    answer: async (call, emit) => {
      const result = await dispatch(call, emit);
      return isLarge(result) ? answerLines(result) : result;
    },
    close: async () => {
      await pool.close();
      close();
    },
  };
}
