import { DomainError } from "../base/index.ts";
import { chiSquareQuantile, chiSquareUpperTail } from "../measure/index.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/** A column whose part outside the earlier ones is smaller than this share of it adds nothing but rounding. */
const leastShare = 1e-9;

/**
 * Dynamic quantile test: can exceptions be told from earlier ones and from the forecast?
 *
 *     y_t = I_t − p,   X_t = [1, y_{t−1} … y_{t−K}, forecast_t],   DQ = b′X′X b / (p (1 − p))  ~  χ² with rank(X) degrees of freedom
 *
 * b′X′Xb is the squared length of y in the span of X: columns are made orthogonal one after another, and one that is a
 * combination of those before it is left out and named.
 *
 * @param hits I, 1 or 0, in time order
 * @param forecasts forecast value at risk, or the margin, of each row; same length
 * @param p probability of an exception, 0 < p < 1
 * @param lags K, whole number ≥ 1
 * @throws DomainError when the lengths differ
 * @source R. Engle, S. Manganelli, CAViaR, J. Business and Economic Statistics 22 (2004) 367–381
 */
export function dynamicQuantile(
  hits: readonly number[],
  forecasts: readonly number[],
  p: number,
  lags = 4,
  level = 0.05,
): TestOutcome {
  if (hits.length !== forecasts.length) throw new DomainError("hits and forecasts must have one length", hits.length);
  const rows = hits.length - lags;
  const named = {
    id: "dynamic-quantile",
    title: "Dynamic quantile (Engle-Manganelli)",
    distribution: "chi-square",
    level,
    sampleSize: Math.max(0, rows),
  };
  if (rows <= lags + 2)
    return notTestable(named, `${hits.length} rows: ${2 * lags + 3} are needed for ${lags} lags and the forecast`);
  const excess = hits.map((hit) => hit - p);
  const columns: (readonly [name: string, values: readonly number[]])[] = [
    ["constant", Array.from({ length: rows }, () => 1)],
    ...Array.from(
      { length: lags },
      (_, at) => [`exception ${at + 1} rows before`, excess.slice(lags - 1 - at, -1 - at)] as const,
    ),
    ["forecast", forecasts.slice(lags)],
  ];
  const { squaredLength, rank, dropped } = projection(excess.slice(lags), columns);
  const statistic = squaredLength / (p * (1 - p));
  const outcome = {
    ...named,
    distribution: `chi-square, ${rank} degrees of freedom`,
    figures: { degreesOfFreedom: rank },
    remarks: dropped.map((name) => `regressor left out, a combination of the others: ${name}`),
  };
  return tested(outcome, statistic, chiSquareQuantile(1 - level, rank), chiSquareUpperTail(statistic, rank));
}

interface Projection {
  readonly squaredLength: number;
  readonly rank: number;
  readonly dropped: readonly string[];
}

/** Squared length of `y` in the span of the columns, by Gram-Schmidt applied twice. */
function projection(y: readonly number[], columns: readonly (readonly [string, readonly number[]])[]): Projection {
  const basis: number[][] = [];
  const dropped: string[] = [];
  let squaredLength = 0;
  for (const [name, values] of columns) {
    const own = [...values];
    const length = Math.sqrt(dot(own, own));
    // the second pass takes out what rounding left of the first
    for (const direction of [...basis, ...basis]) {
      const along = dot(own, direction);
      for (let row = 0; row < own.length; row += 1) own[row] = (own[row] ?? 0) - along * (direction[row] ?? 0);
    }
    const rest = Math.sqrt(dot(own, own));
    if (!(rest > leastShare * length)) {
      dropped.push(name);
      continue;
    }
    const unit = own.map((value) => value / rest);
    basis.push(unit);
    squaredLength += dot(y, unit) ** 2;
  }
  return { squaredLength, rank: basis.length, dropped };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (let row = 0; row < a.length; row += 1) total += (a[row] ?? 0) * (b[row] ?? 0);
  return total;
}
