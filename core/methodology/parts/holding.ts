import { sum } from "../../base/index.ts";
import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import type { PositionId } from "../../portfolio/index.ts";
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
  const slots = new Map<string, number>();
  const groups: [BookPosition, ...BookPosition[]][] = [];
  for (const entry of positions) {
    const { id } = entry.position.instrument;
    const slot = slots.get(id);
    if (slot === undefined) slots.set(id, groups.push([entry]) - 1);
    else groups[slot]?.push(entry);
  }
  return groups.map(holdingOf);
}

function holdingOf(group: readonly [BookPosition, ...BookPosition[]]): Holding {
  const [{ position: first, terms, delta, modelValue }] = group;
  const { instrument } = first;
  const quantity = group.length === 1 ? first.quantity + 0 : sum(group.map(({ position }) => position.quantity));
  const countsQuote = instrument.payoff === "inverse" && instrument.kind !== "option" && instrument.kind !== "spot";
  const coins = countsQuote ? quantity / terms.mark : quantity;
  const common = {
    ...{ instrument, terms, quantity, coins },
    ...(delta === undefined ? {} : { delta }),
    ...(modelValue === undefined ? {} : { modelValue }),
  };
  return group.length === 1 ? { ...common, positionId: first.id } : common;
}

/** What a line about this holding carries besides its amount. */
export function holderOf(holding: Holding): { positionId?: PositionId } {
  return holding.positionId === undefined ? {} : { positionId: holding.positionId };
}
