import type { Brand } from "../base/index.ts";
import type { Instrument } from "../instrument/index.ts";

export type PositionId = Brand<string, "PositionId">;

/** Where an amount comes from: computed here, stated by the venue's export, or set by the user. */
export type Basis = "computed" | "imported" | "set";

/** What the source row said, kept beside what was understood of it. */
export interface Origin {
  /** `positions.json:3` or `positions.csv:17`. */
  readonly at: string;
  readonly quantity: string;
  readonly unit: string;
}

/** Figures the venue stated for this position; used for reconciliation, never for computing. Settlement currency. */
export interface StatedFigures {
  readonly markPrice?: number;
  readonly indexPrice?: number;
  readonly delta?: number;
  readonly initialMargin?: number;
  readonly maintenanceMargin?: number;
  readonly openOrdersMargin?: number;
  readonly profitLoss?: number;
}

export interface Position {
  readonly id: PositionId;
  readonly instrument: Instrument;
  /** Signed, long > 0, in `quantityUnit(instrument)`: quote currency for inverse futures and perpetuals, else underlying units. */
  readonly quantity: number;
  /** Price unit of the instrument: coin for inverse options, quote currency otherwise. */
  readonly averagePrice?: number;
  readonly account?: string;
  /** The user's own word for what it belongs to: a strategy, a desk, a client. No margin depends on it. */
  readonly tag?: string;
  readonly stated?: StatedFigures;
  readonly origin?: Origin;
}

/**
 * One currency of an account as the venue states it. All amounts in `currency`.
 *
 * A cross-collateral account has one entry a currency with its own equity and balance only (the venue repeats the margin
 * of the whole account in each currency: those figures are left out), and one entry of currency `USD` with
 * `wholeAccount: true` that holds the margin figures of the whole account once. Sums over currencies skip that entry.
 */
export interface Balance {
  readonly currency: string;
  /** Balance plus unrealised and session profit plus option value. */
  readonly equity: number;
  readonly balance?: number;
  /** Profit of futures since the last settlement, not yet in `balance`. */
  readonly sessionUnrealised?: number;
  readonly sessionRealised?: number;
  /** What the venue compares with the requirement; when absent the methodology derives it from equity. */
  readonly marginBalance?: number;
  readonly optionsValue?: number;
  /** Owed to the venue, interest included, and already taken off `equity`; ≥ 0. */
  readonly borrowed?: number;
  readonly initialMargin?: number;
  readonly maintenanceMargin?: number;
  readonly availableFunds?: number;
  /** The user's own cap on the coins that offset derivatives, OKX `clSpotInUseAmt`; ≥ 0. */
  readonly riskOffsetLimit?: number;
  /** The venue's own name of the margin model, e.g. `segregated_pm`. */
  readonly marginModel?: string;
  /** The whole cross-collateral account converted to USD: never added to the other entries. */
  readonly wholeAccount?: true;
  readonly basis: Basis;
}

/** Kinds of margin components that enter as inputs; `-initial` and `-maintenance` belong to that requirement only. */
export const componentIds = [
  "open-orders",
  "market-maker-protection",
  "spot-orders",
  "correlation-contingency",
  "option-contingency",
  "vega-contingency",
  "delta-contingency",
  "stablecoin-contingency",
  "basis-contingency",
  "interest-rate-contingency",
  "reduction-cost",
  "risk-unit-maintenance",
  "borrowing-initial",
  "borrowing-maintenance",
  "other-initial",
  "other-maintenance",
] as const;

/** A margin component the venue charges but does not publish how to compute: it enters as an input. */
export interface Component {
  readonly id: (typeof componentIds)[number];
  readonly currency: string;
  /** The risk unit it belongs to, where the venue charges by underlying: `BTC`. */
  readonly underlying?: string;
  /** Requirement, ≥ 0, in `currency`. */
  readonly amount: number;
  readonly basis: Exclude<Basis, "computed">;
}

export interface SourceFile {
  readonly name: string;
  readonly sha256: string;
  /** Rows of it that the import rejected, > 0; absent when it took all. */
  readonly rejected?: number;
}

export interface Portfolio {
  readonly name: string;
  readonly venue: string;
  readonly positions: readonly Position[];
  readonly balances: readonly Balance[];
  readonly components: readonly Component[];
  /** Instant of the export when the source states it. */
  readonly asOfMs?: number;
  readonly sources: readonly SourceFile[];
  /** Generated data are labelled wherever they are shown. */
  readonly synthetic?: boolean;
}
