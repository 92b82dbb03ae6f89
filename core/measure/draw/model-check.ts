import { matrixOfRows } from "../matrix/matrix.ts";
import type { FactorModel, Marginal, MatrixRows } from "./model.ts";

/**
 * What is wrong with a model, in words. Correlations are checked where they are used.
 *
 * @param model any
 * @returns the first thing wrong, with what was found and what is expected; undefined for a model that can be drawn from
 */
export function wrongModel(model: FactorModel): string | undefined {
  const count = model.factors.length;
  if (count === 0) return "the model has no factors; expected at least one";
  const wrongLength = (name: string, list: ArrayLike<unknown>): string | undefined =>
    list.length === count ? undefined : `${name}: found ${list.length}; expected one for each of ${count} factors`;
  const wrongList = (
    name: string,
    list: readonly number[],
    expected: string,
    isRight: (value: number) => boolean,
  ): string | undefined => {
    const at = list.findIndex((value) => !(Number.isFinite(value) && isRight(value)));
    return (
      wrongLength(name, list) ??
      (at < 0 ? undefined : `${name} of ${model.factors[at]} is ${list[at]}; expected ${expected}`)
    );
  };
  const any = (): boolean => true;
  const notNegative = (value: number): boolean => value >= 0;
  switch (model.kind) {
    case "gaussian":
    case "multivariate-t":
      return (
        wrongRows("covariance", model.covariance, count) ??
        wrongList("variance", diagonal(model.covariance), "a number of at least 0", notNegative) ??
        (model.means === undefined ? undefined : wrongList("mean", model.means, "a number", any)) ??
        (model.kind === "multivariate-t" ? wrongDegrees(model.degrees) : undefined)
      );
    case "gaussian-copula":
    case "t-copula":
      return (
        wrongRows("correlation", model.correlation, count) ??
        wrongLength("marginals", model.marginals) ??
        model.marginals.map((marginal, i) => wrongMarginal(model.factors[i] ?? "", marginal)).find(isText) ??
        (model.kind === "t-copula" ? wrongCopulaDegrees(model.degrees) : undefined)
      );
    case "merton": {
      const { jumps } = model;
      const intensities = jumps.kind === "common" ? model.factors.map(() => jumps.intensity) : jumps.intensities;
      return (
        (model.years > 0 && Number.isFinite(model.years)
          ? undefined
          : `the horizon is ${model.years} years; expected more than 0`) ??
        wrongRows("correlation", model.correlation, count) ??
        wrongList("drift", model.drifts, "a number", any) ??
        wrongList("volatility", model.volatilities, "a number of at least 0", notNegative) ??
        wrongList("jump intensity", intensities, "from 0 to 500 jumps in the horizon", (value) => {
          return value >= 0 && value * model.years <= 500;
        }) ??
        wrongList("mean jump", jumps.means, "a number", any) ??
        wrongList("deviation of jumps", jumps.deviations, "a number of at least 0", notNegative) ??
        (jumps.kind === "common" ? wrongRows("jump correlation", jumps.correlation, count) : undefined)
      );
    }
    case "filtered-paths": {
      const { innovations, steps, recursions } = model;
      return (
        (Number.isInteger(steps) && steps >= 1
          ? undefined
          : `the paths have ${steps} steps; expected a whole number`) ??
        wrongLength("changes", model.changes) ??
        wrongLength("recursions", recursions) ??
        wrongList(
          "variance",
          recursions.map((r) => r.nextVariance),
          "a number of at least 0",
          notNegative,
        ) ??
        wrongList(
          "ω",
          recursions.map((r) => r.omega),
          "a number of at least 0",
          notNegative,
        ) ??
        wrongList(
          "α",
          recursions.map((r) => r.alpha),
          "a number of at least 0",
          notNegative,
        ) ??
        wrongList(
          "β",
          recursions.map((r) => r.beta),
          "a number of at least 0",
          notNegative,
        ) ??
        wrongList(
          "mean",
          recursions.map((r) => r.mean ?? 0),
          "a number",
          any,
        ) ??
        (innovations.kind === "gaussian"
          ? wrongRows("correlation", innovations.correlation, count)
          : wrongResiduals(model.factors, innovations.values))
      );
    }
  }
}

function wrongRows(name: string, rows: MatrixRows, count: number): string | undefined {
  if (rows.length !== count) return `the ${name} has ${rows.length} rows; expected one for each of ${count} factors`;
  const matrix = matrixOfRows(rows);
  return matrix.ok ? undefined : `${name}: ${matrix.failure.message}`;
}

const isText = (value: string | undefined): value is string => value !== undefined;

function diagonal(rows: MatrixRows): number[] {
  return rows.map((row, i) => row[i] ?? Number.NaN);
}

function wrongDegrees(degrees: number): string | undefined {
  if (degrees > 2 && Number.isFinite(degrees)) return undefined;
  return `degrees of freedom: found ${degrees}; expected more than 2, for a finite variance`;
}

function wrongCopulaDegrees(degrees: number): string | undefined {
  if (degrees >= 1 && Number.isFinite(degrees)) return undefined;
  return `degrees of freedom of the copula: found ${degrees}; expected at least 1`;
}

function wrongMarginal(factor: string, marginal: Marginal): string | undefined {
  if (marginal.kind === "empirical") {
    const { values, scale = 1 } = marginal;
    if (values.length < 2)
      return `the empirical marginal of ${factor} has ${values.length} values; expected at least 2`;
    const at = Array.prototype.findIndex.call(values, (value: number) => !Number.isFinite(value));
    if (at >= 0) return `value ${at + 1} of ${factor} is ${values[at]}; expected a finite number`;
    return scale >= 0 && Number.isFinite(scale) ? undefined : `the scale of ${factor} is ${scale}; expected at least 0`;
  }
  const { mean, deviation } = marginal;
  if (!Number.isFinite(mean)) return `the mean of ${factor} is ${mean}; expected a finite number`;
  if (!(deviation >= 0 && Number.isFinite(deviation))) {
    return `the deviation of ${factor} is ${deviation}; expected at least 0`;
  }
  return marginal.kind === "student-t" ? wrongDegrees(marginal.degrees) : undefined;
}

function wrongResiduals(factors: readonly string[], values: ArrayLike<number>): string | undefined {
  const days = values.length / factors.length;
  if (!Number.isInteger(days) || days < 1) {
    return `residuals: found ${values.length}; expected a whole number of days of ${factors.length} factors`;
  }
  const at = Array.prototype.findIndex.call(values, (value: number) => !Number.isFinite(value));
  if (at < 0) return undefined;
  const where = `residual ${Math.floor(at / factors.length) + 1} of ${factors[at % factors.length]}`;
  return `${where} is ${values[at]}; expected a finite number`;
}
