import type { Result } from "../../core/base/index.ts";

/** The value of a result that must be one; throws its failure in words. */
export function unwrapped<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
}

/** The failure of a result that must be one, in words. */
export function refusalIn<T>(result: Result<T>): string {
  if (result.ok) throw new Error("a failure was expected");
  return `${result.failure.reason}: ${result.failure.message}`;
}
