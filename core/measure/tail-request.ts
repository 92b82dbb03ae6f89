/**
 * Rule that turns the sorted losses into VaR. With n equal weights and p = 1 − confidence:
 * cum: rank ⌈n·p⌉; conservative: rank max(1, ⌊n·p⌋); inverse and next-worst: rank ⌊n·p⌋ + 1;
 * interpolated: linear in the cumulated weight, between ranks ⌊n·p⌋ and ⌊n·p⌋ + 1 (Boudoukh, Richardson and
 * Whitelaw interpolate so between weighted losses); type1 to type9: Hyndman and Fan, applied to the losses in ascending order at the confidence.
 */
export const quantileConventions = [
  ...(["cum", "conservative", "inverse", "next-worst", "interpolated"] as const),
  ...(["type1", "type2", "type3", "type4", "type5", "type6", "type7", "type8", "type9"] as const),
] as const;

export type QuantileConvention = (typeof quantileConventions)[number];

/**
 * Rule of the tail mean. exact: mean of the worst p of the probability, the last scenario by part (coherent);
 * kworst: mean of the scenarios up to the rank of `cum`; strict: of losses above the type-7 VaR (that VaR itself when none is above);
 * weak: of losses at or above the VaR.
 */
export const tailMeans = ["exact", "kworst", "strict", "weak"] as const;

export type TailMean = (typeof tailMeans)[number];

/** What is asked of a vector of losses. */
export interface TailRequest {
  /** c, e.g. 0.99; strictly between 0 and 1. */
  readonly confidence: number;
  /** `cum` when absent. */
  readonly convention?: QuantileConvention;
  /** `exact` when absent. */
  readonly estimator?: TailMean;
  /** One a scenario, ≥ 0, summing to 1; equal when absent. */
  readonly weights?: Float64Array;
  /** Importance-sampling weights, already divided by n, sum to 1 only on average: their sum is then not checked. */
  readonly weightsOnAverage?: true;
  /** Names of the scenarios, for messages; numbered from 1 when absent. */
  readonly scenarioIds?: readonly string[];
  /** Observations the tail must hold, n·p ≥ this; 1 when absent. 0 lets a short history answer with its worst losses. */
  readonly leastTail?: number;
}

/** Scenarios and their shares: the combination of losses that is the measure. Worst first, ties in scenario order. */
export interface TailShares {
  /** Index of each scenario in the losses given. */
  readonly scenarios: Int32Array;
  /** ≥ 0, summing to 1 up to rounding: measure = Σ share·loss. Scenarios of equal loss at the boundary share by weight. */
  readonly shares: Float64Array;
}

/** VaR and ES of a vector of losses, with the scenarios that make them. Losses are positive; a negative value is a tail still in profit. */
export interface Tail {
  readonly confidence: number;
  /** p = 1 − c, free of the rounding of the subtraction. */
  readonly tailProbability: number;
  readonly convention: QuantileConvention;
  readonly estimator: TailMean;
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  /** n, scenarios given. */
  readonly observations: number;
  /** 1/Σw²; n with equal weights. */
  readonly effectiveObservations: number;
  /** 1-based rank k of the VaR among the losses, worst first; the nearer worst of two when it is interpolated. */
  readonly rank: number;
  /** One scenario, or the two it lies between, or those tied with it. */
  readonly valueAtRiskShares: TailShares;
  readonly expectedShortfallShares: TailShares;
}
