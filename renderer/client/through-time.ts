import type { Input, Output } from "../../core/api/contract.ts";

/** Names for the shapes of margin through time and its validation. */
export type BacktestRequest = Input<"backtest.run">["request"];
export type BacktestBook = BacktestRequest["book"];
export type StoredBacktest = Output<"backtest.get">;
export type Backtest = StoredBacktest["content"];
export type BacktestResult = Backtest["result"];
export type BacktestPoint = BacktestResult["points"][number];
export type MethodPoint = BacktestPoint["methods"][number];

export type ValidationReport = Output<"validation.run">;
export type ValidationRequest = Input<"validation.run">;
export type SeriesValidation = ValidationReport["series"][number];
export type TestGroup = SeriesValidation["groups"][number];
export type TestOutcome = TestGroup["tests"][number];

export type FilteredHistory = Output<"history.filter">;
export type HistoryCorrelation = Output<"history.correlation">;
export type SeriesCoverage = Output<"history.summary">["series"][number];
