import { type Result, success } from "../../base/index.ts";
import { normalQuantileUnchecked } from "../distribution/normal-quantile.ts";
import { deviationsAndCorrelation } from "../matrix/correlation.ts";
import { matrixOfRows } from "../matrix/matrix.ts";
import { chiSquareOfScore } from "./mixing.ts";
import type { GaussianModel, MultivariateTModel } from "./model.ts";
import { correlatorOf, type Sampler, type SamplerOptions } from "./sampler.ts";

/**
 * Sampler of normal or multivariate t changes of a given covariance.
 *
 *     x = m + D·A·z,   or   x = m + D·A·z·√((ν−2)/W),  W ~ χ²_ν, one a scenario
 *
 * @param model   checked by `wrongModel`
 * @param options of the correlation
 * @returns the sampler; or the Failure of the correlation
 * @source A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management (2005), section 3.2
 */
export function ellipticalSampler(model: GaussianModel | MultivariateTModel, options: SamplerOptions): Result<Sampler> {
  const covariance = matrixOfRows(model.covariance);
  if (!covariance.ok) return covariance;
  const { deviations, correlation } = deviationsAndCorrelation(covariance.value);
  const made = correlatorOf(correlation, options);
  if (!made.ok) return made;
  const { size, repairs, scores } = made.value;
  const means = Float64Array.from({ length: size }, (_, i) => model.means?.[i] ?? 0);
  const own = new Float64Array(size);
  const mixed = model.kind === "multivariate-t";
  const chiSquare = mixed ? chiSquareOfScore(model.degrees) : () => 1;
  const excess = mixed ? model.degrees - 2 : 1;
  const first = mixed ? 1 : 0;
  return success({
    uniforms: size + first,
    mirroredFrom: first,
    repairs,
    write(uniforms, out, at) {
      const scale = mixed ? Math.sqrt(excess / chiSquare(normalQuantileUnchecked(uniforms[0] as number))) : 1;
      scores(uniforms, first, own);
      for (let i = 0; i < size; i++) {
        out[at + i] = (means[i] as number) + (deviations[i] as number) * scale * (own[i] as number);
      }
    },
  });
}
