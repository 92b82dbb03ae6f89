import { type Result, success } from "../../base/index.ts";
import type { MertonModel } from "./model.ts";
import { correlator, type Sampler, type SamplerOptions } from "./sampler.ts";

/**
 * Sampler of log returns of Merton's jump diffusion.
 *
 *     r = μ·h + σ·√h·x + N·μ_J + √N·s_J·y,   N ~ Poisson(λ·h),   x, y correlated normals
 *
 * Common jumps have one N for all factors and correlated sizes; independent ones an N and a size for each factor.
 *
 * @param model   checked by `wrongModel`
 * @param options of the correlations
 * @returns the sampler; or the Failure of a correlation
 * @source R. Merton, Option pricing when underlying stock returns are discontinuous, J. Financial Economics 3 (1976) 125–144
 */
export function mertonSampler(model: MertonModel, options: SamplerOptions): Result<Sampler> {
  const { jumps, years, factors } = model;
  const size = factors.length;
  const diffusion = correlator(model.correlation, options);
  if (!diffusion.ok) return diffusion;
  const unit = factors.map((_, i) => factors.map((__, j) => (i === j ? 1 : 0)));
  const sizes = correlator(jumps.kind === "common" ? jumps.correlation : unit, options);
  if (!sizes.ok) return sizes;
  const intensities = jumps.kind === "common" ? [jumps.intensity] : jumps.intensities;
  const counts = intensities.map((intensity) => jumpCount(intensity * years));
  const drifts = Float64Array.from(model.drifts, (drift) => drift * years);
  const volatilities = Float64Array.from(model.volatilities, (volatility) => volatility * Math.sqrt(years));
  const means = Float64Array.from(jumps.means);
  const deviations = Float64Array.from(jumps.deviations);
  const [x, y] = [new Float64Array(size), new Float64Array(size)];
  const first = counts.length;
  return success({
    uniforms: first + 2 * size,
    mirroredFrom: first,
    repairs: [...diffusion.value.repairs, ...sizes.value.repairs],
    write(uniforms, out, at) {
      diffusion.value.scores(uniforms, first, x);
      sizes.value.scores(uniforms, first + size, y);
      let count = 0;
      for (let i = 0; i < size; i++) {
        if (i < first) count = counts[i]?.(uniforms[i] as number) ?? 0;
        out[at + i] =
          (drifts[i] as number) +
          (volatilities[i] as number) * (x[i] as number) +
          count * (means[i] as number) +
          Math.sqrt(count) * (deviations[i] as number) * (y[i] as number);
      }
    },
  });
}

/** Poisson quantile as a table of cumulated probabilities. */
function jumpCount(mean: number): (uniform: number) => number {
  const cumulated: number[] = [];
  let probability = Math.exp(-mean);
  for (let count = 1, total = probability; total < 1 - 2 ** -53 && count < 10_000; count++) {
    cumulated.push(total);
    probability *= mean / count;
    total += probability;
  }
  return (uniform) => {
    let count = 0;
    while (count < cumulated.length && (cumulated[count] as number) < uniform) count++;
    return count;
  };
}
