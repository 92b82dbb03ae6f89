export { derivedBook } from "./derived-book.ts";
export { notice, runStress, type StressChoices, type StressRequest } from "./run-stress.ts";
export type { ColumnRun, StressColumnRequest } from "./stress-column.ts";
export { type StressDrillRequest, stressDrill } from "./stress-drill.ts";
export type * from "./stress-push-result.ts";
export * from "./stress-result.ts";
export { type ResolvedShocks, resolveShocks, type StressShocks } from "./stress-shocks.ts";
export { stressPointsKind } from "./stress-work.ts";
export { type StressedBook, stressedBook } from "./stressed-book.ts";
