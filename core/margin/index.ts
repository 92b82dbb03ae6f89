export * from "./margin-result.ts";
