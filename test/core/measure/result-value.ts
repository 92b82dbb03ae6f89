import type { Result } from "../../../core/base/index.ts";

/** The value of a result that must be a success. */
export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
}

/** The message of a result that must be a failure. */
export function refusalIn<T>(result: Result<T>): string {
  if (result.ok) throw new Error("a failure was expected");
  return `${result.failure.reason}: ${result.failure.message}`;
}
