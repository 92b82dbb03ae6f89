import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { Failure, Input, OperationName, Output, Partial, Progress } from "../client/types.ts";

/** Work in the engine, running or finished, newest first. */
export interface Job {
  readonly id: number;
  readonly operation: OperationName;
  readonly label: string;
  /** The panel whose Esc cancels it. */
  readonly panel?: string | undefined;
  readonly state: "running" | "done" | "cancelled" | "superseded" | "failed";
  readonly startedAtMs: number;
  readonly finishedAtMs?: number;
  readonly progress?: Progress;
  readonly failure?: Failure;
}

interface JobsState {
  readonly jobs: readonly Job[];
  /** Cancels a running job; the engine stops within a second. */
  readonly cancel: (id: number) => void;
  readonly clearFinished: () => void;
}

export interface JobOptions<N extends OperationName> {
  readonly label: string;
  readonly panel?: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly onPartial?: (partial: Partial<N>) => void;
  /** What is asked next under the same job, once; `undefined`: the answer is the result. */
  readonly next?: (answer: Output<N>) => Promise<Input<N> | undefined>;
}

export interface StartedJob<N extends OperationName> {
  readonly id: number;
  readonly result: ReturnType<typeof call<N>>;
  /** Stops it because newer inputs make its result useless. */
  readonly supersede: () => void;
}

const kept = 50;
const controllers = new Map<number, AbortController>();
let lastId = 0;

export const jobsStore = createStore<JobsState>()((set) => ({
  jobs: [],
  cancel: (id) => {
    settle(id, { state: "cancelled" });
    controllers.get(id)?.abort();
  },
  clearFinished: () => set(({ jobs }) => ({ jobs: jobs.filter((job) => job.state === "running") })),
}));

export const useJobs = <T>(select: (state: JobsState) => T): T => useStore(jobsStore, select);

/** Starts an operation and shows it in the jobs panel until it ends. */
export function startJob<N extends OperationName>(
  operation: N,
  input: Input<N>,
  options: JobOptions<N>,
): StartedJob<N> {
  lastId += 1;
  const id = lastId;
  const controller = new AbortController();
  controllers.set(id, controller);
  const { label, panel, onPartial } = options;
  const job: Job = { id, operation, label, panel, state: "running", startedAtMs: Date.now() };
  jobsStore.setState(({ jobs }) => ({ jobs: [job, ...jobs].slice(0, kept) }));
  const ask = (asked: Input<N>) =>
    call(operation, asked, {
      signal: controller.signal,
      onProgress: (progress) => {
        update(id, { progress });
        options.onProgress?.(progress);
      },
      ...(onPartial && { onPartial }),
    });
  const whole = async () => {
    const answer = await ask(input);
    const further = answer.ok ? await options.next?.(answer.value) : undefined;
    return further === undefined ? answer : ask(further);
  };
  const result = whole().then((answer) => {
    controllers.delete(id);
    if (answer.ok) settle(id, { state: "done" });
    else if (answer.failure.reason === "cancelled") settle(id, { state: "cancelled" });
    else settle(id, { state: "failed", failure: answer.failure });
    return answer;
  });
  return {
    id,
    result,
    supersede: () => {
      settle(id, { state: "superseded" });
      controller.abort();
    },
  };
}

function update(id: number, change: globalThis.Partial<Job>): void {
  jobsStore.setState(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, ...change } : job)) }));
}

/** The first end counts: a job that was cancelled here stays cancelled whatever its late answer says. */
function settle(id: number, end: Pick<Job, "state"> & globalThis.Partial<Job>): void {
  const running = jobsStore.getState().jobs.some((job) => job.id === id && job.state === "running");
  if (running) update(id, { ...end, finishedAtMs: Date.now() });
}
