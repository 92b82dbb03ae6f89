import { sum } from "../../base/index.ts";
import { positionDelta } from "../../pricing/index.ts";
import type { BookPosition } from "../contract.ts";
import { nothingElse } from "./once-per-contracts.ts";
import { rememberedAmounts } from "./remembered-amounts.ts";
import type { UnitEntries } from "./unit-entries.ts";

/** Spot of the coin and how much of it counts as a hedge, coins; long > 0. */
export interface SpotHedge {
  readonly held: number;
  readonly counted: number;
  readonly index: number;
}

/**
 * Spot positions of a coin that hedge its derivatives.
 *
 * @param size `held`: all of it; `offsetting`: as much as the opposite delta of the derivatives, nothing when they agree in sign
 */
export function spotHedge({ derivatives, spot }: UnitEntries, size: "offsetting" | "held"): SpotHedge {
  const held = sum(spot.map(({ position }) => position.quantity));
  const index = spot[0]?.terms.index ?? 0;
  if (size === "held" || held === 0) return { held, counted: held, index };
  const delta = sum(deltasOf(derivatives));
  return { held, counted: countedSpot(held, delta), index };
}

/** As much of the spot held as the opposite delta, nothing when they agree in sign. */
export function countedSpot(held: number, delta: number): number {
  return held * delta < 0 ? Math.sign(held) * Math.min(Math.abs(held), Math.abs(delta)) : 0;
}

/** Delta of each derivative, coins: Black delta of options, size in coin of futures and perpetuals. */
export function deltasOf(derivatives: readonly BookPosition[]): Float64Array {
  return deltas(derivatives, nothingElse);
}

const deltas = rememberedAmounts(({ position: { instrument, quantity }, terms, delta }) =>
  delta === undefined ? positionDelta(instrument, terms, quantity) : quantity * delta,
);
