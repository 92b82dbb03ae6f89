export { backtestAlongHistory, type HistoryWalk } from "./along-history.ts";
export * from "./backtest.ts";
export { inversePerpetual } from "./delta-hedge.ts";
export * from "./market-maker.ts";
export { portfolioAt } from "./portfolio-at.ts";
export { type BacktestProgress, runBacktest } from "./run-backtest.ts";
export * from "./short-strangle.ts";
export type { Strategy, StrategyStep } from "./strategy.ts";
