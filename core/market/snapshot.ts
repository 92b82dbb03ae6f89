import type { Failure } from "../base/index.ts";
import type { Instrument } from "../instrument/index.ts";
import type { SourceFile } from "../portfolio/index.ts";

/** One row of market data. Prices in the instrument's price unit (coin for inverse options); volatilities are fractions. */
export interface Quote {
  readonly instrument: Instrument;
  readonly mark?: number;
  /** The mark has so few decimals that it serves parity but not as a price: snapshots drop it where a volatility is known. */
  readonly markRounded?: true;
  readonly markVolatility?: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly bidVolatility?: number;
  readonly askVolatility?: number;
  /** The venue's own forward for the expiry, quote currency. */
  readonly underlyingPrice?: number;
  readonly underlyingName?: string;
  readonly indexPrice?: number;
  readonly openInterest?: number;
  readonly volume?: number;
  readonly timestampMs?: number;
  /** `chain.csv:17`. */
  readonly at?: string;
}

export type ForwardMethod = "parity" | "future" | "reported" | "index" | "carry" | "set";

/** The forward of one expiry and how it was found. */
export interface Forward {
  readonly underlying: string;
  readonly quote: string;
  readonly expiryMs: number;
  /** Quote currency per unit of underlying; > 0. */
  readonly value: number;
  readonly method: ForwardMethod;
  /** Largest distance between marks and the marks this forward implies, price unit; ≥ 0. Absent when there is nothing to compare. */
  readonly residual?: number;
  /** Number of strikes with both a call and a put mark. */
  readonly pairs: number;
}

export interface SmilePoint {
  readonly strike: number;
  /** Fraction per √year; ≥ 0. */
  readonly volatility: number;
}

/** Volatility by strike of one expiry, strikes ascending. */
export interface Smile {
  readonly underlying: string;
  readonly quote: string;
  readonly expiryMs: number;
  readonly points: readonly SmilePoint[];
}

export interface IndexPrice {
  readonly underlying: string;
  /** Quote currency (USD or a USD coin) per unit; > 0. */
  readonly price: number;
  readonly source: "quoted" | "perpetual" | "future" | "set";
}

/** What an oracle venue publishes of one of its feeds beside the price; rates and dividends of listed underlyings. */
export interface Feed {
  readonly kind: "spot" | "perpetual" | "forward" | "volatility" | "rate" | "dividend-yield" | "dividend";
  /** Underlying, or the coin of a collateral price; of a rate also the currency it holds for. */
  readonly underlying: string;
  /** Expiry of a forward, volatility or rate (a rate without one holds for all); ex-date of a dividend; absent for spot and perpetual. */
  readonly expiryMs?: number;
  /** How sure the venue is of the feed: 0 to 1, 1 is best. */
  readonly confidence?: number;
  /**
   * Rate and dividend yield: continuously compounded, fraction per year. Dividend: cash per unit of underlying, quote currency; ≥ 0.
   * Forward: its part already fixed by the settlement average, quote currency.
   */
  readonly value?: number;
}

/** Everything known of the market at one instant. Built once from quotes by `buildSnapshot`; immutable after. */
export interface MarketSnapshot {
  readonly name: string;
  readonly venue: string;
  readonly asOfMs: number;
  readonly indices: readonly IndexPrice[];
  readonly quotes: readonly Quote[];
  readonly forwards: readonly Forward[];
  readonly smiles: readonly Smile[];
  /** Confidences and interest rates, where the venue publishes them. */
  readonly feeds?: readonly Feed[];
  /** Torn rows, fallbacks taken, poor fits: shown beside every number made from this snapshot. */
  readonly warnings: readonly Failure[];
  readonly sources: readonly SourceFile[];
  readonly synthetic?: boolean;
}
