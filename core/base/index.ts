export * from "./brand.ts";
export * from "./canonical.ts";
export * from "./domain-error.ts";
export * from "./result.ts";
export * from "./sum.ts";
export * from "./time.ts";
export * from "./work.ts";
