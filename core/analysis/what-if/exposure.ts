import { quantityUnit } from "../../instrument/index.ts";
import { positionGreeks } from "../../pricing/index.ts";
import type { Holding } from "./book-change.ts";

/** Sensitivities of holdings in USD, additive over positions; prices in quote currency count as dollars, as in every result. */
export interface BookExposure {
  /** Delta × index: what the holding is worth in the underlying. */
  readonly deltaUsd: number;
  /** Change of `deltaUsd` when the price is 1 % higher, at the same index. */
  readonly gammaUsd: number;
  /** Per volatility point. */
  readonly vegaUsd: number;
  /** Per calendar day. */
  readonly thetaUsd: number;
}

export interface UnderlyingExposure extends BookExposure {
  readonly underlying: string;
  /** Underlying units. */
  readonly delta: number;
}

/** Greeks of holdings by underlying, in the order of their first holding; conventions as `positionGreeks`. */
export function exposuresOf(holdings: readonly Holding[]): readonly UnderlyingExposure[] {
  const totals = new Map<string, { -readonly [K in keyof UnderlyingExposure]: UnderlyingExposure[K] }>();
  for (const { instrument, terms, quantity } of holdings) {
    const { underlying } = instrument;
    const total = totals.get(underlying) ?? zero(underlying);
    totals.set(underlying, total);
    const { delta, gamma, vega, theta } = positionGreeks(instrument, terms, quantity);
    total.delta += delta;
    total.deltaUsd += delta * terms.index;
    total.gammaUsd += (gamma * terms.forward * terms.index) / 100;
    total.vegaUsd += vega;
    total.thetaUsd += theta;
  }
  return [...totals.values()];
}

/** Exposures after a change: by underlying, those that only the change has behind the others. */
export function addedExposures(
  before: readonly UnderlyingExposure[],
  change: readonly UnderlyingExposure[],
): readonly UnderlyingExposure[] {
  const changes = new Map(change.map((one) => [one.underlying, one]));
  const after = before.map((one): UnderlyingExposure => {
    const other = changes.get(one.underlying);
    changes.delete(one.underlying);
    if (other === undefined) return one;
    return {
      underlying: one.underlying,
      delta: one.delta + other.delta,
      deltaUsd: one.deltaUsd + other.deltaUsd,
      gammaUsd: one.gammaUsd + other.gammaUsd,
      vegaUsd: one.vegaUsd + other.vegaUsd,
      thetaUsd: one.thetaUsd + other.thetaUsd,
    };
  });
  return [...after, ...changes.values()];
}

/** All underlyings together. */
export function totalExposure(exposures: readonly UnderlyingExposure[]): BookExposure {
  const added = { deltaUsd: 0, gammaUsd: 0, vegaUsd: 0, thetaUsd: 0 };
  for (const { deltaUsd, gammaUsd, vegaUsd, thetaUsd } of exposures) {
    added.deltaUsd += deltaUsd;
    added.gammaUsd += gammaUsd;
    added.vegaUsd += vegaUsd;
    added.thetaUsd += thetaUsd;
  }
  return added;
}

/** |quantity| at the index, USD. */
export function notionalOf({ instrument, terms, quantity }: Holding): number {
  const counts = quantityUnit(instrument) === instrument.underlying ? quantity : quantity / terms.mark;
  return Math.abs(counts) * terms.index;
}

function zero(underlying: string): { -readonly [K in keyof UnderlyingExposure]: UnderlyingExposure[K] } {
  return { underlying, delta: 0, deltaUsd: 0, gammaUsd: 0, vegaUsd: 0, thetaUsd: 0 };
}
