import { failed, type Result } from "../base/index.ts";
import type { Call, CoreEvent, ProgressEvent } from "./call.ts";
import type { Input, OperationName, Output, Partial } from "./contract.ts";
import { answerReader, type CallBody, callBody } from "./parts.ts";

/** What a user interface imports to reach the core through any door. Types of the contract only: no core code comes along. */
export type { Call, CoreEvent, PartialEvent, ProgressEvent } from "./call.ts";
export { decode, encode } from "./codec.ts";
export { answerReader, type CallBody } from "./parts.ts";

/** One door, seen from outside. */
export interface Transport {
  /** Resolves with the answer of `dispatch`; rejects only when the door itself is broken. */
  readonly send: (call: Call) => Promise<unknown>;
  /** Events of running jobs, in order, before the answer of their call. Returns what unsubscribes. */
  readonly onEvent: (listener: (event: CoreEvent) => void) => () => void;
}

/** The part of `AbortSignal` that is used; the core has no DOM types. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export interface CallOptions<N extends OperationName> {
  readonly onProgress?: (progress: Pick<ProgressEvent, "done" | "total" | "label">) => void;
  readonly onPartial?: (value: Partial<N>) => void;
  /** Cancels the job; the call then answers `cancelled`. */
  readonly signal?: Signal;
}

export interface Client {
  /** Never rejects: a broken door is an `internal` failure. */
  readonly call: <N extends OperationName>(
    operation: N,
    input: Input<N>,
    options?: CallOptions<N>,
  ) => Promise<Result<Output<N>>>;
}

/**
 * A typed client over a door.
 *
 * @param transport the door
 * @param newId     ids of jobs; must be unique among everyone who shares the core, so a page that may be open twice
 *                  passes `() => crypto.randomUUID()`. Default: a counter, for one client alone.
 */
export function createClient(transport: Transport, newId: () => string = counter()): Client {
  return {
    async call<N extends OperationName>(
      operation: N,
      input: Input<N>,
      options: CallOptions<N> = {},
    ): Promise<Result<Output<N>>> {
      const { onProgress, onPartial, signal } = options;
      if (signal?.aborted) return failed("cancelled", `${operation} was cancelled before it began`);
      const watched = onProgress !== undefined || onPartial !== undefined || signal !== undefined;
      const job = watched ? newId() : undefined;
      const unsubscribe = transport.onEvent((event) => {
        if (event.job !== job || job === undefined) return;
        if (event.kind === "progress") onProgress?.({ done: event.done, total: event.total, label: event.label });
        else onPartial?.(event.value as Partial<N>);
      });
      const cancel = (): void => {
        transport.send({ operation: "job.cancel", input: { job } }).catch(() => {});
      };
      signal?.addEventListener("abort", cancel);
      try {
        const call = job === undefined ? { operation, input } : { operation, input, job };
        return (await transport.send(call)) as Result<Output<N>>;
      } catch (error) {
        return failed("internal", `the core cannot be reached: ${error instanceof Error ? error.message : error}`);
      } finally {
        signal?.removeEventListener("abort", cancel);
        unsubscribe();
      }
    },
  };
}

/**
 * A door that speaks lines of text, e.g. one HTTP request a call. The answer is lines of events, parts and at last the result, see
 * parts.ts.
 *
 * @param post sends the body of a call and hands over each line of the answer; resolves when the answer has ended
 */
export function linesTransport(post: (body: CallBody, onLine: (line: string) => void) => Promise<void>): Transport {
  const listeners = new Set<(event: CoreEvent) => void>();
  return {
    async send(call) {
      let answer: { readonly result: unknown } | undefined;
      const read = answerReader();
      await post(callBody(call), (line) => {
        const message = read(line);
        if (!message.ok) throw new Error(message.failure.message);
        if (message.value === undefined) return;
        if ("result" in message.value) answer = message.value;
        else for (const listener of listeners) listener(message.value.event);
      });
      if (answer === undefined) throw new Error("the answer ended early");
      return answer.result;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function counter(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `job-${last}`;
  };
}
