import type { StressFactor } from "../reverse-stress/factor-model.ts";
import type { StressMarks } from "../reverse-stress/moved-run.ts";
import type { NotMoved, StressAmounts } from "./stress-result.ts";

/** A factor's part of a move. */
export interface PushedFactor {
  readonly factor: string;
  /** Relative move; > −1. */
  readonly move: number;
  /** Logarithmic move over its deviation. */
  readonly deviations: number;
}

/** A joint move and what it makes of the account. */
export interface PushedMove {
  readonly factors: readonly PushedFactor[];
  /** USD at the rates of the moved market; gain > 0. */
  readonly pnlUsd: number;
  readonly amounts: StressAmounts;
  /** Mahalanobis norm. */
  readonly norm: number;
}

/** One factor moved alone, both ways. */
export interface FactorPush {
  readonly factor: string;
  readonly downPnlUsd: number;
  readonly upPnlUsd: number;
  /** `none`: both ways gain or nothing changes. */
  readonly losing: "down" | "up" | "none";
}

/** A step of the sensitivity ladder: one factor alone. */
export interface LadderStep {
  readonly factor: string;
  readonly deviations: number;
  readonly move: number;
  readonly pnlUsd: number;
  readonly amounts: StressAmounts;
}

/** Largest loss of the delta-gamma book over an ellipsoid of moves, and the same move revalued in full. */
export interface EllipsoidLoss {
  readonly confidence: number;
  /** √ of the chi-square quantile. */
  readonly radius: number;
  /** Delta-gamma; loss > 0. */
  readonly lossUsd: number;
  readonly worst: PushedMove;
  /** Both directions of a straddle, where they lose the same. */
  readonly opposite?: PushedMove;
}

/** Factor push, sensitivity ladder and maximum loss of a book under a method. */
export interface StressPush extends StressMarks {
  readonly push: number;
  readonly factors: readonly StressFactor[];
  readonly correlation: readonly (readonly number[])[];
  readonly horizonDays: number;
  readonly covarianceSource: string;
  readonly notMoved: readonly NotMoved[];
  readonly before: StressAmounts;
  readonly alone: readonly FactorPush[];
  /** All losing sides together, after the first round and after the last. */
  readonly first: PushedMove;
  readonly together: PushedMove;
  readonly rounds: number;
  /** False where the last of ten rounds still changed a side. */
  readonly settled: boolean;
  readonly ladder: readonly LadderStep[];
  readonly ellipsoid: EllipsoidLoss;
  readonly notice: string;
}
