import { DomainError, failed, type Result, success } from "../base/index.ts";

/** How far past returns are brought to today's volatility. The defaults scale in full. */
export interface VolatilityScaling {
  /** θ: 1 in full, 0.5 half-scaling, 0 none; in [0, 1]. */
  readonly theta?: number;
  /** Least multiplier, e.g. 0.7. */
  readonly least?: number;
  /** Greatest multiplier, e.g. 2. */
  readonly most?: number;
  /** Today's volatility is taken to be at least this: a long-run or percentile volatility; unit of the returns. */
  readonly volatilityFloor?: number;
  /** Returns left out at the start: the burn-in of the filter. */
  readonly discard?: number;
}

/** A series brought to today's volatility. */
export interface ScaledSeries {
  /** Oldest first, without the discarded. */
  readonly values: Float64Array;
  /** One a value. */
  readonly multipliers: Float64Array;
  /** Today's forecast after the floor; unit of the series. */
  readonly currentVolatility: number;
  /** Index, in the series given, of the first value kept. */
  readonly from: number;
}

/**
 * A series of returns, or of P&L of a fixed book, brought to today's volatility: Hull and White's scaling of a factor, or filtered historical
 * simulation of a portfolio. Several factors are scaled each by its own filter and then taken together, day by day.
 *
 *     r*_i = r_i·clamp(θ·s_{n+1}/s_i + (1−θ), least, most),   s_{n+1} ≥ floor
 *
 * @param series    r, oldest first; finite
 * @param variances n + 1 forecasts of a filter, as `ewmaVariance` gives them
 * @param scaling   θ, bounds, floor, burn-in
 * @returns scaled values and their multipliers; or a Failure: nothing left after the burn-in, a forecast of zero that today's is not
 * @throws DomainError if a length or a parameter is outside its bound
 * @source J. Hull, A. White, Incorporating volatility updating into the historical simulation method for VaR, J. Risk 1 (1998) 5–19
 */
export function scaledToCurrent(
  series: Float64Array,
  variances: Float64Array,
  scaling: VolatilityScaling = {},
): Result<ScaledSeries> {
  const { theta = 1, least = 0, most = Number.POSITIVE_INFINITY, volatilityFloor = 0, discard = 0 } = scaling;
  if (variances.length !== series.length + 1) throw new DomainError("n + 1 forecasts are expected", variances.length);
  if (!(theta >= 0 && theta <= 1)) throw new DomainError("θ must be from 0 to 1", theta);
  if (!(least >= 0 && least <= most)) throw new DomainError("least multiplier must be from 0 to the greatest", least);
  if (!(volatilityFloor >= 0)) throw new DomainError("volatility floor must be ≥ 0", volatilityFloor);
  if (!(Number.isInteger(discard) && discard >= 0)) throw new DomainError("burn-in must be a whole number", discard);
  if (series.length <= discard) {
    return failed(
      "missing-data",
      `a burn-in of ${discard} leaves none of ${series.length} returns; at least ${discard + 1} needed`,
    );
  }
  const currentVolatility = Math.max(Math.sqrt(variances[series.length] ?? 0), volatilityFloor);
  const multipliers = new Float64Array(series.length - discard);
  for (let i = discard; i < series.length; i += 1) {
    const past = Math.sqrt(variances[i] ?? 0);
    const ratio = past === currentVolatility ? 1 : currentVolatility / past;
    const multiplier = Math.min(most, Math.max(least, theta === 0 ? 1 : theta * ratio + (1 - theta)));
    if (!Number.isFinite(multiplier)) {
      return failed("invalid-input", `volatility forecast of return ${i + 1} is 0: no multiplier; give a greatest one`);
    }
    multipliers[i - discard] = multiplier;
  }
  const values = multipliers.map((multiplier, index) => multiplier * (series[index + discard] ?? 0));
  return success({ values, multipliers, currentVolatility, from: discard });
}
