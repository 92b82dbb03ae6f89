import { gaussLegendre, millsRatio, normalPdf } from "../base/index.ts";

/** Time value of an option, in units of the smaller of forward and strike, with what a solver needs. */
export interface TimeValue {
  /** Natural logarithm of the time value c ∈ (0, 1). */
  readonly log: number;
  readonly value: number;
  /** 1 − c, accurate when c is close to 1. */
  readonly complement: number;
  /** n(d1) = ∂c/∂s. */
  readonly slope: number;
  /** s·n(d1)/c, finite even where n(d1) underflows. */
  readonly elasticity: number;
}

const { nodes, weights } = gaussLegendre(32);
const logRootTwoPi = 0.9189385332046727;

/**
 * Time value of an out-of-the-money option over the smaller of F and K, accurate relative to itself everywhere.
 *
 *     c(x, s) = N(d1) − e^{x}·N(d2),   d1,2 = −x/s ± s/2
 *             = n(d1)·∫₀^∞ e^{d2·u − u²/2}·(e^{s·u} − 1) du
 *
 * Where the two normal terms nearly cancel, the integral of positive terms is summed by 32 Gauss–Legendre nodes;
 * elsewhere Mills ratios are subtracted.
 *
 * @param distance x = |ln(F/K)|; ≥ 0
 * @param total    s = σ·√τ; > 0
 * @returns relative error of `value` and `complement` about 1e-15
 */
export function timeValue(distance: number, total: number): TimeValue {
  const half = 0.5 * total;
  const shift = distance / total;
  const d1 = half - shift;
  const slope = normalPdf(d1);
  if (half >= Math.max(0.5, shift / 3) && d1 > 0) {
    const complement = slope * (millsRatio(d1) + millsRatio(half + shift));
    const value = 1 - complement;
    return { log: Math.log(value), value, complement, slope, elasticity: (total * slope) / value };
  }
  const quotient =
    half < Math.max(0.5, shift / 3)
      ? positiveIntegral(-half - shift, total, d1)
      : millsRatio(-d1) - millsRatio(half + shift);
  const value = slope * quotient;
  return {
    log: -0.5 * d1 * d1 - logRootTwoPi + Math.log(quotient),
    value,
    complement: 1 - value,
    slope,
    elasticity: total / quotient,
  };
}

/** ∫₀^∞ e^{d2·u − u²/2}·(e^{s·u} − 1) du, cut where the integrand has fallen by e⁻⁴⁰. */
function positiveIntegral(d2: number, total: number, d1: number): number {
  // d1 + √(d1² + 80), without cancellation when d1 is far below 0.
  const root = Math.sqrt(d1 * d1 + 80);
  const end = d1 > 0 ? d1 + root : 80 / (root - d1);
  let integral = 0;
  for (let i = 0; i < nodes.length; i++) {
    const u = end * (nodes[i] ?? 0);
    integral += (weights[i] ?? 0) * Math.exp((d2 - 0.5 * u) * u) * Math.expm1(total * u);
  }
  return end * integral;
}
