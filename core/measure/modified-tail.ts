import { failed, type Result, success, sum } from "../base/index.ts";
import { cornishFisherQuantile, isCornishFisherMonotone, modifiedTailMean, type Shape } from "./cornish-fisher.ts";
import { normalQuantile } from "./distribution/normal-quantile.ts";
import { tailProbability } from "./tail-probability.ts";

/** Moments of a series with divisor n. */
export interface SeriesMoments extends Shape {
  readonly mean: number;
  /** ≥ 0. */
  readonly deviation: number;
  readonly observations: number;
}

/** Modified VaR and ES of a return series: an indication, never the margin of an option book. */
export interface ModifiedTail {
  /** Loss > 0, unit of the returns. */
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  /** The tail mean fell short of the VaR and was raised to it. */
  readonly raisedToValueAtRisk: boolean;
  /** False: the expansion is no quantile function for these moments. */
  readonly monotone: boolean;
  readonly moments: SeriesMoments;
}

/**
 * Moments of a series, divisor n.
 *
 * @param values at least two, finite
 * @returns mean, deviation, skewness, excess kurtosis; or a Failure: too few, one that is not finite (by its number), or all equal
 */
export function seriesMoments(values: Float64Array): Result<SeriesMoments> {
  const n = values.length;
  if (n < 2) return failed("missing-data", `moments need at least 2 observations; found ${n}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return failed("invalid-input", `value ${bad + 1} is ${values[bad]}; expected a finite number`);
  const mean = sum(values) / n;
  const squares = values.map((value) => (value - mean) ** 2);
  const variance = sum(squares) / n;
  if (!(variance > 0)) return failed("not-applicable", "a series that does not vary has no skewness");
  return success({
    ...{ mean, deviation: Math.sqrt(variance), observations: n },
    skewness:
      sum(squares.map((square, at) => square * ((values[at] as number) - mean))) / n / (variance * Math.sqrt(variance)),
    excessKurtosis: sum(squares.map((square) => square * square)) / n / (variance * variance) - 3,
  });
}

/**
 * Modified (Cornish-Fisher) VaR and ES of a return series.
 *
 *     VaR = −(mean + h·sd),   ES = −mean + sd·max(E, −h)
 *
 * @param returns    profit > 0; fractions or currency; finite, at least two that differ
 * @param confidence c; in (0, 1)
 * @returns losses in the unit of the returns, with the flag of monotonicity; or the Failure of `seriesMoments`
 * @source K. Boudt, B. Peterson, C. Croux (2008), as `modifiedTailMean`; the rule ES ≥ VaR is theirs
 */
export function modifiedTail(returns: Float64Array, confidence: number): Result<ModifiedTail> {
  if (!(confidence > 0 && confidence < 1)) {
    return failed("invalid-input", `confidence must be above 0 and below 1; found ${confidence}`);
  }
  const moments = seriesMoments(returns);
  if (!moments.ok) return moments;
  const { mean, deviation } = moments.value;
  const p = tailProbability(confidence);
  const h = cornishFisherQuantile(normalQuantile(p), moments.value);
  const tailMean = modifiedTailMean(h, p, moments.value);
  return success({
    valueAtRisk: -(mean + h * deviation),
    expectedShortfall: -mean + deviation * Math.max(tailMean, -h),
    raisedToValueAtRisk: tailMean < -h,
    monotone: isCornishFisherMonotone(moments.value),
    moments: moments.value,
  });
}
