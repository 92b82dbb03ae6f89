import { DomainError } from "../../../base/index.ts";
import type { PnlCube } from "../../../revaluation/index.ts";
import type { Book, BookPosition } from "../../contract.ts";
import { usdPerUnit } from "../usd-per-unit.ts";
import { underlyingsOf } from "./factors.ts";
import { type JointList, setId } from "./joint-list.ts";

/** Losses of the book in joint scenarios, USD, loss > 0, and what is needed to split any of them. */
export interface BookLosses {
  readonly list: JointList;
  readonly groups: readonly GroupLosses[];
  /** Sum over the groups, in their order. */
  readonly total: Float64Array;
}

/** The positions of one underlying. */
export interface GroupLosses {
  readonly underlying: string;
  readonly losses: Float64Array;
  readonly positions: readonly BookPosition[];
  /** Profit of the position at this place in a scenario, USD; gain > 0. */
  readonly profit: (place: number, scenario: number) => number;
  /** What turns the profit of one unit into USD of the position at this place, at a price move. */
  readonly usdPerUnit: (place: number, priceMove: number) => number;
}

/**
 * Losses of the book from the revalued sets of a joint list. Profit in coin counts at the shocked index.
 *
 *     loss_s = −Σ quantity · unit profit_s · USD per unit,   × (1 + price move_s) where profit is paid in the coin
 *
 * @param cube        the revalued sets of the list
 * @param multipliers each scenario's losses are multiplied by its own; absent: 1
 */
export function bookLosses(book: Book, list: JointList, cube: (setId: string) => PnlCube): BookLosses {
  const groups = underlyingsOf(book.positions).map(({ underlying }) => {
    const positions = book.positions.filter(({ position }) => position.instrument.underlying === underlying);
    return groupLosses(underlying, positions, cube(setId(list.name, underlying)), book.indices);
  });
  const total = new Float64Array(list.ids.length);
  for (const { losses } of groups)
    for (let s = 0; s < total.length; s++) total[s] = (total[s] as number) + (losses[s] as number);
  return { list, groups, total };
}

function groupLosses(
  underlying: string,
  positions: readonly BookPosition[],
  { scenarios, values, rowOf }: PnlCube,
  indices: ReadonlyMap<string, number>,
): GroupLosses {
  const width = scenarios.length;
  const moved = Float64Array.from(scenarios, ({ priceMove }) => 1 + priceMove);
  const plain = new Float64Array(width).fill(1);
  const parts = positions.map((held) => {
    const { id } = held.position.instrument;
    const row = rowOf.get(id);
    if (row === undefined) throw new DomainError("the cube must hold every instrument of the book", id);
    const rate = usdRate(held, indices);
    return { start: row * width, ...rate, factors: rate.inCoin ? moved : plain };
  });
  const losses = new Float64Array(width);
  for (const { start, perUnit, factors } of parts) {
    for (let s = 0; s < width; s++)
      losses[s] = (losses[s] as number) - perUnit * (values[start + s] as number) * (factors[s] as number);
  }
  return {
    underlying,
    losses,
    positions,
    usdPerUnit: (place, priceMove) => {
      const part = parts[place];
      return part === undefined ? 0 : part.perUnit * (part.inCoin ? 1 + priceMove : 1);
    },
    profit: (place, s) => {
      const part = parts[place];
      return part === undefined ? 0 : part.perUnit * (values[part.start + s] ?? 0) * (part.factors[s] ?? 0);
    },
  };
}

/**
 * What turns the profit of one unit into USD of a position: × perUnit, and × (1 + price move) where it is paid in the coin.
 */
export function usdRate(
  { position: { instrument, quantity } }: BookPosition,
  indices: ReadonlyMap<string, number>,
): { readonly perUnit: number; readonly inCoin: boolean } {
  return {
    perUnit: quantity * usdPerUnit(indices, instrument.settlement),
    inCoin: instrument.payoff === "inverse" && instrument.kind !== "spot",
  };
}
