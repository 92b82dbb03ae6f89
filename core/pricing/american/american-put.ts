import { gaussLegendre, normalCdf, normalPdf } from "../../base/index.ts";
import type { PutBoundary } from "./exercise-boundary.ts";

/** Early-exercise premium of a put above its boundary, and its derivatives by the spot price. */
export interface PutPremium {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
}

const { nodes, weights } = gaussLegendre(32);

/**
 * Early-exercise premium of an American put with strike 1 above its boundary.
 *
 *     ∫₀^T [ r·e^{−r·m}·Φ(−d₋(m, S/B(T−m))) − q·S·e^{−q·m}·Φ(−d₊(m, S/B(T−m))) ] dm
 *
 * over m = T·sin²θ, in three panels that narrow toward θ = 0, where the integrand is steep for a spot near the boundary.
 *
 * @param spot     S in units of the strike; above `boundary.at(years)`
 * @param boundary B, of the same rates, volatility and time
 * @returns in units of the strike; value ≥ 0
 * @source L. Andersen, M. Lake, D. Offengenden, High Performance American Option Pricing (2015)
 */
export function putPremium(
  spot: number,
  boundary: PutBoundary,
  rate: number,
  dividendYield: number,
  sigma: number,
  years: number,
): PutPremium {
  const root = Math.sqrt(years);
  const drift = rate - dividendYield;
  // Angle over which the integrand falls off: the distance to the boundary in units of volatility.
  const steep = Math.min(Math.log(spot / boundary.at(years)) / sigma / root, 0.5);
  const edges = [0, Math.max(steep, 0.02) * 0.5, Math.max(2 * steep, 0.2), 0.5 * Math.PI];
  let value = 0;
  let delta = 0;
  let gamma = 0;
  for (let panel = 1; panel < edges.length; panel++) {
    const from = edges[panel - 1] as number;
    const width = (edges[panel] as number) - from;
    for (let i = 0; i < nodes.length; i++) {
      const angle = from + width * (nodes[i] as number);
      const cosine = Math.cos(angle);
      const z = root * Math.sin(angle);
      const m = z * z;
      const sd = sigma * z;
      const plus = (Math.log(spot / boundary.at(years * cosine * cosine)) + drift * m) / sd + 0.5 * sd;
      const minus = plus - sd;
      const measure = 2 * width * root * cosine * (weights[i] as number);
      const byRate = rate * Math.exp(-rate * m);
      const byYield = dividendYield * Math.exp(-dividendYield * m);
      const tailPlus = normalCdf(-plus);
      const densityMinus = normalPdf(minus);
      const densityPlus = normalPdf(plus);
      value += measure * z * (byRate * normalCdf(-minus) - byYield * spot * tailPlus);
      delta -= measure * ((byRate * densityMinus) / (spot * sigma) + byYield * (z * tailPlus - densityPlus / sigma));
      gamma +=
        (measure / (spot * sigma)) *
        ((byRate * densityMinus * (1 + minus / sd)) / spot + byYield * densityPlus * (1 - plus / sd));
    }
  }
  return { value: Math.max(0, value), delta, gamma };
}
