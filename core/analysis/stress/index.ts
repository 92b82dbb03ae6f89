export { derivedBook } from "./derived-book.ts";
export type * from "./stress-push-result.ts";
export * from "./stress-result.ts";
export { type ResolvedShocks, resolveShocks, type StressShocks } from "./stress-shocks.ts";
export { type StressedBook, stressedBook } from "./stressed-book.ts";
