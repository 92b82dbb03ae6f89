import { DomainError, type Result, success } from "../../base/index.ts";
import type { Shape } from "../cornish-fisher.ts";
import { dot, matrixProduct, matrixTimesVector, type SquareMatrix } from "../matrix/matrix.ts";
import { nonNegativeVariance } from "./variance.ts";

/** First- and second-order exposure of a book to its factors: dP = ½·xᵀGx + dᵀx + θ. */
export interface QuadraticExposure {
  readonly factors: readonly string[];
  /** d, currency per unit of the factor; gain > 0. */
  readonly deltas: Float64Array;
  /** G, currency per squared unit; symmetric; long options > 0 on the diagonal. */
  readonly gammas: SquareMatrix;
  /** S, of the factor changes over the horizon. */
  readonly covariance: SquareMatrix;
  /** θ·dt, certain P&L of the horizon, currency; 0 when absent. */
  readonly certain?: number;
}

/** Greeks to spots and volatilities, to be laid out as one exposure. */
export interface SpotVolatilityGreeks {
  readonly spots: readonly string[];
  readonly volatilities: readonly string[];
  /** Gain for one unit of each spot factor. */
  readonly deltas: readonly number[];
  /** Gain for one unit (point or fraction, as the covariance has it) of each volatility. */
  readonly vegas: readonly number[];
  /** spots × spots. */
  readonly gammas: readonly (readonly number[])[];
  /** spots × volatilities. */
  readonly vannas: readonly (readonly number[])[];
  /** volatilities × volatilities. */
  readonly volgas: readonly (readonly number[])[];
}

/**
 * Delta-gamma-vega exposure: spots first, then volatilities; vanna and volga are the other blocks of the gamma matrix.
 *
 * @param greeks     by factor
 * @param covariance S, of spots then volatilities; spot-volatility correlation enters here
 * @param certain    θ·dt, currency; 0 when absent
 * @returns the exposure to all factors
 * @throws DomainError if the covariance has another size
 */
export function spotVolatilityExposure(
  greeks: SpotVolatilityGreeks,
  covariance: SquareMatrix,
  certain = 0,
): QuadraticExposure {
  const factors = [...greeks.spots, ...greeks.volatilities];
  const size = factors.length;
  if (covariance.size !== size) throw new DomainError(`a covariance of ${size} factors is expected`, covariance.size);
  const spots = greeks.spots.length;
  const values = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    if (i < spots && j < spots) return greeks.gammas[i]?.[j] ?? 0;
    if (i < spots) return greeks.vannas[i]?.[j - spots] ?? 0;
    if (j < spots) return greeks.vannas[j]?.[i - spots] ?? 0;
    return greeks.volgas[i - spots]?.[j - spots] ?? 0;
  });
  const deltas = Float64Array.from([...greeks.deltas, ...greeks.vegas]);
  return { factors, deltas, gammas: { size, values }, covariance, certain };
}

/** Moments of the P&L. */
export interface QuadraticMoments extends Shape {
  /** Gain > 0, currency. */
  readonly mean: number;
  /** Currency; ≥ 0. */
  readonly deviation: number;
}

/**
 * Moments of a quadratic P&L of normal factors of mean zero.
 *
 *     M = G·S:  mean = tr(M)/2 + θ,   var = dᵀSd + tr(M²)/2,
 *     m₃ = 3·dᵀSGSd + tr(M³),   m₄ = 12·dᵀSGSGSd + 3·tr(M⁴) + 3·var²,   s = m₃/var^1.5,   k = m₄/var² − 3
 *
 * @param exposure deltas, gammas, covariance
 * @returns moments, skewness and kurtosis 0 when nothing moves; or a Failure when the covariance is not positive semidefinite
 * @throws DomainError if the sizes differ
 * @source A. Mathai, S. Provost, Quadratic Forms in Random Variables (1992), section 3.2b
 */
export function quadraticMoments(exposure: QuadraticExposure): Result<QuadraticMoments> {
  const { deltas, gammas, covariance, certain = 0 } = exposure;
  const m = matrixProduct(gammas, covariance);
  const m2 = matrixProduct(m, m);
  const sd = matrixTimesVector(covariance, deltas);
  const gsd = matrixTimesVector(gammas, sd);
  const sgsd = matrixTimesVector(covariance, gsd);
  const gsgsd = matrixTimesVector(gammas, sgsd);
  const linear = nonNegativeVariance(dot(deltas, sd), covariance, deltas);
  if (!linear.ok) return linear;
  const mean = trace(m) / 2 + certain;
  const variance = linear.value + trace(m2) / 2;
  if (!(variance > 0)) return success({ mean, deviation: 0, skewness: 0, excessKurtosis: 0 });
  const third = 3 * dot(sd, gsd) + trace(matrixProduct(m2, m));
  const fourth = 12 * dot(sd, gsgsd) + 3 * trace(matrixProduct(m2, m2));
  return success({
    mean,
    deviation: Math.sqrt(variance),
    skewness: third / (variance * Math.sqrt(variance)),
    excessKurtosis: fourth / (variance * variance),
  });
}

function trace({ size, values }: SquareMatrix): number {
  let total = 0;
  for (let i = 0; i < size; i++) total += values[i * size + i] as number;
  return total;
}
