import { sum } from "../../base/index.ts";
import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import type { Position, PositionId } from "../../portfolio/index.ts";
import type { BookPosition } from "../contract.ts";

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

/**
 * Nets positions per instrument, in the order in which instruments first appear.
 *
 * @param positions of one account or of the whole book
 * @returns one holding per instrument; holdings may net to quantity 0
 */
export function holdingsOf(positions: readonly BookPosition[]): readonly Holding[] {
  const slots = slotsOf(positions);
  if (slots === undefined) return positions.map(holdingAlone);
  const groups: [BookPosition, ...BookPosition[]][] = [];
  positions.forEach((entry, at) => {
    const slot = slots[at] as number;
    const group = groups[slot];
    if (group === undefined) groups[slot] = [entry];
    else group.push(entry);
  });
  return groups.map(holdingOf);
}

/** Whether every position is in an instrument of its own. */
export function areAlone(positions: readonly BookPosition[]): boolean {
  return slotsOf(positions) === undefined;
}

/**
 * The holding of each position; `undefined` where every position is in an instrument of its own. A book at many markets asks for the same
 * positions again and again: the latest answer is kept with the first of them.
 */
function slotsOf(positions: readonly BookPosition[]): Uint32Array | undefined {
  const first = positions[0]?.position;
  if (first === undefined) return undefined;
  const known = knownSlots.get(first);
  if (
    known !== undefined &&
    known.of.length === positions.length &&
    known.of.every((position, at) => position === positions[at]?.position)
  )
    return known.slots;
  const slotOf = new Map<string, number>();
  const slots = Uint32Array.from(positions, ({ position }) => {
    const { id } = position.instrument;
    const slot = slotOf.get(id) ?? slotOf.size;
    slotOf.set(id, slot);
    return slot;
  });
  const shared = slotOf.size < positions.length ? slots : undefined;
  knownSlots.set(first, { of: positions.map(({ position }) => position), slots: shared });
  return shared;
}

const knownSlots = new WeakMap<
  Position,
  { readonly of: readonly Position[]; readonly slots: Uint32Array | undefined }
>();

function holdingOf(group: readonly [BookPosition, ...BookPosition[]]): Holding {
  const [only] = group;
  if (group.length === 1) return holdingAlone(only);
  const { terms, delta, modelValue } = only;
  const { instrument } = only.position;
  const quantity = sum(group.map(({ position }) => position.quantity));
  return {
    ...{ instrument, terms, quantity, coins: coinsOf(instrument, terms, quantity) },
    ...(delta === undefined ? {} : { delta }),
    ...(modelValue === undefined ? {} : { modelValue }),
  };
}

function holdingAlone({ position, terms, delta, modelValue }: BookPosition): Holding {
  const { instrument, id } = position;
  const quantity = position.quantity + 0;
  const coins = coinsOf(instrument, terms, quantity);
  if (delta === undefined && modelValue === undefined) return { instrument, terms, quantity, coins, positionId: id };
  return {
    ...{ instrument, terms, quantity, coins },
    ...(delta === undefined ? {} : { delta }),
    ...(modelValue === undefined ? {} : { modelValue }),
    positionId: id,
  };
}

function coinsOf(instrument: Instrument, terms: PricingTerms, quantity: number): number {
  const countsQuote = instrument.payoff === "inverse" && instrument.kind !== "option" && instrument.kind !== "spot";
  return countsQuote ? quantity / terms.mark : quantity;
}

/** What a line about this holding carries besides its amount. */
export function holderOf(holding: Holding): { positionId?: PositionId } {
  return holding.positionId === undefined ? {} : { positionId: holding.positionId };
}
