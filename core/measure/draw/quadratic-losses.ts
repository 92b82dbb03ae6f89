import { DomainError } from "../../base/index.ts";
import type { QuadraticExposure } from "../parametric/quadratic-exposure.ts";
import type { FactorDraws } from "./factor-draws.ts";

/**
 * Losses of a quadratic exposure in simulated scenarios: the proxy of a book of options.
 *
 *     L = −(θ + dᵀx + ½·xᵀGx)
 *
 * @param exposure d, G, θ; its covariance is not used
 * @param draws    x, same factors in the same order
 * @returns one a scenario, currency; loss > 0
 * @throws DomainError if the factors are not as many
 */
export function quadraticLosses(
  { deltas, gammas, certain = 0 }: Pick<QuadraticExposure, "deltas" | "gammas" | "certain">,
  { paths, values }: Pick<FactorDraws, "paths" | "values">,
): Float64Array {
  const size = deltas.length;
  if (values.length !== paths * size)
    throw new DomainError(`draws of ${size} factors are expected`, values.length / paths);
  const losses = new Float64Array(paths);
  for (let path = 0; path < paths; path++) {
    const from = path * size;
    let gain = certain;
    for (let i = 0; i < size; i++) {
      let slope = 0;
      for (let j = 0; j < size; j++) slope += (gammas.values[i * size + j] as number) * (values[from + j] as number);
      gain += (values[from + i] as number) * ((deltas[i] as number) + 0.5 * slope);
    }
    losses[path] = -gain;
  }
  return losses;
}
