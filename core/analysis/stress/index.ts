export { derivedBook } from "./derived-book.ts";
export {
  type ColumnRun,
  notice,
  runStress,
  type StressChoices,
  type StressColumnRequest,
  type StressRequest,
} from "./run-stress.ts";
export type * from "./stress-push-result.ts";
export * from "./stress-result.ts";
export { type ResolvedShocks, resolveShocks, type StressShocks } from "./stress-shocks.ts";
export { stressPointsKind } from "./stress-work.ts";
export { type StressedBook, stressedBook } from "./stressed-book.ts";
