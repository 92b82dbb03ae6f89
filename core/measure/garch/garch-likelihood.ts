/** Constant mean and GARCH(1,1) variance: r_t = μ + e_t, s²_t = ω + α·e²_{t−1} + β·s²_{t−1}. */
export interface GarchParameters {
  /** μ, unit of the returns a step. */
  readonly mean: number;
  /** ω, its square; > 0. */
  readonly omega: number;
  /** α ≥ 0. */
  readonly alpha: number;
  /** β ≥ 0; α + β < 1. */
  readonly beta: number;
}

/** Likelihood at one set of parameters. */
export interface GarchLikelihood {
  /** −ln L, Gaussian, constants included. */
  readonly negativeLog: number;
  /** Its slope in μ, ω, α, β. */
  readonly gradient: Float64Array;
  /** Outer products of the slopes of each observation, 4 × 4 row-major: for robust standard errors; absent unless asked for. */
  readonly outer?: Float64Array;
  /** n + 1 variance forecasts: entry i is made before return i (from 0), the last is for tomorrow. */
  readonly variances: Float64Array;
}

/**
 * Gaussian likelihood of GARCH(1,1) with its exact slope.
 *
 *     −ln L = ½·Σ [ ln 2π + ln s²_t + e²_t/s²_t ],   presample e² and s² both mean(e²) at the μ of the parameters
 *
 * @param returns    r, oldest first; finite, at least one
 * @param parameters inside their bounds
 * @param withOuter  also sums the outer products
 * @returns likelihood, slope, forecasts
 * @source G. Fiorentini, G. Calzolari, L. Panattoni, Analytic derivatives and the computation of GARCH estimates, J. Applied Econometrics 11
 *   (1996) 399–417
 */
export function garchLikelihood(
  returns: Float64Array,
  { mean, omega, alpha, beta }: GarchParameters,
  withOuter = false,
): GarchLikelihood {
  const n = returns.length;
  let [presample, presampleSlope] = [0, 0];
  for (let t = 0; t < n; t++) {
    const error = (returns[t] as number) - mean;
    presample += (error * error) / n;
    presampleSlope -= (2 * error) / n;
  }
  const variances = new Float64Array(n + 1);
  const outer = new Float64Array(16);
  let negativeLog = 0.5 * n * Math.log(2 * Math.PI);
  let variance = omega + (alpha + beta) * presample;
  // Slopes of the variance and of the likelihood in μ, ω, α, β; plain numbers, because this loop is run hundreds of times a fit.
  let [vMean, vOmega, vAlpha, vBeta] = [(alpha + beta) * presampleSlope, 1, presample, presample];
  let [gMean, gOmega, gAlpha, gBeta] = [0, 0, 0, 0];
  for (let t = 0; t < n; t++) {
    variances[t] = variance;
    const error = (returns[t] as number) - mean;
    const square = error * error;
    const inverse = 1 / variance;
    negativeLog += 0.5 * (Math.log(variance) + square * inverse);
    const weight = 0.5 * (1 - square * inverse) * inverse;
    const ownMean = weight * vMean - error * inverse;
    const ownOmega = weight * vOmega;
    const ownAlpha = weight * vAlpha;
    const ownBeta = weight * vBeta;
    gMean += ownMean;
    gOmega += ownOmega;
    gAlpha += ownAlpha;
    gBeta += ownBeta;
    if (withOuter) addOuter(outer, [ownMean, ownOmega, ownAlpha, ownBeta]);
    vMean = beta * vMean - 2 * alpha * error;
    vOmega = beta * vOmega + 1;
    vAlpha = beta * vAlpha + square;
    vBeta = beta * vBeta + variance;
    variance = omega + alpha * square + beta * variance;
  }
  variances[n] = variance;
  const gradient = Float64Array.of(gMean, gOmega, gAlpha, gBeta);
  return { negativeLog, gradient, variances, ...(withOuter ? { outer } : {}) };
}

function addOuter(outer: Float64Array, slopes: readonly number[]): void {
  for (let at = 0; at < 16; at++) {
    outer[at] = (outer[at] as number) + (slopes[at >> 2] as number) * (slopes[at & 3] as number);
  }
}
