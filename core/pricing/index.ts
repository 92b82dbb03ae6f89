export * from "./black.ts";
export * from "./black-kernel.ts";
export * from "./unit-value.ts";
