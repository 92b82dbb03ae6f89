import { failed, type Result, success } from "../../base/index.ts";
import { bracketedRoot } from "../distribution/bracketed-root.ts";
import { normalQuantileUnchecked } from "../distribution/normal-quantile.ts";
import { matrixOfRows, matrixTimesVector } from "../matrix/matrix.ts";
import { deltaGammaTail, diagonalLoss } from "../parametric/delta-gamma-tail.ts";
import { randomStream } from "../random.ts";
import type { GaussianModel, MatrixRows } from "./model.ts";

/** Where the scenarios are wanted: the losses of a delta-gamma proxy of the book near its VaR. */
export interface ImportanceProxy {
  /** d, gain for one unit of each factor. */
  readonly deltas: readonly number[];
  /** G; none when absent. */
  readonly gammas?: MatrixRows;
  /** c, confidence of the VaR of the proxy that scenarios are drawn around; above ½. */
  readonly confidence: number;
}

/** Scenarios drawn mostly in the tail, each with its weight. */
export interface ImportanceDraws {
  /** Scenario-major factor changes. */
  readonly values: Float64Array;
  /** exp(ψ(t) − t·Q)/n: they sum to 1 only on average, and are not rescaled. */
  readonly weights: Float64Array;
  /** t. */
  readonly twist: number;
  /** x, exact VaR of the proxy: ψ′(t) = x, the mean proxy loss of the scenarios. */
  readonly threshold: number;
}

/**
 * Importance sampling of normal factor changes by the exponential twist of a delta-gamma proxy.
 *
 *     Q = a + Σ b_j·z_j + ½·l_j·z_j²,   ψ(t) = a·t + Σ ½·( t²b_j²/(1−t·l_j) − ln(1−t·l_j) ),   ψ′(t) = x
 *     z_j ~ N( t·b_j/(1−t·l_j), 1/(1−t·l_j) ),   weight exp(ψ(t) − t·Q)/n
 *
 * @param model normal changes
 * @param proxy deltas, gammas, confidence
 * @param paths n
 * @param seed  integer from 0 to 2⁵³ − 1
 * @returns the scenarios and their weights; or a Failure: a proxy of another size, one that does not move, or whose VaR is not above its mean
 *   loss, or a covariance that is not positive semidefinite
 * @source P. Glasserman, P. Heidelberger, P. Shahabuddin, Variance reduction techniques for estimating value-at-risk, Management Science 46
 *   (2000) 1349–1364
 */
export function importanceDraws(
  model: GaussianModel,
  proxy: ImportanceProxy,
  paths: number,
  seed: number,
): Result<ImportanceDraws> {
  const { factors } = model;
  const size = factors.length;
  const covariance = matrixOfRows(model.covariance);
  if (!covariance.ok) return covariance;
  const gammas = matrixOfRows(proxy.gammas ?? factors.map(() => factors.map(() => 0)));
  if (!gammas.ok) return gammas;
  const wrong = wrongProxy(proxy, gammas.value.size, size);
  if (wrong !== undefined) return failed("invalid-input", wrong);
  // The proxy about the mean of the factors.
  const means = Float64Array.from({ length: size }, (_, i) => model.means?.[i] ?? 0);
  const bend = matrixTimesVector(gammas.value, means);
  const deltas = Float64Array.from(proxy.deltas, (delta, i) => delta + (bend[i] as number));
  const certain = means.reduce(
    (total, mean, i) => total + mean * ((proxy.deltas[i] ?? 0) + 0.5 * (bend[i] as number)),
    0,
  );
  const exposure = { factors, deltas, gammas: gammas.value, covariance: covariance.value, certain };
  const tail = deltaGammaTail(exposure, proxy.confidence);
  if (!tail.ok) return tail;
  const loss = diagonalLoss(exposure);
  if (!loss.ok) return loss;
  const { b, l, certain: a, root } = loss.value;
  const threshold = tail.value.valueAtRisk;
  const mean = -tail.value.moments.mean;
  if (!(threshold > mean + 1e-9 * tail.value.moments.deviation)) {
    const found = `its VaR is ${threshold} and its mean loss ${mean}`;
    return failed("not-applicable", `importance sampling needs a proxy whose VaR is above its mean loss; ${found}`);
  }
  const twist = twistOf(b, l, a, threshold, tail.value.moments.deviation);
  const values = new Float64Array(paths * size);
  const weights = new Float64Array(paths);
  const centres = b.map((entry, j) => (twist * entry) / (1 - twist * (l[j] as number)));
  const spreads = l.map((entry) => 1 / Math.sqrt(1 - twist * entry));
  let cumulant = twist * a;
  for (let j = 0; j < size; j++) {
    const d = 1 - twist * (l[j] as number);
    cumulant += 0.5 * ((twist * (b[j] as number)) ** 2 / d - Math.log(d));
  }
  const stream = randomStream(seed);
  const uniforms = new Float64Array(size);
  const normals = new Float64Array(size);
  for (let path = 0; path < paths; path++) {
    stream.fillOpen(uniforms);
    let proxyLoss = a;
    for (let j = 0; j < size; j++) {
      const z = (centres[j] as number) + (spreads[j] as number) * normalQuantileUnchecked(uniforms[j] as number);
      normals[j] = z;
      proxyLoss += z * ((b[j] as number) + 0.5 * (l[j] as number) * z);
    }
    weights[path] = Math.exp(cumulant - twist * proxyLoss) / paths;
    for (let i = 0; i < size; i++) {
      let change = means[i] as number;
      for (let j = 0; j < size; j++) change += (root.values[i * size + j] as number) * (normals[j] as number);
      values[path * size + i] = change;
    }
  }
  return success({ values, weights, twist, threshold });
}

function wrongProxy({ deltas, confidence }: ImportanceProxy, rows: number, size: number): string | undefined {
  if (deltas.length !== size)
    return `deltas of the proxy: found ${deltas.length}; expected one for each of ${size} factors`;
  const bad = deltas.findIndex((delta) => !Number.isFinite(delta));
  if (bad >= 0) return `delta ${bad + 1} of the proxy is ${deltas[bad]}; expected a finite number`;
  if (rows !== size) return `gammas of the proxy: found ${rows} rows; expected one for each of ${size} factors`;
  if (confidence > 0.5 && confidence < 1) return undefined;
  return `the confidence of the proxy is ${confidence}; expected more than 0.5 and less than 1`;
}

/** Root of ψ′(t) = x before the first pole, in units of one over the deviation. */
function twistOf(b: Float64Array, l: Float64Array, a: number, threshold: number, deviation: number): number {
  const steepest = l.reduce((most, entry) => Math.max(most, entry / deviation), 0);
  const slopes = (t: number): readonly [number, number] => {
    let [first, second] = [(a - threshold) / deviation, 0];
    for (let j = 0; j < l.length; j++) {
      const [lj, square] = [(l[j] as number) / deviation, ((b[j] as number) / deviation) ** 2];
      const d = 1 / (1 - lj * t);
      first += 0.5 * lj * d + 0.5 * square * t * d * (1 + d);
      second += 0.5 * lj * lj * d * d + square * d * d * d;
    }
    return [first, second];
  };
  let high = steepest > 0 ? (1 - 1e-12) / steepest : 1;
  if (steepest <= 0) while (slopes(high)[0] < 0 && high < 1e12) high *= 2;
  return bracketedRoot(slopes, Math.min(1, 0.5 * high), [0, high], 1e-14) / deviation;
}
