import { failed, type Result, success } from "../../../base/index.ts";
import { deviationsAndCorrelation, type FactorModel, type Marginal, rowsOfMatrix } from "../../../measure/index.ts";
import type { Changes } from "./changes.ts";
import { covarianceOfWindow } from "./covariance-of-window.ts";
import { forecastVariances } from "./forecast-variances.ts";
import { scaledSeries } from "./scaled-changes.ts";
import type { FilterRules, MonteCarloRules } from "./simulation-rules.ts";

const daysPerYear = 365;

/**
 * The joint distribution of factor changes over the horizon, fitted to a window of daily changes.
 *
 *     normal, t   covariance by EWMA × h;   copulas   each factor's changes at today's volatility × √h
 *     jumps       EWMA volatility and correlation, jumps of prices in common;   filtered paths   h steps of the filter
 *
 * @returns the model; a failure of the covariance or of a filter
 */
export function factorModel(changes: Changes, simulation: MonteCarloRules, horizonDays: number): Result<FactorModel> {
  const factors = [...changes.byFactor.keys()];
  const { degrees, decay, jumps } = simulation;
  const covariance = covarianceOfWindow(changes, simulation);
  if (!covariance.ok) return covariance;
  const { deviations, correlation } = deviationsAndCorrelation(covariance.value);
  const overHorizon = rowsOfMatrix({
    ...covariance.value,
    values: covariance.value.values.map((value) => value * horizonDays),
  });
  const filter: FilterRules = { kind: "ewma", level: "factor", decay, share: 1, least: 0, most: 100 };
  switch (simulation.model) {
    case "normal":
      return success({ kind: "gaussian", factors, covariance: overHorizon });
    case "t":
      return success({ kind: "multivariate-t", factors, covariance: overHorizon, degrees });
    case "jumps": {
      const isPrice = factors.map((factor) => factor.startsWith("price:"));
      return success({
        kind: "merton",
        factors,
        years: horizonDays / daysPerYear,
        drifts: factors.map(() => 0),
        volatilities: Array.from(deviations, (deviation) => deviation * Math.sqrt(daysPerYear)),
        correlation: rowsOfMatrix(correlation),
        jumps: {
          kind: "common",
          intensity: jumps.intensity,
          means: isPrice.map((price) => (price ? jumps.mean : 0)),
          deviations: isPrice.map((price) => (price ? jumps.deviation : 0)),
          correlation: isPrice.map((_, i) => isPrice.map((__, j) => (i === j ? 1 : 0))),
        },
      });
    }
    case "normal-copula":
    case "t-copula": {
      const marginals: Marginal[] = [];
      for (const factor of factors) {
        const scaled = scaledSeries(changes.byFactor.get(factor) ?? new Float64Array(), filter);
        if (!scaled.ok) return failed(scaled.failure.reason, `${factor}: ${scaled.failure.message}`, factor);
        marginals.push({ kind: "empirical", values: scaled.value.values, scale: Math.sqrt(horizonDays) });
      }
      const joined = { factors, correlation: rowsOfMatrix(correlation), marginals };
      return simulation.model === "t-copula"
        ? success({ kind: "t-copula", ...joined, degrees })
        : success({ kind: "gaussian-copula", ...joined });
    }
    case "filtered-paths":
      return filteredPaths(changes, factors, filter, horizonDays);
  }
}

/** Days drawn as a whole: each step one day's standardised changes of all factors, the filter updated on the way. */
function filteredPaths(
  changes: Changes,
  factors: readonly string[],
  filter: FilterRules,
  steps: number,
): Result<FactorModel> {
  const residuals = new Float64Array(changes.days.length * factors.length);
  const nextVariances: number[] = [];
  for (const [at, factor] of factors.entries()) {
    const values = changes.byFactor.get(factor) ?? new Float64Array();
    const forecast = forecastVariances(values, filter);
    if (!forecast.ok) return failed(forecast.failure.reason, `${factor}: ${forecast.failure.message}`, factor);
    const { variances } = forecast.value;
    values.forEach((value, day) => {
      const deviation = Math.sqrt(variances[day] ?? 0);
      residuals[day * factors.length + at] = deviation === 0 ? 0 : value / deviation;
    });
    nextVariances.push(variances[values.length] ?? 0);
  }
  return success({
    kind: "filtered-paths",
    factors,
    steps,
    changes: factors.map((factor) => changes.kindOf.get(factor) ?? "relative"),
    recursions: nextVariances.map((nextVariance) => ({
      omega: 0,
      alpha: 1 - filter.decay,
      beta: filter.decay,
      nextVariance,
    })),
    innovations: { kind: "residuals", values: residuals },
  });
}
