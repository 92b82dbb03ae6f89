import { chiSquareQuantile, chiSquareUpperTail } from "../measure/index.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/**
 * Ljung-Box test of the hits: are they correlated with earlier ones?
 *
 *     Q = T (T + 2) Σ_k r_k² / (T − k)  ~  χ²_m,   k = 1 … m
 *
 * @param hits 1 or 0, in time order
 * @param lags m, whole number ≥ 1
 * @returns not testable when all hits are equal or the sample is not longer than the lags
 * @source G. Ljung, G. Box, On a measure of lack of fit in time series models, Biometrika 65 (1978) 297–303
 */
export function ljungBox(hits: readonly number[], lags = 5, level = 0.05): TestOutcome {
  const count = hits.length;
  const named = {
    id: "ljung-box",
    title: "Ljung-Box of exceptions",
    distribution: `chi-square, ${lags} degrees of freedom`,
    level,
    sampleSize: count,
  };
  if (count <= lags + 1) return notTestable(named, `${count} rows: more than ${lags + 1} are needed for ${lags} lags`);
  const mean = hits.reduce((total, hit) => total + hit, 0) / count;
  const excess = hits.map((hit) => hit - mean);
  const variance = excess.reduce((total, value) => total + value * value, 0);
  if (variance === 0) return notTestable(named, "all rows are alike: there is no correlation to test");
  let statistic = 0;
  for (let lag = 1; lag <= lags; lag += 1) {
    let covariance = 0;
    for (let t = lag; t < count; t += 1) covariance += (excess[t] ?? 0) * (excess[t - lag] ?? 0);
    statistic += (covariance / variance) ** 2 / (count - lag);
  }
  statistic *= count * (count + 2);
  return tested(named, statistic, chiSquareQuantile(1 - level, lags), chiSquareUpperTail(statistic, lags));
}
