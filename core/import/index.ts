export * from "./import-result.ts";
