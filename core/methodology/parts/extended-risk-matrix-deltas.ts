import { expiryOf } from "../../instrument/index.ts";
import type { Position } from "../../portfolio/index.ts";
import { blackDeltaKernel, logMoneyness } from "../../pricing/index.ts";
import type { BookPosition } from "../contract.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";
import { nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";
import { rememberedAmounts } from "./remembered-amounts.ts";

/** Net delta of every instrument of a pair vector, underlying units: all positions in one instrument count together. */
export interface Deltas {
  readonly kind: "black" | "net";
  /** First position of each instrument. */
  readonly held: readonly BookPosition[];
  readonly values: Float64Array;
  /** Signed net quantity of each instrument. */
  readonly quantities: Float64Array;
  /** 1 for options. */
  readonly areOptions: Uint8Array;
  /** Slots of each expiry, perpetuals first (0), then ascending. */
  readonly expiries: readonly (readonly [expiryMs: number, slots: readonly number[]])[];
}

/**
 * Deltas of a pair vector, an instrument each, in order of first appearance.
 *
 *     future, perpetual  size in coin (quantity ÷ mark when inverse, else the quantity)
 *     option             quantity × Black delta; less the premium in coin when `net` and inverse
 */
export function deltasOf({ positions, inverse }: PairVector, delta: "black" | "net"): Deltas {
  const { first, expiries, areOptions } = slotsOf(positions, nothingElse);
  const quantities = netQuantities(positions, nothingElse);
  const units = unitDeltas[delta][inverse ? "inverse" : "linear"](positions, nothingElse);
  const held = first.length === positions.length ? positions : first.map((place) => positions[place] as BookPosition);
  const values = quantities.map((quantity, slot) => quantity * (units[first[slot] as number] as number));
  return { kind: delta, held, values, quantities, areOptions, expiries };
}

/** The instruments of some positions: slot of each position, place of the first in each slot, slots of each expiry. */
const slotsOfContracts = oncePerContracts((list) => {
  const slotOf = new Map<string, number>();
  const first: number[] = [];
  const slots = Uint32Array.from(list, ({ instrument: { id } }, place) => {
    const slot = slotOf.get(id) ?? first.push(place) - 1;
    slotOf.set(id, slot);
    return slot;
  });
  const byExpiry = new Map<number, number[]>();
  first.forEach((place, slot) => {
    const instrument = list[place]?.instrument;
    const expiryMs = (instrument && expiryOf(instrument)) ?? 0;
    const own = byExpiry.get(expiryMs);
    if (own === undefined) byExpiry.set(expiryMs, [slot]);
    else own.push(slot);
  });
  const areOptions = Uint8Array.from(first, (place) => (list[place]?.instrument.kind === "option" ? 1 : 0));
  return { slots, first, areOptions, expiries: [...byExpiry].sort(([a], [b]) => a - b) };
});
const slotsOf = oncePerPositions(slotsOfContracts);

const netQuantities = oncePerPositions((list: readonly Position[]) => {
  const { slots, first } = slotsOfContracts(list, nothingElse);
  const quantities = new Float64Array(first.length);
  list.forEach(({ quantity }, place) => {
    const slot = slots[place] as number;
    quantities[slot] = (quantities[slot] as number) + quantity;
  });
  return quantities;
});

const unitDeltas = {
  black: { inverse: unitsOf(true, "black"), linear: unitsOf(false, "black") },
  net: { inverse: unitsOf(true, "net"), linear: unitsOf(false, "net") },
};

function unitsOf(inverse: boolean, delta: Deltas["kind"]) {
  return rememberedAmounts((entry) => unitDelta(entry, inverse, delta));
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
