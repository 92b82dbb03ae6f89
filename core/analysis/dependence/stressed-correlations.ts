import {
  blendedCorrelation,
  type CorrelationTarget,
  covarianceOf,
  deviationsAndCorrelation,
  dot,
  factorCovariance,
  type SquareMatrix,
  symmetricEigen,
} from "../../measure/index.ts";
import type { FactorModel } from "../reverse-stress/factor-model.ts";

/** A correlation other than today's, under which a book is measured. */
export interface StressedCorrelation {
  readonly kind: "today" | "one-factor" | "clusters" | "independent" | "window" | "worst-days";
  readonly label: string;
  /** Share of the way to the target; absent for windows. */
  readonly share?: number;
  readonly correlation: SquareMatrix;
  /** 0 or more, to rounding. */
  readonly smallestEigenvalue: number;
}

/** A window of the history by its name. */
export interface NamedWindow {
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Signs of the factors on the first principal component of a correlation: how they move when all move as one. Volatilities that rise when
 * prices fall keep doing so.
 */
export function signsOfFirstComponent(correlation: SquareMatrix): readonly number[] {
  const { size } = correlation;
  const { vectors } = symmetricEigen(correlation);
  return Array.from({ length: size }, (_, i) => ((vectors[i * size] ?? 0) < 0 ? -1 : 1));
}

/**
 * Correlations between today's and all factors as one, the factors of each cluster as one, and all apart. Each target is a correlation, so each
 * blend is positive semidefinite by construction.
 *
 *     C′ = (1 − t)·C + t·J,   J = s·sᵀ;  I;  or sᵢsⱼ·corr(y_c(i), y_c(j)) with y_c = Σ over cluster c of sᵢxᵢ
 *
 * @param correlation C, today's
 * @param shares      t, of the way; 0 to 1 (0 is left out)
 * @param clusterOf   name of the cluster of each factor
 */
export function blends(
  correlation: SquareMatrix,
  shares: readonly number[],
  clusterOf: readonly string[],
): readonly StressedCorrelation[] {
  const oneFactor: CorrelationTarget = { kind: "one-factor", signs: signsOfFirstComponent(correlation) };
  const clustered = clusteredCorrelation(correlation, clusterOf);
  const families = [
    ["one-factor", "all factors as one", (share: number) => blendedCorrelation(correlation, share, oneFactor)] as const,
    ["clusters", "factors of a cluster as one", (share: number) => between(correlation, clustered, share)] as const,
    [
      ...(["independent", "all factors apart"] as const),
      (share: number) => blendedCorrelation(correlation, share, { kind: "independent" }),
    ] as const,
  ];
  return families.flatMap(([kind, words, blendAt]) =>
    shares
      .filter((share) => share > 0)
      .map((share) => {
        const blend = blendAt(share);
        return {
          ...{ kind, share, label: `${words}, ${Math.round(share * 100)} %`, correlation: blend },
          smallestEigenvalue: symmetricEigen(blend).values[blend.size - 1] ?? 1,
        };
      }),
  );
}

function between(one: SquareMatrix, other: SquareMatrix, share: number): SquareMatrix {
  return {
    size: one.size,
    values: one.values.map((entry, at) => (1 - share) * entry + share * (other.values[at] ?? 0)),
  };
}

/** Correlation when each factor moves as the signed sum of its cluster does. */
function clusteredCorrelation({ size, values }: SquareMatrix, clusterOf: readonly string[]): SquareMatrix {
  const names = [...new Set(clusterOf)];
  const signs = new Float64Array(size);
  for (const name of names) {
    const members = clusterOf.flatMap((cluster, at) => (cluster === name ? [at] : []));
    const own = members.flatMap((i) => members.map((j) => values[i * size + j] ?? 0));
    const ownSigns = signsOfFirstComponent({ size: members.length, values: Float64Array.from(own) });
    members.forEach((at, i) => {
      signs[at] = ownSigns[i] ?? 1;
    });
  }
  const covariance = (one: string, other: string): number => {
    let total = 0;
    for (let i = 0; i < size; i++) {
      if (clusterOf[i] !== one) continue;
      for (let j = 0; j < size; j++)
        if (clusterOf[j] === other) total += (signs[i] ?? 0) * (signs[j] ?? 0) * (values[i * size + j] ?? 0);
    }
    return total;
  };
  const scales = new Map(names.map((name) => [name, Math.sqrt(Math.max(covariance(name, name), Number.MIN_VALUE))]));
  const joint = new Map<string, number>();
  for (const one of names)
    for (const other of names) {
      const entry = covariance(one, other) / ((scales.get(one) ?? 1) * (scales.get(other) ?? 1));
      joint.set(`${one}/${other}`, one === other ? 1 : Math.min(1, Math.max(-1, entry)));
    }
  return {
    size,
    values: values.map((_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return (signs[i] ?? 0) * (signs[j] ?? 0) * (joint.get(`${clusterOf[i]}/${clusterOf[j]}`) ?? 0);
    }),
  };
}

/**
 * Correlation of the days of a window, or of those on which a book loses most, about zero. A sample correlation is positive semidefinite.
 *
 * @param model    with observed moves
 * @param chosen   places of the days
 * @param identity kind and label
 * @returns `undefined` when fewer than two days are chosen or a factor does not move in them
 */
export function correlationOfDays(
  { observed }: FactorModel,
  chosen: readonly number[],
  identity: Pick<StressedCorrelation, "kind" | "label">,
): StressedCorrelation | undefined {
  if (observed === undefined || chosen.length < 2) return undefined;
  const size = observed.factors.length;
  const values = Float64Array.from(
    chosen.flatMap((day) => [...observed.values.subarray(day * size, (day + 1) * size)]),
  );
  const covariance = factorCovariance({ factors: observed.factors, values }, { kind: "equal", mean: "zero" });
  if (!covariance.ok) return undefined;
  const { deviations, correlation } = deviationsAndCorrelation(covariance.value);
  if (deviations.some((deviation) => !(deviation > 0))) return undefined;
  return { ...identity, correlation, smallestEigenvalue: symmetricEigen(correlation).values[size - 1] ?? 1 };
}

/**
 * Places of the days on which the expansion of a book loses most; ties by date.
 *
 * @param deltas by factor, currency per unit of log move; gain > 0
 * @param gammas factors × factors, currency per squared log move
 * @param count  days asked for, ≥ 1
 * @returns places in the observed changes, at most `count`; none without observed changes
 */
export function worstDays(
  { observed }: FactorModel,
  { deltas, gammas }: { readonly deltas: Float64Array; readonly gammas: SquareMatrix },
  count: number,
): readonly number[] {
  if (observed === undefined) return [];
  const size = observed.factors.length;
  const profits = observed.toMs.map((_, day) => {
    const move = observed.values.subarray(day * size, (day + 1) * size);
    let bent = 0;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) bent += 0.5 * (gammas.values[i * size + j] ?? 0) * (move[i] ?? 0) * (move[j] ?? 0);
    return dot(deltas, move) + bent;
  });
  return profits
    .map((_, day) => day)
    .sort((a, b) => (profits[a] ?? 0) - (profits[b] ?? 0) || a - b)
    .slice(0, count);
}

/** Today's deviations with another correlation. */
export function restressed({ factors }: FactorModel, correlation: SquareMatrix): SquareMatrix {
  return covarianceOf(
    Float64Array.from(factors, ({ deviation }) => deviation),
    correlation,
  );
}
