export * from "./build-book.ts";
export * from "./effective-portfolio.ts";
export * from "./margin-result.ts";
export { cubesOf, type MarginRun, revalued, runMargin } from "./run-margin.ts";
