import { sum } from "../../base/index.ts";
import type { Balance } from "../../portfolio/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { contractsByUnit, type UnitContracts } from "./contracts.ts";
import { field, legRows, rowWidth } from "./leg-rows.ts";
import { type Deltas, deltasOf, type Legs, legsOf } from "./legs.ts";
import { type Profits, profitsOf } from "./profits.ts";
import type { OkxRules } from "./rules.ts";

/** Everything whose risks are netted: a coin, or one settlement family of it. */
export interface RiskUnit {
  /** `BTC`, or `BTC-USDT` where families stand apart. */
  readonly id: string;
  readonly underlying: string;
  /** USD; > 0. */
  readonly index: number;
  /** A leg for each position, in their order. */
  readonly legs: Legs;
  /** A leg for each instrument, positions in it netted. */
  readonly netted: Legs;
  /** Of `legs`. */
  readonly profits: Profits;
  /** Of `netted`. */
  readonly deltas: Deltas;
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

/** Risk units of a book, as of `contractsByUnit`. */
export function unitsOf(book: Book, rules: OkxRules): readonly RiskUnit[] {
  return contractsByUnit(book.positions, rules).map((contracts) => unitOf(contracts, book, rules));
}

function unitOf(contracts: UnitContracts, book: Book, { spotOffset }: OkxRules): RiskUnit {
  const { id, underlying, quote, places, own } = contracts;
  const entries = places.map((place) => book.positions[place] as BookPosition);
  const legs = legsOf(own, { entries, rows: legRows(entries) }, underlying, book.indices);
  const netted = nettedOf(contracts, legs, book.indices);
  const deltas = deltasOf(netted);
  const joined = spotOffset === "every-unit" || spotOffset === quote;
  const balance = book.balances.find((entry) => entry.currency === underlying && entry.wholeAccount !== true);
  const index = book.indices.get(underlying) ?? entries[0]?.terms.index ?? Number.NaN;
  return {
    ...{ id, underlying, index, legs, netted, profits: profitsOf(legs), deltas },
    spot: spotInUse(sum(deltas.coins), joined ? balance : undefined),
  };
}

/** Legs by instrument, at the terms of the first position in each. */
function nettedOf(
  { own, netted, instruments, underlying }: UnitContracts,
  legs: Legs,
  indices: ReadonlyMap<string, number>,
): Legs {
  if (netted === own) return legs;
  const { of, first } = instruments;
  const quantities = columnSums(first.length);
  for (let at = 0; at < of.length; at++)
    quantities.add(of[at] as number, legs.rows[rowWidth * at + field.quantity] as number);
  const rows = new Float64Array(rowWidth * first.length);
  first.forEach((at, slot) => {
    rows.set(legs.rows.subarray(rowWidth * at, rowWidth * (at + 1)), rowWidth * slot);
    rows[rowWidth * slot + field.quantity] = quantities.total(slot);
  });
  const entries = first.map((at) => legs.entries[at] as BookPosition);
  return legsOf(netted, { entries, rows }, underlying, indices);
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
