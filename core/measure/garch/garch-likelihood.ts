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
  /** Outer products of the slopes of each observation, 4 × 4 row-major: for robust standard errors. */
  readonly outer: Float64Array;
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
 * @returns likelihood, slope, forecasts
 * @source G. Fiorentini, G. Calzolari, L. Panattoni, Analytic derivatives and the computation of GARCH estimates, J. Applied Econometrics 11
 *   (1996) 399–417
 */
export function garchLikelihood(returns: Float64Array, { mean, omega, alpha, beta }: GarchParameters): GarchLikelihood {
  const n = returns.length;
  let [presample, presampleSlope] = [0, 0];
  for (let t = 0; t < n; t++) {
    const error = (returns[t] as number) - mean;
    presample += (error * error) / n;
    presampleSlope -= (2 * error) / n;
  }
  const variances = new Float64Array(n + 1);
  const gradient = new Float64Array(4);
  const outer = new Float64Array(16);
  const slope = new Float64Array(4);
  const own = new Float64Array(4);
  let negativeLog = 0.5 * n * Math.log(2 * Math.PI);
  let variance = omega + (alpha + beta) * presample;
  slope.set([(alpha + beta) * presampleSlope, 1, presample, presample]);
  for (let t = 0; t < n; t++) {
    variances[t] = variance;
    const error = (returns[t] as number) - mean;
    const square = error * error;
    negativeLog += 0.5 * (Math.log(variance) + square / variance);
    const weight = (0.5 * (1 - square / variance)) / variance;
    for (let k = 0; k < 4; k++) own[k] = weight * (slope[k] as number);
    own[0] = (own[0] as number) - error / variance;
    for (let k = 0; k < 4; k++) {
      gradient[k] = (gradient[k] as number) + (own[k] as number);
      for (let j = 0; j < 4; j++)
        outer[k * 4 + j] = (outer[k * 4 + j] as number) + (own[k] as number) * (own[j] as number);
    }
    slope[0] = -2 * alpha * error + beta * (slope[0] as number);
    slope[1] = 1 + beta * (slope[1] as number);
    slope[2] = square + beta * (slope[2] as number);
    slope[3] = variance + beta * (slope[3] as number);
    variance = omega + alpha * square + beta * variance;
  }
  variances[n] = variance;
  return { negativeLog, gradient, outer, variances };
}
