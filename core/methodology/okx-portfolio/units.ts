import { sum } from "../../base/index.ts";
import type { Balance } from "../../portfolio/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import { areAlone, holdingsOf } from "../parts/holding.ts";
import { oncePerBook } from "../parts/once-per-book.ts";
import { type Leg, legOf, optionValue } from "./leg.ts";
import type { OkxRules } from "./rules.ts";

/** Everything whose risks are netted: a coin, or one settlement family of it. */
export interface RiskUnit {
  /** `BTC`, or `BTC-USDT` where families stand apart. */
  readonly id: string;
  readonly underlying: string;
  /** USD; > 0. */
  readonly index: number;
  readonly positions: readonly BookPosition[];
  /** A leg for each position, in their order. */
  readonly legs: readonly Leg[];
  /** A leg for each instrument, positions in it netted. */
  readonly netted: readonly Leg[];
  /** Model value of one option of each leg, its own price unit; 0 for everything else. */
  readonly values: Float64Array;
  readonly spot: SpotInUse;
}

/** Coins held that offset the delta of the unit's derivatives. */
export interface SpotInUse {
  /** Signed, coins. */
  readonly coins: number;
  /** Delta of the derivatives, coins. */
  readonly delta: number;
  /** Equity in the coin; 0 without a balance. */
  readonly equity: number;
  /** The user's own cap. */
  readonly limit?: number;
}

/**
 * Risk units of a book, in order of first appearance.
 *
 * @source OKX, portfolio margin mode with merged risk units: one unit per coin; before, one per settlement family
 */
export const unitsOf: (book: Book, rules: OkxRules) => readonly RiskUnit[] = oncePerBook(makeUnits);

function makeUnits(book: Book, rules: OkxRules): readonly RiskUnit[] {
  const groups = new Map<string, [BookPosition, ...BookPosition[]]>();
  for (const entry of book.positions) {
    const { underlying, quote } = entry.position.instrument;
    const id = rules.riskUnit === "coin" ? underlying : `${underlying}-${quote}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [entry]);
    else group.push(entry);
  }
  return [...groups].map(([id, positions]) => {
    const [first] = positions;
    const { underlying, quote } = first.position.instrument;
    const legs = positions.map(({ position, terms }) =>
      legOf(position.instrument, terms, position.quantity, book.indices, position.id),
    );
    // Where no two positions share an instrument a holding is its position.
    const netted = areAlone(positions)
      ? legs
      : holdingsOf(positions).map(({ instrument, terms, quantity, positionId }) =>
          legOf(instrument, terms, quantity, book.indices, positionId),
        );
    const joined = rules.spotOffset === "every-unit" || rules.spotOffset === quote;
    const balance = book.balances.find((entry) => entry.currency === underlying && entry.wholeAccount !== true);
    return {
      id,
      underlying,
      index: book.indices.get(underlying) ?? first.terms.index,
      positions,
      legs,
      netted,
      values: Float64Array.from(legs, (leg) => optionValue(leg)),
      spot: spotInUse(sum(netted.map(({ deltaCoins }) => deltaCoins)), joined ? balance : undefined),
    };
  });
}

/**
 * Spot enters a unit only as far as it offsets the delta of its derivatives.
 *
 *     E > 0, D < 0:  min(E, −D, cap)      E < 0, D > 0:  −min(−E, D)      else 0
 *
 * @source OKX, portfolio margin mode with merged risk units, "spot in use"
 */
function spotInUse(delta: number, balance: Balance | undefined): SpotInUse {
  const equity = balance?.equity ?? 0;
  const limit = balance?.riskOffsetLimit;
  const coins =
    equity > 0 && delta < 0
      ? Math.min(equity, -delta, limit ?? Number.POSITIVE_INFINITY)
      : equity < 0 && delta > 0
        ? -Math.min(-equity, delta)
        : 0;
  return { coins, delta, equity, ...(limit === undefined ? {} : { limit }) };
}
