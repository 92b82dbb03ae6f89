import { type Failure, type FailureReason, failure } from "../base/index.ts";

/** The library cannot do what was asked, for a reason outside the program; `dispatch` answers with the failure it carries. */
export class StoreRefusal extends Error {
  readonly failure: Failure;

  constructor(reason: FailureReason, message: string, at?: string) {
    super(message);
    this.name = "StoreRefusal";
    this.failure = failure(reason, message, at);
  }
}

const refusals: ReadonlyMap<string, readonly [FailureReason, string]> = new Map([
  ["SQLITE_FULL", ["conflict", "the disk is full; nothing was changed"]],
  ["SQLITE_BUSY", ["conflict", "another program is writing to the library; nothing was changed, try again"]],
  ["SQLITE_READONLY", ["conflict", "the library's file or folder cannot be written to; nothing was changed"]],
  ["SQLITE_PERM", ["conflict", "the library's file may not be used by this user"]],
  ["SQLITE_CANTOPEN", ["conflict", "the library's file cannot be opened"]],
  ["SQLITE_IOERR", ["conflict", "the disk does not answer; nothing was changed"]],
  ["SQLITE_TOOBIG", ["invalid-input", "the entry is larger than one gigabyte; nothing was changed"]],
  ["SQLITE_CORRUPT", ["conflict", "the library's file is damaged; start the program again to set it aside"]],
  ["SQLITE_NOTADB", ["conflict", "the library's file is damaged; start the program again to set it aside"]],
]);

/** Runs what uses the database; what SQLite refuses for an outside reason becomes a `StoreRefusal` that names the file. */
export function refusing<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const [reason, message] = refusals.get(primaryCode(error)) ?? [];
    if (reason === undefined || message === undefined) throw error;
    throw new StoreRefusal(reason, message, path);
  }
}

/** `SQLITE_BUSY` of an error with the code `SQLITE_BUSY_SNAPSHOT`; empty for any other error. */
export function primaryCode(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? (/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? "") : "";
}
