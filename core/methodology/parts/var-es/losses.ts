import { DomainError } from "../../../base/index.ts";
import { type Instrument, instrumentId } from "../../../instrument/index.ts";
import {
  bestKernel,
  buildCube,
  cubeOf,
  type HeldInstrument,
  type PnlCube,
  profitsBySet,
} from "../../../revaluation/index.ts";
import type { ScenarioSet } from "../../../scenario/index.ts";
import type { Book, BookPosition } from "../../contract.ts";
import { usdPerUnit } from "../usd-per-unit.ts";
import { underlyingsOf } from "./factors.ts";
import type { JointList } from "./joint-list.ts";

/** Losses of the book in joint scenarios, USD, loss > 0, and what is needed to split any of them. */
export interface BookLosses {
  readonly list: JointList;
  readonly groups: readonly GroupLosses[];
  /** Sum over the groups, in their order. */
  readonly total: Float64Array;
}

/** Profit of a position in one of some scenarios, USD; gain > 0. Both are places: among the positions, and among the scenarios asked for. */
export type PositionProfits = (position: number, scenario: number) => number;

/** The positions of one underlying. */
export interface GroupLosses {
  readonly underlying: string;
  readonly losses: Float64Array;
  readonly positions: readonly BookPosition[];
  /** Profits of the positions in some scenarios, by their indices; the same array is revalued once. */
  readonly profits: (scenarios: Int32Array) => PositionProfits;
  /** What turns the profit of one unit into USD of the position at this place, at a price move. */
  readonly usdPerUnit: (place: number, priceMove: number) => number;
}

/**
 * Losses of the book in the scenarios of a joint list. Profit in coin counts at the shocked index. The book is revalued in sum;
 * single positions only in the scenarios they are asked for.
 *
 *     loss_s = −Σ quantity · unit profit_s · USD per unit,   × (1 + price move_s) where profit is paid in the coin
 */
export function bookLosses(book: Book, list: JointList): BookLosses {
  const held = underlyingsOf(book.positions).map(({ underlying }) => {
    const set = list.sets.find((one) => one.underlying === underlying);
    if (set === undefined) throw new DomainError("a joint list needs a set for every underlying", underlying);
    return { set, positions: book.positions.filter(({ position }) => position.instrument.underlying === underlying) };
  });
  const profits = summedProfits(
    held.map(({ set }) => set),
    book,
  );
  const groups = held.map(({ set, positions }) => groupLosses(set, positions, profits(set), book.indices));
  const total = new Float64Array(list.ids.length);
  for (const { losses } of groups)
    for (let s = 0; s < total.length; s++) total[s] = (total[s] as number) + (losses[s] as number);
  return { list, groups, total };
}

/** Profit added up over positions that turn into USD alike. */
interface SummedProfit {
  /** Settlement currency, gain > 0, one a scenario. */
  readonly profits: Float64Array;
  readonly settlement: string;
  readonly inCoin: boolean;
}

/** Profits of the book in sum, by set: at once where the smile stands still, from cubes where it moves or shocks depend on delta. */
function summedProfits(sets: readonly ScenarioSet[], book: Book): (set: ScenarioSet) => readonly SummedProfit[] {
  const held = book.positions.map(({ position: { instrument, quantity }, terms }) => ({ instrument, quantity, terms }));
  const moves = sets.some(({ scenarios }) =>
    scenarios.some(({ stickiness, volatility }) => stickiness !== undefined || volatility?.byDelta !== undefined),
  );
  if (moves) return (set) => cubeProfits(set, held);
  const keyOf = (one: HeldInstrument): string => `${isInCoin(one.instrument) ? 1 : 0}${one.instrument.settlement}`;
  const bySet = profitsBySet(sets, held, keyOf);
  return (set) =>
    [...(bySet.get(set.id) ?? [])].map(([key, profits]) => ({
      profits,
      settlement: key.slice(1),
      inCoin: key.startsWith("1"),
    }));
}

function cubeProfits(set: ScenarioSet, held: readonly HeldInstrument[]): readonly SummedProfit[] {
  const own = held.filter(({ instrument }) => instrument.underlying === set.underlying);
  const { rowOf, values } = buildCube(set, own, bestKernel());
  const width = set.scenarios.length;
  return own.map(({ instrument, quantity }) => {
    const start = (rowOf.get(instrument.id) ?? Number.NaN) * width;
    const profits = values.slice(start, start + width).map((value) => quantity * value);
    return { profits, settlement: instrument.settlement, inCoin: isInCoin(instrument) };
  });
}

function groupLosses(
  set: ScenarioSet,
  positions: readonly BookPosition[],
  summed: readonly SummedProfit[],
  indices: ReadonlyMap<string, number>,
): GroupLosses {
  const { scenarios, underlying = "" } = set;
  const losses = new Float64Array(scenarios.length);
  for (const { profits, settlement, inCoin } of summed) {
    const rate = usdPerUnit(indices, settlement);
    for (let s = 0; s < losses.length; s++) {
      const moved = inCoin ? 1 + (scenarios[s]?.priceMove ?? 0) : 1;
      losses[s] = (losses[s] as number) - rate * (profits[s] as number) * moved;
    }
  }
  const rates = positions.map((held) => usdRate(held, indices));
  const usd = (place: number, priceMove: number): number => {
    const rate = rates[place];
    return rate === undefined ? 0 : rate.perUnit * (rate.inCoin ? 1 + priceMove : 1);
  };
  const instruments = positions.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  const cubes = new WeakMap<Int32Array, PnlCube>();
  return {
    underlying,
    losses,
    positions,
    usdPerUnit: usd,
    profits(asked) {
      const cube = cubes.get(asked) ?? cubeOf(set, Array.from(asked), instruments, bestKernel());
      cubes.set(asked, cube);
      return (place, at) => {
        const row = cube.rowOf.get(instruments[place]?.instrument.id ?? noInstrument) ?? Number.NaN;
        const unit = cube.values[row * asked.length + at] ?? 0;
        return unit * usd(place, cube.scenarios[at]?.priceMove ?? 0);
      };
    },
  };
}

const noInstrument = instrumentId("", "");

/**
 * What turns the profit of one unit into USD of a position: × perUnit, and × (1 + price move) where it is paid in the coin.
 */
export function usdRate(
  { position: { instrument, quantity } }: BookPosition,
  indices: ReadonlyMap<string, number>,
): { readonly perUnit: number; readonly inCoin: boolean } {
  return {
    perUnit: quantity * usdPerUnit(indices, instrument.settlement),
    inCoin: isInCoin(instrument),
  };
}

/** Whether profit is paid in the coin that moves. */
function isInCoin({ payoff, kind }: Instrument): boolean {
  return payoff === "inverse" && kind !== "spot";
}
