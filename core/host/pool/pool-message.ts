import type { BlockResult } from "../../revaluation/index.ts";

/** A job is opened once on each thread that works on it, asked for blocks, and ended. */
export type ToPoolWorker =
  | { readonly do: "open"; readonly job: number; readonly kind: string; readonly input: readonly InputMember[] }
  | { readonly do: "block"; readonly job: number; readonly block: number }
  | { readonly do: "end"; readonly job: number };

/** A member of a job's input. A thread keeps the last objects by number: what it has had before comes without a value. */
export interface InputMember {
  readonly name: string;
  readonly value?: unknown;
  readonly keep?: number;
}

export type FromPoolWorker =
  | { readonly did: "start" }
  | ({ readonly did: "block"; readonly job: number; readonly block: number } & BlockResult)
  | { readonly did: "fail"; readonly job: number; readonly message: string };
