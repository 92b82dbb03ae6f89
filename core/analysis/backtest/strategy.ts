import type { Result } from "../../base/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";

/** What a trading rule holds after an instant, and what it must remember for the next: plain data, so that a job can resume. */
export interface StrategyStep {
  readonly portfolio: Portfolio;
  readonly memory: unknown;
}

/** A trading rule: a function of the market and of its own memory only. Trades are done at mark. */
export interface Strategy {
  readonly id: string;
  readonly title: string;
  /**
   * @param market the market of this instant
   * @param before what the rule held and remembered at the instant before; `undefined` at the first
   * @returns a failure when the market lacks what the rule needs to begin
   */
  readonly next: (market: MarketSnapshot, before: StrategyStep | undefined) => Result<StrategyStep>;
}
