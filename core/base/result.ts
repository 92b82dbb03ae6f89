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

/** What may fail in an expected way: the value, or why there is none. Defects throw `DomainError` instead. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A result that has its value. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A result without a value; parameters as of `Failure`. */
export function failed(reason: FailureReason, message: string, at?: string): { ok: false; failure: Failure } {
  return { ok: false, failure: failure(reason, message, at) };
}

/** A failure as plain data; parameters as of `Failure`. */
export function failure(reason: FailureReason, message: string, at?: string): Failure {
  return at === undefined ? { reason, message } : { reason, message, at };
}
