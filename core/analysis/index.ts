export * from "./margin-surface.ts";
