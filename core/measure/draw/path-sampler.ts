import { type Result, success } from "../../base/index.ts";
import { brownianBridge } from "./brownian-bridge.ts";
import type { FilteredPathsModel } from "./model.ts";
import { correlator, type Sampler, type SamplerOptions } from "./sampler.ts";

/**
 * Sampler of compounded changes over several steps with a variance that answers to each.
 *
 *     r_t = m + z·s_t,   s²_{t+1} = ω + α·(z·s_t)² + β·s²_t,   z: residuals of one drawn day for all factors, or correlated normals
 *
 * With principal components (quasi-random numbers) the normals of a factor over the steps come from a Brownian bridge.
 *
 * @param model   checked by `wrongModel`
 * @param options of the correlation
 * @returns the sampler; or the Failure of the correlation
 * @source G. Barone-Adesi, K. Giannopoulos, L. Vosper, VaR without correlations for portfolios of derivative securities,
 *   J. Futures Markets 19 (1999) 583–602
 */
export function pathSampler(model: FilteredPathsModel, options: SamplerOptions): Result<Sampler> {
  const { factors, steps, innovations, changes } = model;
  const size = factors.length;
  const residuals = innovations.kind === "residuals" ? Float64Array.from(innovations.values) : new Float64Array(0);
  const days = residuals.length / size;
  const normal = innovations.kind === "gaussian" ? correlator(innovations.correlation, options) : undefined;
  if (normal !== undefined && !normal.ok) return normal;
  const means = Float64Array.from(model.recursions, ({ mean }) => mean ?? 0);
  const omegas = Float64Array.from(model.recursions, ({ omega }) => omega);
  const alphas = Float64Array.from(model.recursions, ({ alpha }) => alpha);
  const betas = Float64Array.from(model.recursions, ({ beta }) => beta);
  const start = Float64Array.from(model.recursions, ({ nextVariance }) => nextVariance);
  const multiplies = changes.map((change) => change === "relative");
  const variances = new Float64Array(size);
  const scores = new Float64Array(size);
  const bridge = options.principal ? brownianBridge(steps) : undefined;
  const normals = new Float64Array(steps * size);
  return success({
    uniforms: normal === undefined ? steps : steps * size,
    mirroredFrom: 0,
    repairs: normal?.value.repairs ?? [],
    write(uniforms, out, at) {
      variances.set(start);
      for (let i = 0; i < size; i++) out[at + i] = 0;
      if (normal !== undefined) {
        normals.fill(0);
        for (let block = 0; block < steps; block++) {
          normal.value.scores(uniforms, block * size, scores);
          for (let step = 0; step < steps; step++) {
            const share = bridge === undefined ? (step === block ? 1 : 0) : (bridge[step * steps + block] as number);
            if (share === 0) continue;
            const from = step * size;
            for (let i = 0; i < size; i++)
              normals[from + i] = (normals[from + i] as number) + share * (scores[i] as number);
          }
        }
      }
      for (let step = 0; step < steps; step++) {
        const day = Math.min(Math.floor((uniforms[step] as number) * days), days - 1) * size;
        for (let i = 0; i < size; i++) {
          const variance = variances[i] as number;
          const z = normal === undefined ? (residuals[day + i] as number) : (normals[step * size + i] as number);
          const shock = z * Math.sqrt(variance);
          const change = (means[i] as number) + shock;
          const before = out[at + i] as number;
          out[at + i] = multiplies[i] === true ? before + change + before * change : before + change;
          variances[i] =
            (omegas[i] as number) + (alphas[i] as number) * shock * shock + (betas[i] as number) * variance;
        }
      }
    },
  });
}
