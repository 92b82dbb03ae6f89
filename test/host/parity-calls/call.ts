/** Ids that earlier calls of the list answered, by the title of the call. */
export type Earlier = (title: string, member?: "portfolio" | "market" | "history" | "panel" | "file") => string;

export interface ParityCall {
  /** Unique in the list. */
  readonly title: string;
  readonly operation: string;
  readonly input: unknown | ((earlier: Earlier) => unknown);
  readonly cancel?: true;
  /** What is stored holds ids, which each door makes itself: its hash is not compared. */
  readonly holdsIds?: true;
  /** What the answer is, in short: doors must agree on it and it must be this. */
  readonly expected:
    | "ok"
    | "invalid-input"
    | "not-found"
    | "parse-error"
    | "missing-data"
    | "not-applicable"
    | "cancelled"
    | "any refusal";
}
