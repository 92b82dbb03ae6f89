import { DomainError, normalCdf, normalPdf } from "../../base/index.ts";
import { bracketedRoot } from "../distribution/bracketed-root.ts";
import { normalQuantile } from "../distribution/normal-quantile.ts";
import { poissonProbability } from "../distribution/poisson.ts";

/** Merton's jump diffusion of one log return. */
export interface MertonReturn {
  /** Horizon; > 0. */
  readonly years: number;
  /** μ a year. */
  readonly drift: number;
  /** σ, fraction per √year; > 0. */
  readonly volatility: number;
  /** Jumps a year; ≥ 0. */
  readonly intensity: number;
  readonly jumpMean: number;
  /** ≥ 0. */
  readonly jumpDeviation: number;
}

/** Lower quantile of a log return and the mean below it. */
export interface ReturnTail {
  readonly quantile: number;
  readonly meanBelow: number;
}

/**
 * Exact lower tail of a log return of Merton's jump diffusion, as a Poisson mixture of normals.
 *
 *     F(x) = Σ_k P(N = k)·N((x − m_k)/s_k),   m_k = μh + k·μ_J,   s_k² = σ²h + k·s_J²
 *     E[r | r ≤ q] = Σ_k P(N = k)·(m_k·N(d_k) − s_k·n(d_k)) / p,   d_k = (q − m_k)/s_k
 *
 * @param model           of the log return
 * @param tailProbability p; in (0, 1)
 * @returns quantile q at p, and the mean of the returns below it; fractions
 * @throws DomainError if a parameter is outside its bound, or more than 500 jumps are expected
 * @source R. Merton (1976), as `mertonSampler`
 */
export function mertonTail(model: MertonReturn, tailProbability: number): ReturnTail {
  const { years, drift, volatility, intensity, jumpMean, jumpDeviation } = model;
  if (!(years > 0)) throw new DomainError("a horizon must be above 0", years);
  if (!(volatility > 0)) throw new DomainError("a volatility must be above 0", volatility);
  if (!(intensity >= 0 && intensity * years <= 500)) throw new DomainError("at most 500 jumps", intensity * years);
  if (!(jumpDeviation >= 0)) throw new DomainError("a deviation must be at least 0", jumpDeviation);
  const expected = intensity * years;
  const terms = Array.from({ length: Math.ceil(60 + expected + 12 * Math.sqrt(expected)) }, (_, k) => ({
    probability: poissonProbability(k, expected),
    mean: drift * years + k * jumpMean,
    deviation: Math.sqrt(volatility * volatility * years + k * jumpDeviation * jumpDeviation),
  })).filter(({ probability }) => probability > 0);
  const z = normalQuantile(tailProbability);
  const ends = terms.map(({ mean, deviation }) => mean + z * deviation);
  // The quantile of a mixture lies between those of its parts.
  const quantile = bracketedRoot(
    (x) => {
      let [below, density] = [-tailProbability, 0];
      for (const { probability, mean, deviation } of terms) {
        const d = (x - mean) / deviation;
        below += probability * normalCdf(d);
        density += (probability * normalPdf(d)) / deviation;
      }
      return [below, density];
    },
    ends[0] ?? 0,
    [Math.min(...ends), Math.max(...ends)],
    1e-16,
  );
  let total = 0;
  for (const { probability, mean, deviation } of terms) {
    const d = (quantile - mean) / deviation;
    total += probability * (mean * normalCdf(d) - deviation * normalPdf(d));
  }
  return { quantile, meanBelow: total / tailProbability };
}
