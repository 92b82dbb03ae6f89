import type { Failure } from "../client/types.ts";

/** What would make a refused margin computable: another history, method or parameter file, or consent to a repaired correlation. */
export type Remedy = "history" | "repair" | "parameter-file" | "method";

/** A refusal names the history as its place, or in its words where a position lacks a series of it. */
export function remedyOf({ reason, message, at }: Failure): Remedy | undefined {
  if (message.includes("allow the nearest correlation matrix")) return "repair";
  if (/needs a clearing house's parameter file/.test(message)) return "parameter-file";
  if (at === "history" || /\bhistory\b/.test(message)) return "history";
  return reason === "not-applicable" ? "method" : undefined;
}
