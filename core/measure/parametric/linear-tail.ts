import { DomainError, normalPdf, type Result, success } from "../../base/index.ts";
import { type Allocation, allocation } from "../allocation.ts";
import { normalQuantile } from "../distribution/normal-quantile.ts";
import { studentTPdf, studentTQuantile } from "../distribution/student-t.ts";
import { dot, matrixTimesVector, type SquareMatrix } from "../matrix/matrix.ts";
import { tailProbability } from "../tail-probability.ts";
import { nonNegativeVariance } from "./variance.ts";

/** First-order exposure of a book to its factors. */
export interface LinearExposure {
  /** Names of the factors, in the order of every array. */
  readonly factors: readonly string[];
  /** d, gain for a factor change of one unit, currency; long > 0. */
  readonly deltas: Float64Array;
  /** S, of the factor changes over the horizon. */
  readonly covariance: SquareMatrix;
  /** m, of the factor changes; 0 when absent. */
  readonly means?: Float64Array;
}

/** Shape of the factor changes. The t is multivariate, scaled to the covariance given. */
export type EllipticalShape =
  | { readonly kind: "normal" }
  | {
      readonly kind: "student-t";
      /** ν > 2. */
      readonly degrees: number;
    };

/** VaR and ES of a linear book under elliptical changes. Losses are positive. */
export interface LinearTail {
  readonly shape: EllipticalShape;
  readonly confidence: number;
  /** sd of the P&L, currency. */
  readonly deviation: number;
  /** Mean P&L, currency; gain > 0. */
  readonly mean: number;
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  /** Euler components by factor; they sum to the measure. */
  readonly componentValueAtRisk: Allocation;
  readonly componentExpectedShortfall: Allocation;
  /** Change of the VaR for one more unit of delta to each factor. */
  readonly marginalValueAtRisk: Float64Array;
}

/**
 * Multiples of the standard deviation that are VaR and ES of a standardised elliptical P&L.
 *
 *     normal:     z_c,          φ(z_c)/p
 *     student-t:  k·t_ν⁻¹(c),   k·f_ν(q)/p·(ν+q²)/(ν−1),   k = √((ν−2)/ν)
 *
 * @param shape      normal or t
 * @param confidence c; in (0, 1)
 * @returns both multiples
 * @throws DomainError if c or ν is outside its bound
 * @source A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management (2005), sections 2.2.2 and 2.2.4
 */
export function tailMultiples(
  shape: EllipticalShape,
  confidence: number,
): { readonly valueAtRisk: number; readonly expectedShortfall: number } {
  const p = tailProbability(confidence);
  if (shape.kind === "normal") {
    const z = -normalQuantile(p);
    return { valueAtRisk: z, expectedShortfall: normalPdf(z) / p };
  }
  const { degrees } = shape;
  if (!(degrees > 2)) throw new DomainError("degrees of freedom must be above 2 for a finite variance", degrees);
  const scale = Math.sqrt((degrees - 2) / degrees);
  const q = -studentTQuantile(p, degrees);
  return {
    valueAtRisk: scale * q,
    expectedShortfall: (((scale * studentTPdf(q, degrees)) / p) * (degrees + q * q)) / (degrees - 1),
  };
}

/**
 * VaR and ES of a linear book under normal or t changes of its factors, with Euler components.
 *
 *     sd = √(dᵀ·S·d),   R = k·sd − dᵀm,   C_i = d_i·(k·(S·d)_i/sd − m_i),   k from `tailMultiples`
 *
 * @param exposure   deltas and covariance
 * @param shape      normal or t
 * @param confidence c; in (0, 1)
 * @returns currency of the deltas; or a Failure when the variance of the book is negative, which no covariance gives
 * @throws DomainError if a length, c or ν is outside its bound
 * @source RiskMetrics Technical Document (1996), section 6.3; D. Tasche, Capital allocation: the Euler principle (2008)
 */
export function linearTail(exposure: LinearExposure, shape: EllipticalShape, confidence: number): Result<LinearTail> {
  const { factors, deltas, covariance, means = new Float64Array(deltas.length) } = exposure;
  if (factors.length !== deltas.length) throw new DomainError(`${factors.length} deltas are expected`, deltas.length);
  const slope = matrixTimesVector(covariance, deltas);
  const variance = nonNegativeVariance(dot(deltas, slope), covariance, deltas);
  if (!variance.ok) return variance;
  const deviation = Math.sqrt(variance.value);
  const mean = dot(deltas, means);
  const multiples = tailMultiples(shape, confidence);
  const marginal = (multiple: number): Float64Array =>
    slope.map((entry, i) => (deviation > 0 ? (multiple * entry) / deviation : 0) - (means[i] as number));
  const components = (multiple: number): Float64Array => marginal(multiple).map((entry, i) => entry * (deltas[i] ?? 0));
  const valueAtRisk = multiples.valueAtRisk * deviation - mean;
  const expectedShortfall = multiples.expectedShortfall * deviation - mean;
  return success({
    ...{ shape, confidence, deviation, mean, valueAtRisk, expectedShortfall },
    componentValueAtRisk: allocation(factors, components(multiples.valueAtRisk), valueAtRisk),
    componentExpectedShortfall: allocation(factors, components(multiples.expectedShortfall), expectedShortfall),
    marginalValueAtRisk: marginal(multiples.valueAtRisk),
  });
}
