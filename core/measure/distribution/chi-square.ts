import { gammaQuantile, gammaTails } from "./incomplete-gamma.ts";

/**
 * Distribution function of the chi-square distribution.
 *
 *     F(x) = P(ν/2, x/2)
 *
 * @param x       ≥ 0
 * @param degrees ν, degrees of freedom; > 0
 * @returns in [0, 1]
 * @throws DomainError if x or ν is outside its bound
 */
export function chiSquareCdf(x: number, degrees: number): number {
  return gammaTails(degrees / 2, x / 2).lower;
}

/**
 * Upper tail of the chi-square distribution: the p-value of a likelihood-ratio test.
 *
 *     1 − F(x) = Q(ν/2, x/2)
 *
 * @param x       ≥ 0
 * @param degrees ν, degrees of freedom; > 0
 * @returns in [0, 1], with relative accuracy however small
 * @throws DomainError if x or ν is outside its bound
 */
export function chiSquareUpperTail(x: number, degrees: number): number {
  return gammaTails(degrees / 2, x / 2).upper;
}

/**
 * Quantile of the chi-square distribution.
 *
 * @param p       probability; strictly between 0 and 1
 * @param degrees ν, degrees of freedom; > 0
 * @returns > 0; relative error about 1e-13
 * @throws DomainError if p or ν is outside its bound
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  return 2 * gammaQuantile(degrees / 2, p);
}
