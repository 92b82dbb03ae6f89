import { DomainError, normalCdf, normalPdf } from "../base/index.ts";

/** Shape of a distribution beyond mean and deviation. */
export interface Shape {
  /** s, third standardised moment. */
  readonly skewness: number;
  /** k, fourth standardised moment less 3. */
  readonly excessKurtosis: number;
}

/**
 * Cornish-Fisher expansion of a standardised quantile.
 *
 *     h(z) = z + (z²−1)·s/6 + (z³−3z)·k/24 − (2z³−5z)·s²/36
 *
 * @param z     normal quantile
 * @param shape s and k
 * @returns standardised quantile: quantile = mean + h·sd
 * @source E. Cornish, R. Fisher, Revue de l'Institut International de Statistique 5 (1938) 307–320
 */
export function cornishFisherQuantile(z: number, { skewness: s, excessKurtosis: k }: Shape): number {
  const cube = z * z * z;
  return z + ((z * z - 1) * s) / 6 + ((cube - 3 * z) * k) / 24 - ((2 * cube - 5 * z) * s * s) / 36;
}

/**
 * Whether the expansion rises everywhere, as a quantile function must. Where it does not, its figure is an indication at most.
 *
 *     h′(z) = A·z² + B·z + C > 0,   A = k/8 − s²/6,  B = s/3,  C = 1 − k/8 + 5s²/36
 *
 * @param shape s and k
 * @returns true when A > 0 and B² < 4AC, or A = B = 0 and C > 0
 */
export function isCornishFisherMonotone({ skewness: s, excessKurtosis: k }: Shape): boolean {
  const a = k / 8 - (s * s) / 6;
  const b = s / 3;
  const c = 1 - k / 8 + (5 * s * s) / 36;
  return a > 0 ? b * b < 4 * a * c : a === 0 && b === 0 && c > 0;
}

/**
 * Standardised tail mean that belongs to the expansion.
 *
 *     E = (1/p)·{ φ + k/24·(I₄−6I₂+3φ) + s/6·(I₃−3I₁) + s²/72·(I₆−15I₄+45I₂−15φ) }
 *     I₁ = hφ−Φ,  I₂ = (h²+2)φ,  I₃ = (h³+3h)φ−3Φ,  I₄ = (h⁴+4h²+8)φ,  I₆ = (h⁶+6h⁴+24h²+48)φ,   φ and Φ at h
 *
 * @param h               standardised quantile at p, below 0 in a lower tail
 * @param tailProbability p; in (0, 1)
 * @param shape           s and k
 * @returns E: ES = −mean + sd·E; not bounded by the VaR
 * @throws DomainError if p is outside its bound
 * @source K. Boudt, B. Peterson, C. Croux, Estimation and decomposition of downside risk for portfolios with non-normal returns,
 *   J. Risk 11 (2008) 79–103
 */
export function modifiedTailMean(
  h: number,
  tailProbability: number,
  { skewness: s, excessKurtosis: k }: Shape,
): number {
  if (!(tailProbability > 0 && tailProbability < 1)) throw new DomainError("p must be inside (0, 1)", tailProbability);
  const density = normalPdf(h);
  const below = normalCdf(h);
  const h2 = h * h;
  const i1 = h * density - below;
  const i2 = (h2 + 2) * density;
  const i3 = (h2 * h + 3 * h) * density - 3 * below;
  const i4 = (h2 * h2 + 4 * h2 + 8) * density;
  const i6 = (h2 * h2 * h2 + 6 * h2 * h2 + 24 * h2 + 48) * density;
  const kurtosisTerm = (k / 24) * (i4 - 6 * i2 + 3 * density);
  const skewTerm = (s / 6) * (i3 - 3 * i1);
  const squareTerm = ((s * s) / 72) * (i6 - 15 * i4 + 45 * i2 - 15 * density);
  return (density + kurtosisTerm + skewTerm + squareTerm) / tailProbability;
}
