import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Input, OperationName, Output, Partial } from "../client/types.ts";
import { type StartedJob, startJob } from "./jobs.ts";
import { type RunState, session } from "./session.ts";

/** The last result of one operation, and how far the next one is. */
export interface WorkState<N extends OperationName> extends RunState {
  /** Kept while a newer one is computed, and when that fails or is cancelled. */
  readonly value: Output<N> | undefined;
  /** What the value was computed from. */
  readonly input: Input<N> | undefined;
  /** Runs it; a newer run takes the place of one that is still going. True when its result came. */
  readonly run: (input: Input<N>, label: string) => Promise<boolean>;
  /** Shows a result that was not computed now, e.g. a stored one. */
  readonly show: (value: Output<N>) => void;
  readonly clear: () => void;
  readonly outdate: () => void;
}

export type WorkStore<N extends OperationName> = StoreApi<WorkState<N>>;

/**
 * A store for a panel that runs an operation when asked to: it outlives the panel.
 *
 * @param early makes a value of what is handed out before the end; absent: the end is waited for
 */
export function createWork<N extends OperationName>(
  operation: N,
  panel: string,
  early?: (partial: Partial<N>) => Output<N>,
): WorkStore<N> {
  let running: StartedJob<N> | undefined;
  const nothing = {
    value: undefined,
    input: undefined,
    state: "empty",
    failure: undefined,
    cancelled: false,
    computedAtMs: undefined,
    progress: undefined,
    jobId: undefined,
  } as const;
  const stop = (): void => {
    running?.supersede();
    running = undefined;
  };
  return createStore<WorkState<N>>()((set, get) => ({
    ...nothing,
    run: async (input, label) => {
      stop();
      const { value: earlier, input: earlierInput } = get();
      const job = startJob(operation, input, {
        label,
        panel,
        onProgress: (progress) => {
          if (running === job) set({ progress });
        },
        onPartial: (partial) => {
          if (running === job && early) set({ value: early(partial), input });
        },
      });
      running = job;
      set({ state: "loading", jobId: job.id, progress: undefined, cancelled: false, failure: undefined });
      const answer = await job.result;
      if (running !== job) return false;
      running = undefined;
      set({ jobId: undefined, progress: undefined });
      if (answer.ok) set({ value: answer.value, input, state: "ready", computedAtMs: Date.now() });
      else if (answer.failure.reason === "cancelled") {
        // What came early goes with the run, unless there is nothing else to show.
        const kept = earlier === undefined ? {} : { value: earlier, input: earlierInput };
        set(({ value }) => ({ ...kept, state: value ? "stale" : "empty", cancelled: true }));
      } else set({ state: "error", failure: answer.failure });
      return answer.ok;
    },
    show: (value) => {
      stop();
      set({ ...nothing, value, state: "ready" });
    },
    clear: () => {
      stop();
      set(nothing);
    },
    outdate: () => set(({ state }) => (state === "ready" ? { state: "stale", cancelled: false } : {})),
  }));
}

export function useWork<N extends OperationName, T>(store: WorkStore<N>, select: (state: WorkState<N>) => T): T {
  return useStore(store, select);
}

/** Marks a result stale as soon as the session's book, market or amounts are other ones. */
export function outdateWithSession<N extends OperationName>(store: WorkStore<N>): void {
  session.subscribe((now, before) => {
    const same =
      now.portfolio === before.portfolio &&
      now.market === before.market &&
      now.edits === before.edits &&
      now.components === before.components &&
      now.balances === before.balances &&
      now.history === before.history &&
      now.parameterFile === before.parameterFile;
    if (!same) store.getState().outdate();
  });
}

/** The same for what the session's own method answers: its rules and overrides count too. */
export function outdateWithMargin<N extends OperationName>(store: WorkStore<N>): void {
  outdateWithSession(store);
  session.subscribe((now, before) => {
    const same =
      now.methodology === before.methodology && now.rules === before.rules && now.overrides === before.overrides;
    if (!same) store.getState().outdate();
  });
}
