import { failed, type Result, success, sum } from "../../base/index.ts";
import { type GarchParameters, garchLikelihood } from "./garch-likelihood.ts";
import { type Minimum, minimise } from "./minimise.ts";
import { inverseOf } from "./small-inverse.ts";

/** Observations below which no fit is tried. */
export const leastGarchObservations = 250;

/** A maximum-likelihood fit of GARCH(1,1). */
export interface GarchFit {
  readonly parameters: GarchParameters;
  readonly logLikelihood: number;
  /** Standard errors of the parameters; absent where the likelihood is too flat for one. */
  readonly standardErrors?: GarchErrors;
  /** α + β. */
  readonly persistence: number;
  /** n + 1 variance forecasts: entry i is made before return i (from 0), the last is for tomorrow; squared unit of the returns. */
  readonly variances: Float64Array;
  readonly observations: number;
  readonly iterations: number;
}

/** Standard errors, unit of each parameter. */
export interface GarchErrors {
  /** √diag H⁻¹: the innovations are normal. */
  readonly hessian: GarchParameters;
  /** √diag H⁻¹·O·H⁻¹: any innovations of variance 1. */
  readonly robust: GarchParameters;
}

/** Shares of a bound at which a fit counts as standing on it. */
const nearBound = 1e-5;

/** First guesses of α + β and α/(α + β). */
const starts = [
  [0.97, 0.07],
  [0.9, 0.15],
  [0.7, 0.3],
  [0.995, 0.03],
] as const;

/**
 * GARCH(1,1) with a constant mean by maximum likelihood.
 *
 * Returns are scaled to unit variance for the search and the figures brought back. The search runs over unbounded coordinates (ln ω, log-odds
 * of α + β and of α's share) from four fixed guesses, and the best end counts.
 *
 * @param returns oldest first, any unit; finite
 * @returns the fit in the unit of the returns; or a Failure `not-applicable` that says why no fit can be used: fewer than 250 observations, returns
 *   that do not vary, no convergence, or a parameter at its bound. `invalid-input` for a return that is not finite
 * @source as `garchLikelihood`; robust errors: T. Bollerslev, J. Wooldridge, Quasi-maximum likelihood estimation, Econometric Reviews 11
 *   (1992) 143–172
 */
export function fitGarch(returns: Float64Array): Result<GarchFit> {
  const observations = returns.length;
  const bad = returns.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return failed("invalid-input", `return ${bad + 1} is ${returns[bad]}; expected a finite number`);
  if (observations < leastGarchObservations) {
    const found = `found ${observations}`;
    return failed("not-applicable", `a GARCH fit needs at least ${leastGarchObservations} observations; ${found}`);
  }
  const centre = sum(returns) / observations;
  const scale = Math.sqrt(sum(returns.map((value) => (value - centre) ** 2)) / observations);
  if (!(scale > 0)) return failed("not-applicable", "returns that do not vary have no GARCH fit");
  const scaled = returns.map((value) => value / scale);
  const best = bestEnd(scaled, centre / scale);
  const own = parametersOf(best.at);
  const wrong = unusable(best, own);
  if (wrong !== undefined) return failed("not-applicable", wrong);
  const errors = errorsOf(scaled, own);
  const parameters = inUnit(own, scale);
  return success({
    parameters,
    logLikelihood: -best.value - observations * Math.log(scale),
    ...(errors === undefined
      ? {}
      : { standardErrors: { hessian: inUnit(errors.hessian, scale), robust: inUnit(errors.robust, scale) } }),
    persistence: own.alpha + own.beta,
    variances: garchLikelihood(returns, parameters).variances,
    observations,
    iterations: best.iterations,
  });
}

function inUnit({ mean, omega, alpha, beta }: GarchParameters, scale: number): GarchParameters {
  return { mean: mean * scale, omega: omega * scale * scale, alpha, beta };
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const logOdds = (p: number): number => Math.log(p / (1 - p));

/** Coordinates: μ, ln ω, log-odds of α + β, log-odds of α/(α + β). */
function parametersOf(at: Float64Array): GarchParameters {
  const [mean = 0, logOmega = 0, persistenceOdds = 0, shareOdds = 0] = at;
  const [persistence, share] = [logistic(persistenceOdds), logistic(shareOdds)];
  return { mean, omega: Math.exp(logOmega), alpha: persistence * share, beta: persistence * (1 - share) };
}

function bestEnd(scaled: Float64Array, mean: number): Minimum {
  const ends = starts.map(([persistence, share]) =>
    minimise(
      (at) => {
        const parameters = parametersOf(at);
        const { negativeLog, gradient } = garchLikelihood(scaled, parameters);
        const { omega, alpha, beta } = parameters;
        const [total, part] = [alpha + beta, alpha / (alpha + beta)];
        const [inMean = 0, inOmega = 0, inAlpha = 0, inBeta = 0] = gradient;
        const alongTotal = total * (1 - total) * (part * inAlpha + (1 - part) * inBeta);
        const alongShare = total * part * (1 - part) * (inAlpha - inBeta);
        return { value: negativeLog, gradient: Float64Array.of(inMean, omega * inOmega, alongTotal, alongShare) };
      },
      Float64Array.of(mean, Math.log(1 - persistence), logOdds(persistence), logOdds(share)),
      1e-6,
    ),
  );
  return ends.reduce((best, end) => (end.value < best.value - 1e-9 ? end : best));
}

function unusable(best: Minimum, { omega, alpha, beta }: GarchParameters): string | undefined {
  if (alpha < nearBound) return `the GARCH fit ends at its bound α = 0 (${alpha})`;
  if (beta < nearBound) return `the GARCH fit ends at its bound β = 0 (${beta})`;
  if (1 - alpha - beta < nearBound) return `the GARCH fit ends at its bound α + β = 1 (${alpha + beta})`;
  if (omega < nearBound * nearBound) return `the GARCH fit ends at its bound ω = 0 (${omega} of the variance)`;
  if (!best.converged) return `the GARCH fit did not converge in ${best.iterations} iterations`;
  return undefined;
}

/** H by central differences of the exact slope, O the outer products of the slopes. */
function errorsOf(scaled: Float64Array, parameters: GarchParameters): GarchErrors | undefined {
  const names = ["mean", "omega", "alpha", "beta"] as const;
  const hessian = new Float64Array(16);
  for (const [row, name] of names.entries()) {
    const step = 1e-5 * Math.max(Math.abs(parameters[name]), 1e-2);
    const up = garchLikelihood(scaled, { ...parameters, [name]: parameters[name] + step }).gradient;
    const down = garchLikelihood(scaled, { ...parameters, [name]: parameters[name] - step }).gradient;
    for (let j = 0; j < 4; j++) hessian[row * 4 + j] = ((up[j] as number) - (down[j] as number)) / (2 * step);
  }
  const inverse = inverseOf(hessian, 4);
  if (inverse === undefined) return undefined;
  const { outer = new Float64Array(16) } = garchLikelihood(scaled, parameters, true);
  const sandwich = (k: number): number => {
    let total = 0;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        total += (inverse[k * 4 + i] as number) * (outer[i * 4 + j] as number) * (inverse[j * 4 + k] as number);
      }
    }
    return total;
  };
  const roots = (variance: (k: number) => number): GarchParameters | undefined => {
    const [mean = 0, omega = 0, alpha = 0, beta = 0] = [0, 1, 2, 3].map((k) => Math.sqrt(variance(k)));
    return [mean, omega, alpha, beta].every(Number.isFinite) ? { mean, omega, alpha, beta } : undefined;
  };
  const plain = roots((k) => inverse[k * 5] as number);
  const robust = roots(sandwich);
  return plain === undefined || robust === undefined ? undefined : { hessian: plain, robust };
}
