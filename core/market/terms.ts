import type { ForwardMethod } from "./snapshot.ts";

export type VolatilitySource = "mark" | "inverted" | "interpolated";
export type MarkSource = "quoted" | "model" | "stated";

/**
 * What pricing one instrument needs, resolved from a snapshot: plain numbers, so that a shock is arithmetic.
 * Absent members do not apply to the kind (a perpetual has no volatility).
 */
export interface PricingTerms {
  /** Index of the underlying, quote currency; > 0. */
  readonly index: number;
  /** Forward of the expiry for options; mark price for futures and perpetuals; index for spot. Quote currency; > 0. */
  readonly forward: number;
  /** Time to expiry, actual/365; 0 for spot and perpetuals. */
  readonly years: number;
  /** Fraction per √year; 0 for everything but options. */
  readonly volatility: number;
  /** Venue's mark in the price unit of the instrument: coin for inverse options, else quote currency; ≥ 0. */
  readonly mark: number;
  readonly sources: {
    readonly forward: ForwardMethod | "mark";
    readonly volatility?: VolatilitySource;
    readonly mark: MarkSource;
  };
}
