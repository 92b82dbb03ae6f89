import type { BlockResult } from "../../revaluation/index.ts";

/** A job is opened once on each thread that works on it, asked for blocks, and ended. */
export type ToPoolWorker =
  | {
      readonly do: "open";
      readonly job: number;
      readonly kind: string;
      readonly input: readonly InputMember[];
      readonly signal: JobSignal;
    }
  | { readonly do: "block"; readonly job: number; readonly block: number }
  | { readonly do: "end"; readonly job: number };

/** What every thread sees at once, in the middle of a block too: `go`, `giveWay` or `ended`, in shared memory. */
export type JobSignal = Int32Array;

/** Blocks are computed. */
export const go = 0;
/** Something more urgent waits: blocks are given back. */
export const giveWay = 1;
/** Nobody waits for the blocks any more. */
export const ended = 2;

/** A member of a job's input. A thread keeps the last objects by number: what it has had before comes without a value. */
export interface InputMember {
  readonly name: string;
  readonly value?: unknown;
  readonly keep?: number;
}

export type FromPoolWorker =
  | { readonly did: "start" }
  | ({ readonly did: "block"; readonly job: number; readonly block: number } & BlockResult)
  | { readonly did: "giveBack"; readonly job: number; readonly block: number }
  | { readonly did: "fail"; readonly job: number; readonly message: string };
