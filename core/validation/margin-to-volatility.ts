import { sum } from "../base/index.ts";
import type { MarginSeries } from "./margin-series.ts";

/** Line of ln margin on ln volatility. */
export interface MarginToVolatility {
  /** Per cent of margin for one per cent of volatility. */
  readonly slope: number;
  readonly intercept: number;
  readonly slopeStandardError: number;
  /** Share of the variance the line explains, 0 to 1. */
  readonly rSquared: number;
  readonly sampleSize: number;
}

/**
 * Realised volatility of a price before each row.
 *
 *     σ_t = √( mean of r² over the last n changes · changes a year ),   r = ln(P_t / P_{t−1})
 *
 * @param prices > 0, in time order
 * @param window n, changes, ≥ 1
 * @param rowsPerYear 365 for markets open every day, 252 for business days
 * @returns fraction per √year; undefined on the first n rows
 */
export function realisedVolatility(
  prices: readonly number[],
  window: number,
  rowsPerYear: number,
): readonly (number | undefined)[] {
  const squares = prices.map((price, row) => (row === 0 ? 0 : Math.log(price / (prices[row - 1] ?? price)) ** 2));
  return prices.map((_, row) =>
    row < window ? undefined : Math.sqrt((sum(squares.slice(row - window + 1, row + 1)) / window) * rowsPerYear),
  );
}

/**
 * How margin goes with volatility: least squares of ln IM on ln σ.
 *
 * @param series fixed portfolio
 * @param volatilities σ at the rows of the series; rows without one, or with a margin or volatility of 0, are left out
 * @returns undefined below three rows or when volatility does not vary
 */
export function marginToVolatility(
  { margins }: MarginSeries,
  volatilities: readonly (number | undefined)[],
): MarginToVolatility | undefined {
  const points = margins.flatMap((margin, row) => {
    const volatility = volatilities[row] ?? 0;
    return margin > 0 && volatility > 0 ? [[Math.log(volatility), Math.log(margin)] as const] : [];
  });
  const count = points.length;
  if (count < 3) return undefined;
  const [meanX, meanY] = [sum(points.map(([x]) => x)) / count, sum(points.map(([, y]) => y)) / count];
  const xx = sum(points.map(([x]) => (x - meanX) ** 2));
  const yy = sum(points.map(([, y]) => (y - meanY) ** 2));
  const xy = sum(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  if (!(xx > 1e-20)) return undefined;
  const slope = xy / xx;
  const rest = Math.max(0, yy - slope * xy);
  return {
    ...{ slope, intercept: meanY - slope * meanX, sampleSize: count },
    slopeStandardError: Math.sqrt(rest / (count - 2) / xx),
    rSquared: yy > 0 ? Math.min(1, (slope * xy) / yy) : 1,
  };
}
