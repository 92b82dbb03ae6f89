import { DomainError } from "../../base/index.ts";
import { bracketedRoot } from "./bracketed-root.ts";
import { deviance, logGamma, stirlingError } from "./gamma-function.ts";
import { normalQuantileUnchecked } from "./normal-quantile.ts";

/** Both tails of the gamma distribution of shape a at x: they sum to 1, and the smaller keeps its relative accuracy. */
export interface GammaTails {
  /** P(a, x). */
  readonly lower: number;
  /** Q(a, x) = 1 − P(a, x). */
  readonly upper: number;
}

/** x^a·e^{−x}/Γ(a + 1) */
function power(a: number, x: number): number {
  if (a < 1) return Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/**
 * Regularised incomplete gamma functions: series below a + 1, continued fraction above.
 *
 *     P(a, x) = ∫₀ˣ t^{a−1} e^{−t} dt / Γ(a)
 *
 * @param a shape; > 0
 * @param x ≥ 0
 * @returns both tails; relative error of the smaller below 1e-12 for a ≤ 10,000
 * @throws DomainError if a or x is outside its bound
 * @source W. Press et al., Numerical Recipes, section 6.2; factor in front after C. Loader (2000)
 */
export function gammaTails(a: number, x: number): GammaTails {
  if (!(a > 0 && a < Number.POSITIVE_INFINITY)) throw new DomainError("a shape must be positive", a);
  if (!(x >= 0)) throw new DomainError("an argument of the incomplete gamma function must be at least 0", x);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  if (x < a + 1) {
    let term = 1;
    let total = 1;
    for (let n = 1; term > total * 1e-17; n++) {
      term *= x / (a + n);
      total += term;
    }
    const lower = Math.min(1, power(a, x) * total);
    return { lower, upper: 1 - lower };
  }
  // Modified Lentz; the numerators of this fraction never vanish for x ≥ a + 1.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  const upper = power(a, x) * a * h;
  return { lower: 1 - upper, upper };
}

/**
 * Density of the gamma distribution of scale 1.
 *
 *     x^{a−1}·e^{−x}/Γ(a)
 *
 * @param a shape; > 0
 * @param x > 0
 * @returns > 0
 */
export function gammaDensity(a: number, x: number): number {
  return (a * power(a, x)) / x;
}

/**
 * Quantile of the gamma distribution of scale 1.
 *
 *     P(a, x) = p
 *
 * @param a shape; > 0
 * @param p probability; above 0, and below 1 unless `upper` is given
 * @param upper 1 − p, when it is known better than by subtraction; > 0
 * @returns x > 0; relative error about 1e-13
 * @throws DomainError if a or p is outside its bound
 */
export function gammaQuantile(a: number, p: number, upper = 1 - p): number {
  if (!(p > 0 && upper > 0)) throw new DomainError("a probability must be strictly between 0 and 1", p);
  // Wilson and Hilferty: the cube root is nearly normal; for a small result the first term of the series is better.
  const ninth = 1 / (9 * a);
  const score = p < 0.5 ? normalQuantileUnchecked(p) : -normalQuantileUnchecked(upper);
  const side = 1 - ninth + score * Math.sqrt(ninth);
  const cube = side * side * side * a;
  const small = Math.exp((Math.log(p) + logGamma(a + 1)) / a);
  const start = cube > 0.1 * a && a > 0.3 ? cube : small;
  // In logarithms both tails are nearly straight, and no step leaves the positive numbers.
  const logarithm = bracketedRoot(
    (y) => {
      const x = Math.exp(y);
      const tails = gammaTails(a, x);
      // Slope in y = ln x.
      const density = a * power(a, x);
      const tail = Math.max(p < 0.5 ? tails.lower : tails.upper, Number.MIN_VALUE);
      return [p < 0.5 ? Math.log(tail / p) : Math.log(upper / tail), density / tail];
    },
    Math.log(Math.max(start, 1e-300)),
    [-744, Math.log(a + 1) + 10],
    2e-15,
  );
  return Math.exp(logarithm);
}
