import { type Result, success } from "../../base/index.ts";
import { normalQuantileUnchecked } from "../distribution/normal-quantile.ts";
import { type UsableCorrelation, usableCorrelation } from "../matrix/correlation.ts";
import type { SquareMatrix } from "../matrix/matrix.ts";
import { matrixOfRows } from "../matrix/matrix.ts";
import { cholesky, principalRoot } from "../matrix/square-root.ts";
import type { MatrixRows } from "./model.ts";

/** A model made ready: it turns the uniforms of one scenario into its factor changes. */
export interface Sampler {
  /** Uniforms a scenario; the first ones explain most and get the best dimensions of a quasi-random sequence. */
  readonly uniforms: number;
  /** Uniforms from this one on are mirrored in an antithetic pair; the ones before (mixing, numbers of jumps) are shared by it. */
  readonly mirroredFrom: number;
  /**
   * @param uniforms each in (0, 1), one scenario
   * @param out      factor changes, written from `at`
   */
  readonly write: (uniforms: Float64Array, out: Float64Array, at: number) => void;
  /** What was done to each correlation that was not positive semidefinite. */
  readonly repairs: readonly CorrelationRepair[];
}

export type CorrelationRepair = Omit<UsableCorrelation, "correlation">;

/** How a sampler is made. */
export interface SamplerOptions {
  /** Principal components, largest first (for quasi-random numbers), instead of the triangle of Cholesky. */
  readonly principal: boolean;
  /** Replaces a correlation that is not positive semidefinite by the nearest one. */
  readonly allowRepair: boolean;
}

/** Independent normals turned into correlated ones. */
export interface Correlator {
  readonly size: number;
  readonly repairs: readonly CorrelationRepair[];
  /** Correlated standard normals of `size` uniforms from `from`, into `scores`. */
  readonly scores: (uniforms: Float64Array, from: number, scores: Float64Array) => void;
}

/**
 * Correlated standard normals.
 *
 *     x = A·z,   C = A·Aᵀ,   z_k = N⁻¹(u_k)
 *
 * @param rows    C
 * @param options root taken, and whether C may be repaired
 * @returns the correlator; or the Failure of the correlation
 */
export function correlator(rows: MatrixRows, options: SamplerOptions): Result<Correlator> {
  const matrix = matrixOfRows(rows);
  return matrix.ok ? correlatorOf(matrix.value, options) : matrix;
}

/** As `correlator`, of a matrix. */
export function correlatorOf(matrix: SquareMatrix, { principal, allowRepair }: SamplerOptions): Result<Correlator> {
  const usable = usableCorrelation(matrix, allowRepair);
  if (!usable.ok) return usable;
  const { correlation, ...repair } = usable.value;
  const root = principal ? principalRoot(correlation) : cholesky(correlation);
  if (!root.ok) return root;
  const { size, values } = root.value;
  const normals = new Float64Array(size);
  return success({
    size,
    repairs: repair.repair === undefined ? [] : [repair],
    scores(uniforms, from, scores) {
      for (let k = 0; k < size; k++) normals[k] = normalQuantileUnchecked(uniforms[from + k] as number);
      for (let i = 0; i < size; i++) {
        const row = i * size;
        const last = principal ? size : i + 1;
        let total = 0;
        for (let k = 0; k < last; k++) total += (values[row + k] as number) * (normals[k] as number);
        scores[i] = total;
      }
    },
  });
}
