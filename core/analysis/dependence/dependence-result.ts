import type { StressFactor } from "../reverse-stress/factor-model.ts";
import type { StressMarks } from "../reverse-stress/moved-run.ts";
import type { StressedCorrelation } from "./stressed-correlations.ts";

/** The book under one correlation. Expected shortfalls of its delta-gamma expansion with normal factors, USD. */
export interface DependenceRow extends Omit<StressedCorrelation, "correlation"> {
  readonly expectedShortfall: number;
  /** Sum of those of the underlyings, each alone, under the same correlation: price and volatility of one depend on each other too. */
  readonly standAloneShortfall: number;
  /** 1 − joint / sum of the stand-alone ones. */
  readonly diversification: number;
  /** Share of today's relief (stand-alone less joint) that is gone: 0 today, 1 when the joint is the sum; below 0 when netting grows. */
  readonly reliefLost: number;
  /** Method's margin with that share of its own relief gone, at least 0 and at most 1: an emulation, not a recomputation. */
  readonly emulatedMarginUsd: number;
}

/** Relief of a method between parts of a book: stand-alone margins less the joint one, USD; below 0 where the joint one is larger. */
export interface Relief {
  readonly standAloneUsd: number;
  readonly jointUsd: number;
  readonly reliefUsd: number;
}

export interface PairRelief extends Relief {
  readonly underlyings: readonly [string, string];
  /** Of the prices, today. */
  readonly priceCorrelation?: number;
  /** Of the profits of the two parts, linear; above 0: they lose together. */
  readonly profitCorrelation?: number;
}

export interface ClusterRelief extends Relief {
  readonly underlyings: readonly string[];
}

/** How much of a margin rests on offsets between underlyings, and what is left when they fail. */
export interface Dependence extends StressMarks {
  readonly factors: readonly StressFactor[];
  readonly correlation: readonly (readonly number[])[];
  readonly horizonDays: number;
  readonly covarianceSource: string;
  readonly notMoved: readonly { readonly factor: string; readonly reason: string }[];
  readonly confidence: number;
  /** Initial margin without balances and components: of each underlying alone, and of the book. */
  readonly standAlone: readonly { readonly underlying: string; readonly marginUsd: number }[];
  readonly relief: Relief;
  /** The method's margin with a share of its relief recognised: 1 is today, 0 no netting between underlyings. Exact, of the method itself. */
  readonly offsets: readonly { readonly recognised: number; readonly marginUsd: number }[];
  readonly rows: readonly DependenceRow[];
  readonly pairs: readonly PairRelief[];
  readonly pairsLeftOut: number;
  readonly clusters: readonly ClusterRelief[];
  /** Relief between clusters: sum of their margins less the joint one. */
  readonly acrossClusters: Relief;
}
