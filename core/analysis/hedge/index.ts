export * from "./arbitrage.ts";
export * from "./hedge-program.ts";
export * from "./hedge-result.ts";
export * from "./insurance/index.ts";
export * from "./linear-program.ts";
export * from "./margin-expression.ts";
export type { HedgeMethod, HedgeRun } from "./prepared-hedge.ts";
export * from "./program-builder.ts";
export { runHedge } from "./run-hedge.ts";
