import { gaussLegendre, normalCdf, normalPdf } from "../../base/index.ts";

/** Early-exercise boundary of an American put with strike 1: exercised at and below it. */
export interface PutBoundary {
  /** @param years τ left to expiry, 0 to the years it was solved for */
  readonly at: (years: number) => number;
}

/** Chebyshev intervals in √τ, quadrature nodes of each integral, and the bound of the iteration. */
const intervals = 16;
const { nodes, weights } = gaussLegendre(24);
const sines = nodes.map((node) => Math.sin(0.5 * Math.PI * node));
const cosines = nodes.map((node) => Math.cos(0.5 * Math.PI * node));
const mostTurns = 50;
const settled = 1e-12;

/** How a put's exercise region looks: none, one boundary, or two (rates below 0 and a yield below them). */
export function putExercise(rate: number, dividendYield: number): "never" | "below-boundary" | "between-two" {
  if (rate > 0 || (rate === 0 && dividendYield < 0)) return "below-boundary";
  return rate < 0 && dividendYield < rate ? "between-two" : "never";
}

/**
 * Early-exercise boundary of an American put with strike 1 by the fixed point of its integral equation, collocated at Chebyshev
 * nodes of √τ on H = ln²(B/X):
 *
 *     B(τ) = e^{−(r−q)τ}·N/D,   X = min(1, r/q) for q > 0, else 1
 *     N = Φ(d₋(τ, B(τ))) + r·∫₀^τ e^{r·u}·Φ(d₋(τ−u, B(τ)/B(u))) du
 *     D = Φ(d₊(τ, B(τ))) + q·∫₀^τ e^{q·u}·Φ(d₊(τ−u, B(τ)/B(u))) du
 *
 * in the form with densities (FP-A), which converges in few turns, or in the one above (FP-B) where that does not settle. The integrals run
 * over m = τ·sin²θ, which removes the roots at both ends: 1/√m, and B itself as its time goes to 0.
 *
 * @param rate          r, fraction per year; the exercise region must be one: `putExercise` is `below-boundary`
 * @param dividendYield q, fraction per year
 * @param sigma         σ, fraction per √year; > 0
 * @param years         T; > 0
 * @returns the boundary, in units of the strike; in (0, 1]
 * @source L. Andersen, M. Lake, D. Offengenden, High Performance American Option Pricing (2015), equations FP-A and FP-B
 */
export function putBoundary(rate: number, dividendYield: number, sigma: number, years: number): PutBoundary {
  const terms = { rate, dividendYield, sigma };
  const fast = iterated({ ...terms, dense: true }, years);
  return (fast.settled ? fast : iterated({ ...terms, dense: false }, years)).boundary;
}

function iterated(terms: Omit<Equation, "at">, years: number): { settled: boolean; boundary: PutBoundary } {
  const { rate, dividendYield, sigma } = terms;
  const top = dividendYield > 0 ? Math.min(1, rate / dividendYield) : 1;
  const rootYears = Math.sqrt(years);
  const times = Float64Array.from({ length: intervals + 1 }, (_, i) => {
    const half = Math.sin((0.5 * Math.PI * i) / intervals);
    return years * square(square(half));
  });
  let heights = times.map((tau) => square(Math.log(firstGuess(rate, dividendYield, sigma, tau) / top)));
  heights[0] = 0;
  let coefficients = chebyshev(heights);
  const at = (tau: number): number => {
    const z = (2 * Math.sqrt(Math.min(Math.max(tau, 0), years))) / rootYears - 1;
    return top * Math.exp(-Math.sqrt(Math.max(0, clenshaw(coefficients, z))));
  };
  for (let turn = 0; turn < mostTurns; turn++) {
    let change = 0;
    const next = heights.map((height, i) => {
      if (i === 0) return 0;
      const moved = fixedPoint({ ...terms, at }, times[i] ?? 0, top * Math.exp(-Math.sqrt(height)));
      const squared = square(Math.log(Math.min(Math.max(moved, 1e-12), top) / top));
      change = Math.max(change, Math.abs(squared - height) / (1 + height));
      return squared;
    });
    heights = next;
    coefficients = chebyshev(heights);
    if (change < settled) return { settled: isFalling(heights), boundary: { at } };
  }
  return { settled: false, boundary: { at } };
}

/** A true boundary falls with the time left; the form with densities can settle elsewhere when drift is large against variance. */
function isFalling(heights: Float64Array): boolean {
  return heights.every((height, i) => i === 0 || height >= (heights[i - 1] ?? 0) - 1e-9);
}

interface Equation {
  readonly rate: number;
  readonly dividendYield: number;
  readonly sigma: number;
  readonly at: (tau: number) => number;
  readonly dense: boolean;
}

function fixedPoint({ rate, dividendYield, sigma, at, dense }: Equation, tau: number, edge: number): number {
  const drift = rate - dividendYield;
  const root = Math.sqrt(tau);
  const total = sigma * root;
  const dPlus = (Math.log(edge) + drift * tau) / total + 0.5 * total;
  const dMinus = dPlus - total;
  let upper = dense ? normalPdf(dMinus) / total : normalCdf(dMinus);
  let lower = dense ? normalPdf(dPlus) / total + normalCdf(dPlus) : normalCdf(dPlus);
  for (let i = 0; i < nodes.length; i++) {
    const sine = sines[i] as number;
    const cosine = cosines[i] as number;
    const m = tau * sine * sine;
    const width = sigma * root * sine;
    const plus = (Math.log(edge / at(tau * cosine * cosine)) + drift * m) / width + 0.5 * width;
    const minus = plus - width;
    // dm = 2·τ·sin θ·cos θ dθ; with densities sin θ cancels against σ√m.
    const flat = (Math.PI * (weights[i] as number) * cosine * root) / sigma;
    const weight = flat * width;
    const growR = rate * Math.exp(rate * (tau - m));
    const growQ = dividendYield * Math.exp(dividendYield * (tau - m));
    if (dense) {
      upper += growR * flat * normalPdf(minus);
      lower += growQ * (weight * normalCdf(plus) + flat * normalPdf(plus));
    } else {
      upper += growR * weight * normalCdf(minus);
      lower += growQ * weight * normalCdf(plus);
    }
  }
  return lower > 0 ? (Math.exp(-drift * tau) * upper) / lower : edge;
}

/** A start in the manner of Bjerksund and Stensland (1993): from the boundary at expiry toward that of the perpetual put. */
function firstGuess(rate: number, dividendYield: number, sigma: number, tau: number): number {
  const variance = sigma * sigma;
  const carry = rate - dividendYield;
  const shift = carry - 0.5 * variance;
  const power = (shift + Math.sqrt(shift * shift + 2 * rate * variance)) / variance;
  const start = dividendYield > 0 ? Math.max(1, dividendYield / rate) : 1;
  // Inverse of the perpetual boundary power/(power + 1).
  const far = power > 1e-6 ? 1 + 1 / power : 1e6;
  if (!(far > start)) return 1 / start;
  const decay = Math.min(0, ((carry * tau - 2 * sigma * Math.sqrt(tau)) * start) / (far - start));
  return 1 / (start + (far - start) * -Math.expm1(decay));
}

/** Coefficients of the Chebyshev interpolant through values at z = −cos(π·i/n). */
function chebyshev(values: Float64Array): Float64Array {
  const n = values.length - 1;
  return Float64Array.from({ length: n + 1 }, (_, k) => {
    let total = 0;
    for (let i = 0; i <= n; i++) {
      const share = i === 0 || i === n ? 0.5 : 1;
      // T_k at z = −cos θ is (−1)^k·cos(kθ).
      total += share * (values[i] ?? 0) * Math.cos((Math.PI * k * i) / n);
    }
    return (((k % 2 === 0 ? 1 : -1) * (k === 0 || k === n ? 1 : 2)) / n) * total;
  });
}

function clenshaw(coefficients: Float64Array, z: number): number {
  let after = 0;
  let later = 0;
  for (let k = coefficients.length - 1; k >= 1; k--) {
    const here = (coefficients[k] ?? 0) + 2 * z * after - later;
    later = after;
    after = here;
  }
  return (coefficients[0] ?? 0) + z * after - later;
}

/** A product, because powers differ in the last bit from engine to engine. */
function square(value: number): number {
  return value * value;
}
