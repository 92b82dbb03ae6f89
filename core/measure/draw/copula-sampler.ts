import { normalCdf, type Result, success } from "../../base/index.ts";
import { normalQuantileUnchecked } from "../distribution/normal-quantile.ts";
import { marginalQuantile } from "./marginal.ts";
import { chiSquareOfScore, studentTTail } from "./mixing.ts";
import type { GaussianCopulaModel, TCopulaModel } from "./model.ts";
import { correlator, type Sampler, type SamplerOptions } from "./sampler.ts";

/**
 * Sampler of any marginals joined by a normal or t copula.
 *
 *     u = N(A·z),   or   u = T_ν(A·z / √(W/ν)),  W ~ χ²_ν;   x_j = F_j⁻¹(u_j)
 *
 * @param model   checked by `wrongModel`
 * @param options of the correlation
 * @returns the sampler; or the Failure of the correlation
 * @source A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management (2005), section 5.1
 */
export function copulaSampler(model: GaussianCopulaModel | TCopulaModel, options: SamplerOptions): Result<Sampler> {
  const made = correlator(model.correlation, options);
  if (!made.ok) return made;
  const { size, repairs, scores } = made.value;
  const marginals = model.marginals.map(marginalQuantile);
  const own = new Float64Array(size);
  if (model.kind === "gaussian-copula") {
    return success({
      uniforms: size,
      mirroredFrom: 0,
      repairs,
      write(uniforms, out, at) {
        scores(uniforms, 0, own);
        for (let i = 0; i < size; i++) {
          const z = own[i] as number;
          const marginal = marginals[i];
          if (marginal !== undefined) out[at + i] = marginal.of(marginal.reads === "score" ? z : normalCdf(z));
        }
      },
    });
  }
  const chiSquare = chiSquareOfScore(model.degrees);
  const tailOf = studentTTail(model.degrees);
  return success({
    uniforms: size + 1,
    mirroredFrom: 1,
    repairs,
    write(uniforms, out, at) {
      const scale = Math.sqrt(model.degrees / chiSquare(normalQuantileUnchecked(uniforms[0] as number)));
      scores(uniforms, 1, own);
      for (let i = 0; i < size; i++) {
        const y = (own[i] as number) * scale;
        const tail = tailOf(y);
        const marginal = marginals[i];
        if (marginal === undefined) continue;
        const score = marginal.reads === "score";
        const z = score ? Math.abs(normalQuantileUnchecked(tail)) : 1 - tail;
        out[at + i] = marginal.of(y >= 0 ? z : score ? -z : tail);
      }
    },
  });
}
