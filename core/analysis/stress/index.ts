export type * from "./stress-push-result.ts";
export * from "./stress-result.ts";
