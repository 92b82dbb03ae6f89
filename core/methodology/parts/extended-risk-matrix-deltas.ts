import { blackDeltaKernel, logMoneyness } from "../../pricing/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition } from "../contract.ts";
import { rowOf } from "./extended-risk-matrix-entries.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";

/** Net delta of every instrument of a pair vector, underlying units: all positions in one instrument count together. */
export interface Deltas {
  readonly kind: "black" | "net";
  readonly held: readonly BookPosition[];
  readonly values: Float64Array;
  /** Signed net quantity of each instrument. */
  readonly quantities: Float64Array;
}

/**
 * Deltas of a pair vector, an instrument each, in order of first appearance.
 *
 *     future, perpetual  size in coin (quantity ÷ mark when inverse, else the quantity)
 *     option             quantity × Black delta; less the premium in coin when `net` and inverse
 */
export function deltasOf({ positions, inverse }: PairVector, cube: PnlCube, delta: "black" | "net"): Deltas {
  const slotOf = new Int32Array(cube.instrumentIds.length).fill(-1);
  const quantities = new Float64Array(positions.length);
  const held: BookPosition[] = [];
  let row = -1;
  for (const entry of positions) {
    row = rowOf(cube, entry, row + 1);
    let slot = slotOf[row] ?? -1;
    if (slot < 0) {
      slot = held.push(entry) - 1;
      slotOf[row] = slot;
    }
    quantities[slot] = (quantities[slot] ?? 0) + entry.position.quantity;
  }
  const values = new Float64Array(held.length);
  for (let slot = 0; slot < held.length; slot++) {
    const entry = held[slot];
    if (entry !== undefined) values[slot] = (quantities[slot] ?? 0) * unitDelta(entry, inverse, delta);
  }
  return { kind: delta, held, values, quantities };
}

/** Delta of one unit of quantity, underlying units. */
function unitDelta({ position, terms, delta: stated }: BookPosition, inverse: boolean, delta: Deltas["kind"]): number {
  const { instrument } = position;
  if (instrument.kind !== "option") return inverse ? 1 / terms.mark : 1;
  const distance = logMoneyness(terms.forward, instrument.strike);
  const total = terms.volatility * Math.sqrt(terms.years);
  const black = stated ?? blackDeltaKernel(distance, total, instrument.optionType === "call");
  return delta === "net" && inverse ? black - terms.mark : black;
}
