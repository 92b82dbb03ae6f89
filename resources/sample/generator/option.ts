import { normalCdf, normalPdf } from "../../../core/base/normal.ts";
import { dayName, forwardOf, markVolatilityPercent, rounded, type Underlying, yearsTo } from "./underlying.ts";

/** One listed option with its mark and the venue's greeks, per unit of underlying. */
export interface ListedOption {
  readonly name: string;
  readonly expiryMs: number;
  readonly strike: number;
  readonly isCall: boolean;
  readonly forward: number;
  readonly forwardName: string;
  readonly volatilityPercent: number;
  /** Coin, rounded as printed. */
  readonly mark: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
}

/** Black-76 of the printed volatility, divided by the forward: reference data-formats, "How mark_price is formed". */
export function listedOption(underlying: Underlying, expiryMs: number, strike: number, isCall: boolean): ListedOption {
  const { value: forward, name: forwardName } = forwardOf(underlying, expiryMs);
  const volatilityPercent = markVolatilityPercent(underlying, expiryMs, forward, strike);
  const years = yearsTo(expiryMs);
  const sigma = volatilityPercent / 100;
  const width = sigma * Math.sqrt(years);
  const d1 = Math.log(forward / strike) / width + width / 2;
  const density = normalPdf(d1);
  const mark = rounded(blackUsd(forward, strike, width, isCall) / forward, underlying.decimals);
  return {
    name: `${underlying.currency}-${dayName(expiryMs)}-${strike}-${isCall ? "C" : "P"}`,
    expiryMs,
    strike,
    isCall,
    forward,
    forwardName,
    volatilityPercent,
    mark,
    delta: normalCdf(d1) - (isCall ? 0 : 1),
    gamma: density / (forward * width),
    vega: (forward * density * Math.sqrt(years)) / 100,
    theta: Math.max(
      ((-forward * density * sigma) / (2 * Math.sqrt(years)) / 365) * Math.min(1, 365 * years),
      -mark * forward,
    ),
  };
}

/** Black-76 without discounting, in USD; `width` is the volatility times the root of the time. */
export function blackUsd(forward: number, strike: number, width: number, isCall: boolean): number {
  const d1 = Math.log(forward / strike) / width + width / 2;
  const sign = isCall ? 1 : -1;
  return sign * (forward * normalCdf(sign * d1) - strike * normalCdf(sign * (d1 - width)));
}
