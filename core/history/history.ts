import type { Failure } from "../base/index.ts";
import type { SourceFile } from "../portfolio/index.ts";

/** What a series observes; decides its legal values and the change taken by default. */
export type FactorKind = "price" | "volatility" | "funding" | "rate" | "basis" | "margin";

/**
 * How an observation becomes a shock.
 * Relative: P₁/P₀ − 1. Log: ln(P₁/P₀). Absolute: P₁ − P₀, legal for values of any sign.
 */
export type ChangeType = "relative" | "log" | "absolute";

/** Days on which an observation is expected: a missing one is a gap, any other is none. */
export type Calendar = "every-day" | "weekdays" | "as-observed";

/** Observations of one risk factor. Times strictly ascending, UTC milliseconds; one value a time. */
export interface Series {
  /**
   * `price:BTC`, `volatility:BTC:30d`, `volatility:BTC:30d:0.25`, `funding:BTC`, `rate:USD`, `basis:BTC:90d`,
   * `margin:cme/ES:maintenance`. Unique in a history.
   */
  readonly factor: string;
  readonly kind: FactorKind;
  /** Underlying, currency of a rate, or contract of a margin. */
  readonly underlying: string;
  /** Days to expiry of a volatility or basis node. */
  readonly tenorDays?: number;
  /** Delta of a volatility node, 0 to 1 (a put's is counted from 1 down); absent at the money. */
  readonly delta?: number;
  /** `USD`, `fraction per √year`, `fraction per 8 h`. Volatilities, rates and funding are fractions, never percent. */
  readonly unit: string;
  readonly change: ChangeType;
  readonly calendar: Calendar;
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
  /** Times from which the values have another origin (an exchange was replaced): no change is taken across one. Ascending. */
  readonly breaksMs?: readonly number[];
  /** Where it comes from; two sources are never mixed inside one series. */
  readonly source: string;
}

/** Series of risk factors through time. Built once from imported series; immutable after. */
export interface History {
  readonly name: string;
  readonly series: readonly Series[];
  /** Gaps, duplicates, splits, values set aside: shown beside every number made from this history. */
  readonly warnings: readonly Failure[];
  readonly sources: readonly SourceFile[];
  readonly synthetic?: boolean;
}
