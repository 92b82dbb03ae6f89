import type { Failure } from "../../base/index.ts";

/** What a command answers: text for stdout, or why there is none. */
export type Outcome =
  | { readonly code: 0; readonly output: string }
  | { readonly code: 1; readonly failure: Failure }
  | { readonly code: 2; readonly usage: string };

/** Text for stdout; exit code 0. */
export const done = (output: string): Outcome => ({ code: 0, output });
/** The operation refused; exit code 1. */
export const refused = (failure: Failure): Outcome => ({ code: 1, failure });
/** The arguments name no operation or do not fit it; exit code 2, with how to call it. */
export const misused = (usage: string): Outcome => ({ code: 2, usage });
