import { DomainError, power, sum } from "../base/index.ts";
import { quantile } from "./quantile.ts";

/**
 * Silverman's bandwidth of a Gaussian kernel.
 *
 *     b = 0.9·min(sd, IQR/1.34)·n^(−1/5),   sd with divisor n − 1, quartiles of type 7;   sd alone when the IQR is 0
 *
 * @param values at least two, finite
 * @returns b, unit of the values; 0 only when all are equal
 * @throws DomainError with fewer than two values
 * @source B. Silverman, Density Estimation (1986), equation 3.31
 */
export function silvermanBandwidth(values: Float64Array): number {
  if (values.length < 2) throw new DomainError("a bandwidth needs at least two values", values.length);
  const mean = sum(values) / values.length;
  const deviation = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
  const ascending = values.slice().sort();
  const spread = (quantile(ascending, 0.75) - quantile(ascending, 0.25)) / 1.34;
  return 0.9 * (spread > 0 ? Math.min(deviation, spread) : deviation) * power(values.length, -0.2);
}

/**
 * Density of values at a point, by a Gaussian kernel.
 *
 *     f(x) = Σ w_i·n((x − v_i)/b) / b
 *
 * @param values    v, finite
 * @param at        x, unit of the values
 * @param bandwidth b, unit of the values; > 0
 * @param weights   w, summing to 1; equal when absent
 * @returns one over the unit of the values; ≥ 0
 * @throws DomainError if the bandwidth is not above 0
 */
export function kernelDensity(values: Float64Array, at: number, bandwidth: number, weights?: Float64Array): number {
  if (!(bandwidth > 0)) throw new DomainError("bandwidth must be above 0", bandwidth);
  const equal = 1 / values.length;
  const terms = values.map((value, index) => {
    const distance = (at - value) / bandwidth;
    return (weights?.[index] ?? equal) * Math.exp(-0.5 * distance * distance);
  });
  return sum(terms) / (bandwidth * Math.sqrt(2 * Math.PI));
}
