import { blackDeltaKernel, logMoneyness } from "../pricing/index.ts";
import type { PricedInstrument } from "../revaluation/index.ts";
import type { VolatilityShock } from "../scenario/index.ts";

/**
 * Points added to the volatilities of an underlying: 0.1 is ten points.
 *
 * points: the same to all. skew: per unit of (0.5 − call delta), so that a positive one lifts downside strikes. term: at 30 days, times
 * √(30/days), so that a positive one lifts near expiries.
 */
export interface VolatilityShape {
  readonly kind: "points" | "skew" | "term";
  readonly change: number;
}

/** Days at which a change of the term structure is what it says. */
const termDays = 30;

/**
 * The volatility shock of an instrument under a shape; volatilities never fall below 0.
 *
 *     points: σ′ = σ + c,   skew: σ′ = σ + c·(0.5 − N(d1)),   term: σ′ = σ + c·√(30/days)
 *
 * @param shape  none, or of change 0: no shock
 * @param priced needed for skew: N(d1) by its terms before the shock; half without volatility
 * @source resources/docs/surfaces.md, "Axes"
 */
export function volatilityShock(
  shape: VolatilityShape | undefined,
  priced?: PricedInstrument,
): VolatilityShock | undefined {
  if (shape === undefined || shape.change === 0) return undefined;
  const { kind, change } = shape;
  if (kind === "points") return { change, mode: "absolute" };
  if (kind === "term")
    return {
      ...{ change, mode: "absolute" },
      tenor: { referenceDays: termDays, shortPower: 0.5, longPower: 0.5, minimumDays: 0 },
    };
  if (priced === undefined) return undefined;
  return { change: change * (0.5 - callDelta(priced)), mode: "absolute" };
}

function callDelta({ instrument, terms: { forward, volatility, years } }: PricedInstrument): number {
  if (instrument.kind !== "option") return 0.5;
  return blackDeltaKernel(logMoneyness(forward, instrument.strike), volatility * Math.sqrt(years), true);
}
