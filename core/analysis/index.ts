export * from "./margin-surface.ts";
export * from "./run-surface.ts";
