import { DomainError } from "../../base/index.ts";
import { bracketedRoot } from "./bracketed-root.ts";
import { deviance, stirlingError } from "./gamma-function.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import { normalQuantileUnchecked } from "./normal-quantile.ts";

function check(degrees: number): void {
  if (!(degrees > 0 && degrees < Number.POSITIVE_INFINITY)) {
    throw new DomainError("degrees of freedom must be positive", degrees);
  }
}

/**
 * Density of Student's t distribution.
 *
 *     f(t) = Γ((ν+1)/2) / (√(νπ)·Γ(ν/2)) · (1 + t²/ν)^{−(ν+1)/2}
 *
 * @param t       any finite number
 * @param degrees ν, degrees of freedom; > 0
 * @returns ≥ 0; relative error below 1e-13 while the result is above 1e-300
 * @throws DomainError if ν is outside its bound
 * @source C. Loader, as in the dt function of R
 */
export function studentTPdf(t: number, degrees: number): number {
  check(degrees);
  const half = degrees / 2;
  const constant = -deviance(half, half + 0.5) + stirlingError(half + 0.5) - stirlingError(half);
  const square = (t * t) / degrees;
  return Math.exp(constant - half * Math.log1p(square)) / Math.sqrt(2 * Math.PI * (1 + square));
}

/**
 * Distribution function of Student's t distribution, with relative accuracy in the lower tail.
 *
 *     F(t) = ½·I_{ν/(ν+t²)}(ν/2, ½)   for t ≤ 0
 *
 * @param t       any finite number
 * @param degrees ν, degrees of freedom; > 0
 * @returns in [0, 1]
 * @throws DomainError if ν is outside its bound
 */
export function studentTCdf(t: number, degrees: number): number {
  check(degrees);
  const square = t * t;
  const tail = 0.5 * incompleteBeta(degrees / (degrees + square), degrees / 2, 0.5, square / (degrees + square));
  return t <= 0 ? tail : 1 - tail;
}

/**
 * Quantile of Student's t distribution.
 *
 *     F(t) = p
 *
 * @param p       probability; strictly between 0 and 1
 * @param degrees ν, degrees of freedom; > 0
 * @returns t; relative error about 1e-13
 * @throws DomainError if p or ν is outside its bound
 */
export function studentTQuantile(p: number, degrees: number): number {
  check(degrees);
  if (!(p > 0 && p < 1)) throw new DomainError("a probability must be strictly between 0 and 1", p);
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, degrees);
  if (degrees === 1) return -1 / Math.tan(Math.PI * p);
  if (degrees === 2) return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  // In logarithms the tail is nearly a straight line of slope −ν.
  const z = -normalQuantileUnchecked(p);
  const guess = z * Math.sqrt(1 + (z * z + 1) / (2 * degrees));
  const logarithm = bracketedRoot(
    (y) => {
      const t = Math.exp(y);
      const tail = Math.max(studentTCdf(-t, degrees), Number.MIN_VALUE);
      return [Math.log(p / tail), (t * studentTPdf(t, degrees)) / tail];
    },
    Math.log(guess),
    [-80, 340],
    2e-15,
  );
  return -Math.exp(logarithm);
}
