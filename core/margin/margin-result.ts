import type { Failure } from "../base/index.ts";
import type { InstrumentKind } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import type { AccountCharge, Accuracy } from "../methodology/index.ts";
import type { PositionId } from "../portfolio/index.ts";
import type { ResolvedRules } from "../rulebook/index.ts";

/** Sensitivities of a whole position, in money; conventions as in resources/docs/glossary.md. */
export interface PositionGreeks {
  /** Underlying units; Black delta for options, q/mark for inverse futures. */
  readonly delta: number;
  /** Underlying units per unit of coin profit: Black delta less the coin premium for inverse options; equals `delta` otherwise. */
  readonly netDelta: number;
  /** Underlying units per quote currency unit of price. */
  readonly gamma: number;
  /** Quote currency per volatility point. */
  readonly vega: number;
  /** Quote currency per calendar day. */
  readonly theta: number;
}

export interface PositionResult {
  readonly id: PositionId;
  readonly symbol: string;
  readonly underlying: string;
  readonly kind: InstrumentKind;
  readonly expiryMs?: number;
  readonly strike?: number;
  readonly optionType?: "call" | "put";
  readonly quantity: number;
  readonly quantityUnit: string;
  /** Listed contracts: the quantity in contracts. */
  readonly contracts?: number;
  readonly settlement: string;
  readonly terms: PricingTerms;
  /** Value in settlement currency: options and stocks quantity × mark; 0 for futures and perpetuals. */
  readonly value: number;
  /** |quantity| at the index, USD. */
  readonly notionalUsd: number;
  readonly greeks: PositionGreeks;
  /** Profit in the binding scenario of its account, unit of that account; gain > 0. Absent when nothing binds. */
  readonly bindingPnl?: number;
  /** Initial margin of this position alone, unit of its account. Absent when not asked for. */
  readonly standAlone?: number;
}

export interface ExcludedPosition {
  readonly id: PositionId;
  readonly symbol: string;
  readonly quantity: number;
  readonly failure: Failure;
}

/** What a method charges one account, with what follows from its balance. */
export interface AccountResult extends AccountCharge {
  /** marginBalance − initial; absent without a balance. */
  readonly availableFunds?: number;
  /** maintenance ÷ marginBalance as a fraction; liquidation at 1. Absent without a positive margin balance. */
  readonly maintenanceRatio?: number;
}

/** All accounts in USD at their index: the sum over segregated accounts is for overview, each account stands alone. */
export interface Totals {
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  readonly equityUsd?: number;
  readonly marginBalanceUsd?: number;
  /** Absent too when an account with a requirement has no balance. */
  readonly availableFundsUsd?: number;
}

/** The result of one methodology on one portfolio at one market. Plain data; a function of its inputs only. */
export interface MarginResult {
  readonly methodology: { readonly id: string; readonly title: string; readonly venue: string };
  readonly rules: ResolvedRules;
  readonly portfolioName: string;
  readonly marketName: string;
  /** Absent when the request names no history. */
  readonly historyName?: string;
  /** Absent when the request names no parameter file. */
  readonly parameterFileName?: string;
  readonly asOfMs: number;
  readonly accounts: readonly AccountResult[];
  readonly totals: Totals;
  readonly positions: readonly PositionResult[];
  readonly excluded: readonly ExcludedPosition[];
  /** Share of gross notional that is included, fraction; absent when the excluded part cannot be valued. */
  readonly included: { readonly positions: number; readonly of: number };
  readonly accuracy: Accuracy;
  /** Why the accuracy is not `exact`, and every warning of the market snapshot. */
  readonly remarks: readonly { readonly accuracy?: Accuracy; readonly message: string; readonly rule?: string }[];
  readonly synthetic: boolean;
  readonly kernel: string;
  /** Hashes of the inputs; equal hashes give equal results. */
  readonly inputs: {
    readonly portfolio: string;
    readonly market: string;
    readonly parameters: string;
    /** Absent without a history. The whole one is hashed; what stands after `asOfMs` in it changes nothing. */
    readonly history?: string;
    /** Absent without a parameter file; of the part that the portfolio uses. */
    readonly parameterFile?: string;
  };
}
