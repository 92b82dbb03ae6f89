import { DomainError, type Result, success } from "../../base/index.ts";
import { type Allocation, allocation } from "../allocation.ts";
import { cornishFisherQuantile, isCornishFisherMonotone } from "../cornish-fisher.ts";
import { bracketedRoot } from "../distribution/bracketed-root.ts";
import { normalQuantile } from "../distribution/normal-quantile.ts";
import type { SquareMatrix } from "../matrix/matrix.ts";
import { principalRoot } from "../matrix/square-root.ts";
import { symmetricEigen } from "../matrix/symmetric-eigen.ts";
import { tailProbability } from "../tail-probability.ts";
import { type QuadraticForm, quadraticUpperTail } from "./quadratic-distribution.ts";
import { type QuadraticExposure, type QuadraticMoments, quadraticMoments } from "./quadratic-exposure.ts";

/** VaR and ES of a quadratic P&L of normal factors. Losses are positive. */
export interface DeltaGammaTail {
  readonly confidence: number;
  readonly moments: QuadraticMoments;
  /** Exact quantile by inversion: the figure. */
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  /** Normal P&L of the same mean and deviation, for comparison. */
  readonly normalValueAtRisk: number;
  /** Cornish-Fisher: an indication only, never the margin of a book of options. */
  readonly cornishFisher: {
    readonly valueAtRisk: number;
    /** False: not a quantile function. True is no proof that it is near the exact figure. */
    readonly monotone: boolean;
  };
}

/** A loss as certain part and quadratic form of independent standard normals: L = certain + Σ b_j·z_j + ½·l_j·z_j². */
export interface DiagonalLoss extends QuadraticForm {
  readonly certain: number;
  /** A of x = A·z, row-major: factor changes of the normals of the form. */
  readonly root: SquareMatrix;
}

/**
 * Loss of a quadratic exposure in independent normals.
 *
 *     S = C·Cᵀ,   CᵀGC = U·diag(g)·Uᵀ,   x = C·U·z:   l = −g,   b = −UᵀCᵀd
 *
 * @param exposure deltas, gammas, covariance
 * @returns the diagonal loss; or a Failure when the covariance is not positive semidefinite
 */
export function diagonalLoss(exposure: QuadraticExposure): Result<DiagonalLoss> {
  const { deltas, gammas, covariance, certain = 0 } = exposure;
  const made = principalRoot(covariance);
  if (!made.ok) return made;
  const { size, values: c } = made.value;
  const inner = new Float64Array(size * size);
  const gc = new Float64Array(size * size);
  product(gammas.values, c, gc, size, false);
  product(c, gc, inner, size, true);
  const { values, vectors } = symmetricEigen({ size, values: inner });
  const root = new Float64Array(size * size);
  product(c, vectors, root, size, false);
  const b = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let total = 0;
    for (let i = 0; i < size; i++) total += (root[i * size + j] as number) * (deltas[i] ?? 0);
    b[j] = -total;
  }
  return success({ certain: -certain, b, l: values.map((value) => -value), root: { size, values: root } });
}

/** out = A·B, or Aᵀ·B. */
function product(a: Float64Array, b: Float64Array, out: Float64Array, size: number, transposed: boolean): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let total = 0;
      for (let k = 0; k < size; k++) {
        total += (transposed ? (a[k * size + i] as number) : (a[i * size + k] as number)) * (b[k * size + j] as number);
      }
      out[i * size + j] = total;
    }
  }
}

/**
 * Exact VaR and ES of a delta-gamma (or delta-gamma-vega) book under normal factors, with the normal and Cornish-Fisher figures beside them.
 *
 *     P(L > VaR) = p,   ES = VaR + E[(L − VaR)⁺]/p
 *
 * @param exposure   deltas, gammas, covariance, certain P&L
 * @param confidence c; in (0, 1)
 * @returns currency; or a Failure when the covariance is not positive semidefinite
 * @throws DomainError if the sizes differ or c is outside its bound
 * @source C. Rouvinez, Going Greek with VaR, Risk 10 (1997) 57–65
 */
export function deltaGammaTail(exposure: QuadraticExposure, confidence: number): Result<DeltaGammaTail> {
  const moments = quadraticMoments(exposure);
  if (!moments.ok) return moments;
  const exact = exactTail(exposure, moments.value, confidence);
  if (!exact.ok) return exact;
  const { mean, deviation } = moments.value;
  const z = normalQuantile(tailProbability(confidence));
  return success({
    ...{ confidence, moments: moments.value, ...exact.value },
    normalValueAtRisk: -(mean + z * deviation),
    cornishFisher: {
      valueAtRisk: -(mean + cornishFisherQuantile(z, moments.value) * deviation),
      monotone: isCornishFisherMonotone(moments.value),
    },
  });
}

interface ExactTail {
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
}

function exactTail(exposure: QuadraticExposure, moments: QuadraticMoments, confidence: number): Result<ExactTail> {
  const p = tailProbability(confidence);
  if (!(p > 0 && p < 1)) throw new DomainError("confidence must be inside (0, 1)", confidence);
  const { mean, deviation } = moments;
  if (deviation === 0) return success({ valueAtRisk: -mean, expectedShortfall: -mean });
  const loss = diagonalLoss(exposure);
  if (!loss.ok) return loss;
  // In units of the deviation all numbers are near 1.
  const form = { b: loss.value.b.map((entry) => entry / deviation), l: loss.value.l.map((entry) => entry / deviation) };
  const centre = (-mean - loss.value.certain) / deviation;
  // Cantelli's inequality holds for any distribution.
  const bracket = [centre - Math.sqrt(p / (1 - p)), centre + Math.sqrt((1 - p) / p)] as const;
  const threshold = bracketedRoot(
    (x) => {
      const { probability, density } = quadraticUpperTail(form, x);
      if (!(probability > 0)) return [Number.POSITIVE_INFINITY, 1];
      return [Math.log(p / probability), density / probability];
    },
    Math.min(centre - normalQuantile(p), bracket[1]),
    bracket,
    1e-13,
  );
  const { excess } = quadraticUpperTail(form, threshold);
  const valueAtRisk = threshold * deviation + loss.value.certain;
  return success({ valueAtRisk, expectedShortfall: valueAtRisk + (excess / p) * deviation });
}

/** Exposure of one part of a book to the factors of the book. */
export interface QuadraticPart {
  readonly name: string;
  readonly deltas: Float64Array;
  readonly gammas: SquareMatrix;
  readonly certain?: number;
}

/** Step of the quantity of a part, as a share of it. */
const quantityStep = 1e-4;

/**
 * Euler components of the exact delta-gamma VaR and ES: derivative with respect to the quantity of each part, by central differences.
 *
 *     C_i = ∂R/∂q_i·q_i ≈ (R(book + h·part) − R(book − h·part)) / 2h,   h = 1e-4
 *
 * @param parts      exposures that sum to the book
 * @param factors    names
 * @param covariance S
 * @param confidence c; in (0, 1)
 * @returns components; their sum differs from the measure by the error of the differences, about 1e-7 of it; or a Failure as `deltaGammaTail`
 * @throws DomainError if the sizes differ or c is outside its bound
 */
export function deltaGammaComponents(
  parts: readonly QuadraticPart[],
  factors: readonly string[],
  covariance: SquareMatrix,
  confidence: number,
): Result<{ readonly valueAtRisk: Allocation; readonly expectedShortfall: Allocation }> {
  const { size } = covariance;
  const measured = (quantities: Float64Array): Result<ExactTail> => {
    const deltas = new Float64Array(size);
    const gammas = new Float64Array(size * size);
    let certain = 0;
    for (const [part, { deltas: d, gammas: g, certain: c = 0 }] of parts.entries()) {
      const quantity = quantities[part] as number;
      for (let i = 0; i < size; i++) deltas[i] = (deltas[i] as number) + quantity * (d[i] as number);
      for (let i = 0; i < gammas.length; i++) gammas[i] = (gammas[i] as number) + quantity * (g.values[i] as number);
      certain += quantity * c;
    }
    const exposure = { factors, deltas, gammas: { size, values: gammas }, covariance, certain };
    const moments = quadraticMoments(exposure);
    return moments.ok ? exactTail(exposure, moments.value, confidence) : moments;
  };
  const ones = new Float64Array(parts.length).fill(1);
  const book = measured(ones);
  if (!book.ok) return book;
  const components = { valueAtRisk: new Float64Array(parts.length), expectedShortfall: new Float64Array(parts.length) };
  for (let part = 0; part < parts.length; part++) {
    const bumped = (step: number): Result<ExactTail> =>
      measured(ones.map((one, at) => (at === part ? one + step : one)));
    const more = bumped(quantityStep);
    if (!more.ok) return more;
    const less = bumped(-quantityStep);
    if (!less.ok) return less;
    for (const measure of ["valueAtRisk", "expectedShortfall"] as const) {
      components[measure][part] = (more.value[measure] - less.value[measure]) / (2 * quantityStep);
    }
  }
  const names = parts.map(({ name }) => name);
  return success({
    valueAtRisk: allocation(names, components.valueAtRisk, book.value.valueAtRisk),
    expectedShortfall: allocation(names, components.expectedShortfall, book.value.expectedShortfall),
  });
}
