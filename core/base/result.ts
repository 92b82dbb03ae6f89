/** The closed list of reasons an expected failure can have. */
export const failureReasons = [
  "invalid-input",
  "parse-error",
  "missing-data",
  "not-applicable",
  "unsupported",
  "not-found",
  "conflict",
  "cancelled",
  "internal",
] as const;

export type FailureReason = (typeof failureReasons)[number];

/**
 * An expected failure as plain data.
 * `message` says what was found and what was expected, in the user's words;
 * `at` says where: `positions.csv:17`, a position id, `/versions/2/parameters/x`.
 */
export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly at?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(reason: FailureReason, message: string, at?: string): { ok: false; failure: Failure } {
  return { ok: false, failure: failure(reason, message, at) };
}

export function failure(reason: FailureReason, message: string, at?: string): Failure {
  return at === undefined ? { reason, message } : { reason, message, at };
}
