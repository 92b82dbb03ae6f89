export * from "./build-book.ts";
export * from "./effective-portfolio.ts";
export * from "./margin-result.ts";
export * from "./margin-totals.ts";
export { accuracyOf, rejectedRows, remarksOf } from "./remarks.ts";
export { cubesOf, type MarginRun, revalued, runMargin } from "./run-margin.ts";
export * from "./scenario-profits.ts";
export { totalsOf } from "./totals.ts";
export * from "./under-rules.ts";
