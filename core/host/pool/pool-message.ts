import type { BlockResult } from "../../revaluation/index.ts";

/** A job is opened once on each thread that works on it, asked for blocks, and ended. */
export type ToPoolWorker =
  | { readonly do: "open"; readonly job: number; readonly kind: string; readonly input: unknown }
  | { readonly do: "block"; readonly job: number; readonly block: number }
  | { readonly do: "end"; readonly job: number };

export type FromPoolWorker =
  | { readonly did: "start" }
  | ({ readonly did: "block"; readonly job: number; readonly block: number } & BlockResult)
  | { readonly did: "fail"; readonly job: number; readonly message: string };
