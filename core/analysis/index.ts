export * from "./backtest/index.ts";
export * from "./backtest-coverage.ts";
export * from "./dependence/index.ts";
export * from "./kink/index.ts";
export * from "./margin-surface.ts";
export * from "./reverse-stress/index.ts";
export * from "./run-surface.ts";
export * from "./stress/index.ts";
export { analysisKinds } from "./surface-work.ts";
