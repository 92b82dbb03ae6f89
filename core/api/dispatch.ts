import { z } from "zod";
import { DomainError, type Failure, failed, failureReasons, type Result, success } from "../base/index.ts";
import type { Call, Emit } from "./call.ts";
import { plainOf } from "./codec.ts";
import { contract, type OperationName } from "./contract.ts";
import { invalidInput } from "./invalid-input.ts";
import { numberBeyondBounds } from "./number-bounds.ts";
import type { JobWork, Service } from "./service/part.ts";

/**
 * The only way into the core: checks name and input, calls, and always answers a `Result` of plain data.
 * It never throws and never rejects. Events of a job come through `emit`, all of them before the answer.
 */
export type Dispatch = (call: unknown, emit?: Emit) => Promise<Result<unknown>>;

export interface DispatchPorts {
  readonly now: () => number;
  readonly newId: () => string;
  readonly pause: () => Promise<void>;
}

/** Shortest time between two progress events of a job. */
const progressEveryMs = 50;

const envelope = z.strictObject({
  operation: z.string(),
  input: z.unknown().optional(),
  job: z.string().min(1).max(100).optional(),
});

interface RunningJob {
  cancelled: boolean;
}

type AnyHandler = (input: unknown, work: JobWork<unknown>) => Result<unknown> | Promise<Result<unknown>>;

/**
 * @param service the handlers
 * @param ports   clock for throttling progress, ids for jobs that come without one, and the pause of long work
 */
export function createDispatch(service: Service, ports: DispatchPorts): Dispatch {
  const running = new Map<string, RunningJob>();

  const runJob = async (handler: AnyHandler, input: unknown, call: Call, emit: Emit): Promise<Result<unknown>> => {
    const job = call.job ?? ports.newId();
    if (running.has(job)) return failed("conflict", `a job with the id ${JSON.stringify(job)} is already running`);
    const state: RunningJob = { cancelled: false };
    running.set(job, state);
    try {
      return await handler(input, watched(job, state, emit, ports));
    } finally {
      running.delete(job);
    }
  };

  const answer = async (message: unknown, emit: Emit): Promise<Result<unknown>> => {
    const read = envelope.safeParse(message);
    if (!read.success) return { ok: false, failure: invalidInput("call", read.error, message) };
    const { operation: name, input: given = {}, job } = read.data;
    const call: Call = { operation: name, input: given, ...(job !== undefined && { job }) };
    if (!isOperation(call.operation)) return failed("not-found", unknownOperation(call.operation));
    const operation = contract[call.operation];
    const input = operation.input.safeParse(call.input);
    if (!input.success) return { ok: false, failure: invalidInput(call.operation, input.error, call.input) };
    const beyond = numberBeyondBounds(call.operation, input.data);
    if (beyond !== undefined) return { ok: false, failure: beyond };
    if (call.operation === "job.cancel") {
      const state = running.get((input.data as { readonly job: string }).job);
      if (state !== undefined) state.cancelled = true;
      return success({ cancelled: state !== undefined });
    }
    const handler = service[call.operation] as AnyHandler;
    if (operation.kind === "job") return runJob(handler, input.data, call, emit);
    return handler(input.data, unwatchedJob);
  };

  return async (message, emit = () => {}) => {
    try {
      return plainOf(await answer(message, emit)) as Result<unknown>;
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  };
}

function watched(job: string, state: RunningJob, emit: Emit, { now, pause }: DispatchPorts): JobWork<unknown> {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    progress(done, total, label) {
      const ms = now();
      if (done < total && ms - lastMs < progressEveryMs) return;
      lastMs = ms;
      emit({ kind: "progress", job, done, total, label });
    },
    cancelled: () => state.cancelled,
    pause,
    partial: (value) => emit({ kind: "partial", job, value: plainOf(value) }),
  };
}

const unwatchedJob: JobWork<unknown> = {
  progress: () => {},
  cancelled: () => false,
  pause: async () => {},
  partial: () => {},
};

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(contract, name);
}

function unknownOperation(name: string): string {
  const noun = name.split(".")[0];
  const near = Object.keys(contract).filter((known) => known.split(".")[0] === noun);
  const hint = near.length > 0 ? near.join(", ") : "contract.operations lists them";
  return `there is no operation ${JSON.stringify(name.slice(0, 80))}; expected one of the contract: ${hint}`;
}

/** A defect as plain data; a store that refuses carries its failure with it. */
function failureOf(error: unknown): Failure {
  if (error instanceof Error && "failure" in error && isFailure(error.failure)) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { reason: "internal", message: error instanceof DomainError ? message : `unexpected error: ${message}` };
}

function isFailure(value: unknown): value is Failure {
  if (typeof value !== "object" || value === null) return false;
  const { reason, message } = value as { readonly reason?: unknown; readonly message?: unknown };
  return failureReasons.some((known) => known === reason) && typeof message === "string";
}
