import { failed, type Result, success } from "./result.ts";
import type { Work } from "./work.ts";

/** Long work cut into steps of a few milliseconds: it yields between them, and returns its result at the end. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Does the steps with a pause after each one.
 *
 * @returns the result of the steps; a failure `cancelled` when the work was cancelled between two of them
 */
export async function finishWithPauses<T>(steps: Steps<T>, work: Work): Promise<Result<T>> {
  for (;;) {
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const step = steps.next();
    if (step.done) return success(step.value);
    await work.pause();
  }
}
