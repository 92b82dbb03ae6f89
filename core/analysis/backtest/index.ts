export * from "./backtest.ts";
export { inversePerpetual } from "./delta-hedge.ts";
export * from "./market-maker.ts";
export { type BacktestProgress, runBacktest } from "./run-backtest.ts";
export * from "./short-strangle.ts";
export type { Strategy, StrategyStep } from "./strategy.ts";
