import type { Result } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Methodology } from "../../methodology/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { ResolvedRules } from "../../rulebook/index.ts";
import type { Strategy } from "./strategy.ts";

/** Markets through time, ascending; each is read when its turn comes, so that years of chains never stand in memory at once. */
export interface MarketPanel {
  readonly name: string;
  readonly entries: readonly { readonly asOfMs: number; readonly marketId: string }[];
  readonly market: (index: number) => Promise<Result<MarketSnapshot>>;
}

/** What is held through time: one book throughout, books by date (the last on or before a day holds), or a trading rule. */
export type BookThroughTime =
  | { readonly kind: "fixed"; readonly portfolio: Portfolio }
  | { readonly kind: "dated"; readonly books: readonly { readonly fromMs: number; readonly portfolio: Portfolio }[] }
  | { readonly kind: "strategy"; readonly strategy: Strategy };

/** A method under test, with the rules it has on a day. */
export interface BacktestMethod {
  /** Unique in a backtest; names the column. */
  readonly label: string;
  readonly methodology: Methodology;
  /** @param date ISO day; a fixed choice answers the same for every day */
  readonly rulesOn: (date: string) => Result<ResolvedRules>;
  /** `day`: the history is known up to each point (recalibrated). `start`: up to the first point only (a fixed calibration). */
  readonly calibration: "day" | "start";
}

/** What a backtest asks. */
export interface BacktestRequest {
  readonly panel: MarketPanel;
  readonly book: BookThroughTime;
  readonly methods: readonly BacktestMethod[];
  readonly history?: History;
  /** Close-out period, days; > 0. */
  readonly horizonDays: number;
  /** First equity as a multiple of each method's first initial margin; ≥ 1. */
  readonly startMultiple: number;
}

/** One method at one point. Amounts in USD. */
export interface MethodPoint {
  readonly label: string;
  /** Requirement, ≥ 0. */
  readonly initialUsd: number;
  /** Requirement, ≥ 0. */
  readonly maintenanceUsd: number;
  /** Forecasts of the method over the close-out period, where it states them; loss > 0. */
  readonly valueAtRiskUsd?: number;
  readonly expectedShortfallUsd?: number;
  /** Confidence of both, fraction in (0, 1). */
  readonly forecastConfidence?: number;
  /** Binding scenario of each account that has one. */
  readonly binding: readonly string[];
  /** Version of the rules. */
  readonly version: string;
  /** Hash of the parameters: a change is a vertical mark. */
  readonly parameters: string;
  /** Positions that are not in the requirement. */
  readonly excluded: number;
  /** Account after the profit since the point before and before any call; USD. */
  readonly equityUsd: number;
  /** Paid in at this point to reach the initial margin again, because equity fell below maintenance; ≥ 0. */
  readonly callUsd: number;
}

/** A method that could not answer at a point, and why. */
export interface MethodGap {
  readonly label: string;
  readonly reason: string;
}

/** A position that lost. */
export interface Driver {
  readonly symbol: string;
  /** > 0, USD. */
  readonly lossUsd: number;
}

/** What the book lost in the close-out period that begins at a point. */
export interface Exposure {
  /** The market that ends it. */
  readonly toMs: number;
  /** Loss of the positions held at the point, revalued at the end of the period; loss > 0. USD. */
  readonly lossUsd: number;
  /** The three positions that lost most, worst first; fewer when fewer lost. */
  readonly drivers: readonly Driver[];
  /** Positions without a value at the end: left out of the loss. */
  readonly unvalued: readonly string[];
}

/** Everything a backtest knows of one instant. */
export interface BacktestPoint {
  readonly asOfMs: number;
  readonly marketId: string;
  /** What is held after the trades of this instant; absent when it is what the point before holds (`portfolioAt`). */
  readonly portfolio?: Portfolio;
  /** Number of positions held. */
  readonly positions: number;
  /** What the trading rule remembers, plain data; absent for other books. */
  readonly memory?: unknown;
  /** Index prices of the underlyings held, quote currency. */
  readonly indices: Readonly<Record<string, number>>;
  /** Profit since the point before of what was held then; absent at the first. USD. */
  readonly profitUsd?: number;
  /** Absent until the period has ended, and where the panel has no market near its end. */
  readonly exposure?: Exposure;
  /** Positions held before this instant that could not be valued at it: left out of the profit. */
  readonly unvalued?: readonly string[];
  readonly methods: readonly MethodPoint[];
  readonly gaps: readonly MethodGap[];
}

/** A market that could not be used, and why. */
export interface SkippedMarket {
  readonly asOfMs: number;
  readonly marketId: string;
  readonly reason: string;
}

/** Margin through time: plain data, a function of the request only. */
export interface BacktestResult {
  readonly panelName: string;
  readonly bookName: string;
  readonly horizonDays: number;
  readonly startMultiple: number;
  readonly points: readonly BacktestPoint[];
  readonly skipped: readonly SkippedMarket[];
  readonly synthetic: boolean;
}
