import { DomainError } from "../base/index.ts";

/** Two neighbouring order statistics, counted from 1 upward from the least, and the share of the upper one. */
export interface QuantilePosition {
  readonly lower: number;
  readonly upper: number;
  readonly upperShare: number;
}

/** Hyndman and Fan's m of the position n·q + m, for the types that interpolate. */
const offsets: Readonly<Record<number, (q: number) => number>> = {
  4: () => 0,
  5: () => 0.5,
  6: (q) => q,
  7: (q) => 1 - q,
  8: (q) => (q + 1) / 3,
  9: (q) => q / 4 + 3 / 8,
};

/**
 * Where a quantile lies among n values in ascending order, by Hyndman and Fan's types 1 to 9.
 *
 *     t = n·q + m,  j = ⌊t⌋,  g = t − j,  Q = (1−g)·y_j + g·y_{j+1},  indices held to [1, n]
 *
 * @param n    number of values; ≥ 1
 * @param q    probability; in [0, 1]
 * @param type 1 to 9; 7 is the default of R, NumPy and spreadsheets
 * @param nq   n·q where it is known better than by the product
 * @returns positions from 1 to n, and the share of the upper; in [0, 1]
 * @throws DomainError if n, q or the type is outside its bound
 * @source R. Hyndman, Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996) 361–365
 */
export function quantilePosition(n: number, q: number, type: number, nq = n * q): QuantilePosition {
  if (!(n >= 1)) throw new DomainError("a quantile needs at least one value", n);
  if (!(q >= 0 && q <= 1)) throw new DomainError("probability of a quantile must be from 0 to 1", q);
  const m = type <= 3 ? (type === 3 ? -0.5 : 0) : offsets[type]?.(q);
  if (m === undefined || !Number.isInteger(type) || type < 1) throw new DomainError("quantile type is 1 to 9", type);
  const exact = nq + m;
  const t = Math.abs(exact - Math.round(exact)) < 1e-9 ? Math.round(exact) : exact;
  const j = Math.floor(t);
  const held = (index: number): number => Math.min(n, Math.max(1, index));
  return { lower: held(j), upper: held(j + 1), upperShare: share(type, t, j) };
}

function share(type: number, t: number, j: number): number {
  if (type > 3) return t - j;
  if (t > j) return 1;
  if (type === 1) return 0;
  if (type === 2) return 0.5;
  return j % 2 === 0 ? 0 : 1;
}

/**
 * Quantile of values in ascending order.
 *
 * @param ascending y₁ ≤ … ≤ y_n; at least one, finite
 * @param q         probability; in [0, 1]
 * @param type      Hyndman and Fan's type, 1 to 9; 7 when absent
 * @returns unit of the values
 * @throws DomainError as `quantilePosition`
 */
export function quantile(ascending: ArrayLike<number>, q: number, type = 7): number {
  const { lower, upper, upperShare } = quantilePosition(ascending.length, q, type);
  const low = ascending[lower - 1] ?? 0;
  const high = ascending[upper - 1] ?? 0;
  return upperShare === 0 ? low : upperShare === 1 ? high : (1 - upperShare) * low + upperShare * high;
}
