import type { Failure } from "../../base/index.ts";

/** What a command answers: text for stdout, or why there is none. */
export type Outcome =
  | { readonly code: 0; readonly output: string }
  | { readonly code: 1; readonly failure: Failure }
  | { readonly code: 2; readonly usage: string };

export const done = (output: string): Outcome => ({ code: 0, output });
export const refused = (failure: Failure): Outcome => ({ code: 1, failure });
export const misused = (usage: string): Outcome => ({ code: 2, usage });
