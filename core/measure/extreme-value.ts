import { DomainError, failed, power, type Result, success, sum } from "../base/index.ts";
import { tailProbability } from "./tail-probability.ts";

/** Generalised Pareto tail of losses above a threshold. */
export interface ParetoTail {
  /** u, unit of the losses. */
  readonly threshold: number;
  /** ξ: 0 exponential, above 0 a heavy tail, below 0 a tail that ends; < 1, or the mean is infinite. */
  readonly shape: number;
  /** β > 0, unit of the losses. */
  readonly scale: number;
  /** n_u, losses above the threshold. */
  readonly exceedances: number;
  /** n, all losses. */
  readonly observations: number;
}

/**
 * Probability of a loss above a level, by peaks over threshold.
 *
 *     P(L > x) = (n_u/n)·(1 + ξ·(x−u)/β)^(−1/ξ);   (n_u/n)·e^(−(x−u)/β) at ξ = 0
 *
 * @param tail  fitted tail
 * @param level x ≥ u, unit of the losses
 * @returns in [0, n_u/n]; 0 beyond the end of a tail with ξ < 0
 * @throws DomainError if the level is below the threshold or the tail is outside its bounds
 * @source A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management (2005), section 7.2.3
 */
export function paretoExceedance(tail: ParetoTail, level: number): number {
  checkTail(tail);
  const { threshold, shape, scale, exceedances, observations } = tail;
  if (!(level >= threshold)) throw new DomainError("level must be at or above the threshold", level);
  const distance = (level - threshold) / scale;
  const share = exceedances / observations;
  if (shape === 0) return share * Math.exp(-distance);
  const base = 1 + shape * distance;
  return base <= 0 ? 0 : share * power(base, -1 / shape);
}

/**
 * VaR and ES by peaks over threshold.
 *
 *     VaR = u + (β/ξ)·[ (n·p/n_u)^(−ξ) − 1 ],   ES = (VaR + β − ξ·u)/(1−ξ);   u − β·ln(n·p/n_u) and VaR + β at ξ = 0
 *
 * @param tail       fitted tail
 * @param confidence c; beyond the threshold: p ≤ n_u/n
 * @returns unit of the losses; or a Failure when the confidence lies below the threshold
 * @throws DomainError if the tail is outside its bounds
 * @source A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management (2005), section 7.2.3
 */
export function paretoTailMeasures(
  tail: ParetoTail,
  confidence: number,
): Result<{ readonly valueAtRisk: number; readonly expectedShortfall: number }> {
  checkTail(tail);
  const { threshold, shape, scale, exceedances, observations } = tail;
  const ratio = (observations * tailProbability(confidence)) / exceedances;
  if (!(ratio > 0 && ratio <= 1)) {
    const least = 1 - exceedances / observations;
    return failed("not-applicable", `the tail begins at a confidence of ${least}; found ${confidence}`);
  }
  const stretch = shape === 0 ? -Math.log(ratio) : Math.expm1(-shape * Math.log(ratio)) / shape;
  const valueAtRisk = threshold + scale * stretch;
  return success({ valueAtRisk, expectedShortfall: (valueAtRisk + scale - shape * threshold) / (1 - shape) });
}

function checkTail({ shape, scale, exceedances, observations }: ParetoTail): void {
  if (!(shape < 1)) throw new DomainError("shape of a Pareto tail with a mean is below 1", shape);
  if (!(scale > 0)) throw new DomainError("scale must be above 0", scale);
  if (!(exceedances >= 1 && exceedances <= observations)) throw new DomainError("exceedances from 1 to n", exceedances);
}

/**
 * Generalised Pareto tail of losses by maximum likelihood, along the profile of θ = ξ/β.
 *
 *     ξ(θ) = mean ln(1+θ·y),   ℓ(θ) = −n_u·( ln(ξ/θ) + ξ + 1 ),   y = L − u,   −1/max y < θ
 *
 * @param losses    of every observation; finite
 * @param threshold u; losses above it are fitted
 * @returns the tail with the greatest likelihood of −0.5 < ξ < 1; or a Failure with fewer than 10 exceedances or a fit on a bound
 * @source S. Grimshaw, Computing maximum likelihood estimates for the generalized Pareto distribution, Technometrics 35 (1993) 185–191
 */
export function fitParetoTail(losses: Float64Array, threshold: number): Result<ParetoTail> {
  const excesses = losses.filter((loss) => loss > threshold).map((loss) => loss - threshold);
  const count = excesses.length;
  if (count < 10)
    return failed("missing-data", `a Pareto tail needs at least 10 losses above ${threshold}; found ${count}`);
  const mean = sum(excesses) / count;
  const greatest = excesses.reduce((most, excess) => Math.max(most, excess), 0);
  // θ runs over the real line as −1/max y + e^v/mean, so that no step leaves the domain.
  const theta = (v: number): number => -1 / greatest + Math.exp(v) / mean;
  const shapeAt = (t: number): number => sum(excesses.map((excess) => Math.log1p(t * excess))) / count;
  const likelihood = (v: number): number => {
    const t = theta(v);
    const shape = shapeAt(t);
    const scale = Math.abs(t) * mean < 1e-9 ? mean : shape / t;
    return shape <= -0.5 || shape >= 1 || !(scale > 0)
      ? Number.NEGATIVE_INFINITY
      : -count * (Math.log(scale) + shape + 1);
  };
  const v = greatestOf(likelihood, -20, 8);
  const t = v === undefined ? Number.NaN : theta(v);
  const flat = Math.abs(t) * mean < 1e-9;
  const shape = flat ? 0 : shapeAt(t);
  if (!(shape > -0.5 + 1e-6 && shape < 1 - 1e-6)) {
    return failed("not-applicable", `no Pareto tail with a shape of -0.5 to 1 fits ${count} losses`);
  }
  return success({ threshold, shape, scale: flat ? mean : shape / t, exceedances: count, observations: losses.length });
}

/** Place of the maximum: best of a grid of 281, then golden sections around it; none when the maximum is at an end or nowhere finite. */
function greatestOf(value: (v: number) => number, from: number, to: number): number | undefined {
  const step = (to - from) / 280;
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= 280; i += 1) {
    const found = value(from + i * step);
    if (found > most) [best, most] = [i, found];
  }
  if (best <= 0 || best >= 280) return undefined;
  const section = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from + (best - 1) * step, from + (best + 1) * step];
  while (high - low > 1e-12 * Math.max(1, Math.abs(low))) {
    const [a, b] = [high - section * (high - low), low + section * (high - low)];
    if (!(a > low && b < high)) break;
    if (value(a) >= value(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}
