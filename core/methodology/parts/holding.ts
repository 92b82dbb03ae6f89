import { sum } from "../../base/index.ts";
import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import type { Position, PositionId } from "../../portfolio/index.ts";
import type { BookPosition } from "../contract.ts";
import { nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";

/** All positions in one instrument together: rules that look at sizes or signs see this, so splitting a position changes nothing. */
export interface Holding {
  readonly instrument: Instrument;
  readonly terms: PricingTerms;
  /** Signed sum, long > 0, in `quantityUnit(instrument)`. */
  readonly quantity: number;
  /** Signed size in underlying units: quantity ÷ mark for inverse futures and perpetuals, else the quantity. */
  readonly coins: number;
  /** The position, when there is only one. */
  readonly positionId?: PositionId;
  /** As in `BookPosition`. */
  readonly delta?: number;
  readonly modelValue?: number;
}

/** All positions in one instrument together, whatever the market. */
export interface NettedPosition {
  readonly instrument: Instrument;
  /** As in `Holding`. */
  readonly quantity: number;
  readonly positionId?: PositionId;
  /** Place of the first position in the list: its terms hold for all. */
  readonly place: number;
}

/**
 * Nets positions per instrument, in the order in which instruments first appear.
 *
 * @param positions of one account or of the whole book
 * @returns one holding per instrument; holdings may net to quantity 0
 */
export function holdingsOf(positions: readonly BookPosition[]): readonly Holding[] {
  return nettedOnce(positions, nothingElse).map((held) => holdingAt(held, positions[held.place] as BookPosition));
}

const nettedOnce = oncePerPositions((list, _: object) => netted(list));

/** As `holdingsOf`, without terms. */
export function netted(list: readonly Position[]): readonly NettedPosition[] {
  const { slots, count } = slotsOf(list, nothingElse);
  const alone = ({ instrument, quantity, id }: Position, place: number): NettedPosition => ({
    instrument,
    quantity: quantity + 0,
    positionId: id,
    place,
  });
  if (count === list.length) return list.map(alone);
  const places: [number, ...number[]][] = [];
  slots.forEach((slot, place) => {
    const group = places[slot];
    if (group === undefined) places[slot] = [place];
    else group.push(place);
  });
  return places.map((group): NettedPosition => {
    const [place] = group;
    const first = list[place] as Position;
    if (group.length === 1) return alone(first, place);
    const quantity = sum(group.map((at) => (list[at] as Position).quantity));
    return { instrument: first.instrument, quantity, place };
  });
}

/** Place of the instrument of each position among the instruments, in order of first appearance. */
const slotsOf = oncePerContracts((list, _: object) => {
  const slotOf = new Map<string, number>();
  const slots = Uint32Array.from(list, ({ instrument: { id } }) => {
    const slot = slotOf.get(id) ?? slotOf.size;
    slotOf.set(id, slot);
    return slot;
  });
  return { slots, count: slotOf.size };
});

/** A netted position at the terms of its first entry in the book. */
export function holdingAt(
  { instrument, quantity, positionId }: NettedPosition,
  { terms, delta, modelValue }: BookPosition,
): Holding {
  const coins = coinsOf(instrument, terms, quantity);
  if (positionId !== undefined && delta === undefined && modelValue === undefined)
    return { instrument, terms, quantity, coins, positionId };
  return {
    ...{ instrument, terms, quantity, coins },
    ...(positionId === undefined ? {} : { positionId }),
    ...(delta === undefined ? {} : { delta }),
    ...(modelValue === undefined ? {} : { modelValue }),
  };
}

function coinsOf(instrument: Instrument, terms: PricingTerms, quantity: number): number {
  const countsQuote = instrument.payoff === "inverse" && instrument.kind !== "option" && instrument.kind !== "spot";
  return countsQuote ? quantity / terms.mark : quantity;
}

/** What a line about this holding carries besides its amount. */
export function holderOf({ positionId }: Pick<Holding, "positionId">): { positionId?: PositionId } {
  return positionId === undefined ? {} : { positionId };
}
