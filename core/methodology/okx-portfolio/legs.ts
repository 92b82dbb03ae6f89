import type { BookPosition } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Contracts, kind } from "./contracts.ts";
import { field, rowWidth } from "./leg-rows.ts";

/** Positions, or all positions in one instrument together: a place in each column is a leg. */
export interface Legs extends Contracts {
  /** Contract and terms of each. */
  readonly entries: readonly BookPosition[];
  /** As of `legRows`. */
  readonly rows: Float64Array;
  /** Index of the pair in USD: S_q·u of a linear contract, S of everything else; > 0. */
  readonly pairIndexUsd: Float64Array;
  /** u: USD per unit of each of `monies`. */
  readonly usdPerMoney: readonly number[];
}

/**
 * Puts holdings into USD.
 *
 * @param rows    of the entries
 * @param indices underlying -> index in USD; `BTC-USDT` -> index of the pair in USDT; `USDT` -> USD
 */
export function legsOf(
  contracts: Contracts,
  { entries, rows }: Pick<Legs, "entries" | "rows">,
  underlying: string,
  indices: ReadonlyMap<string, number>,
): Legs {
  const { kinds, monies, moneyOf } = contracts;
  const usdPerMoney = monies.map((money) => usdPerUnit(indices, money));
  const pairs = monies.map(
    (money, at) => (indices.get(`${underlying}-${money}`) ?? Number.NaN) * (usdPerMoney[at] ?? 1),
  );
  const pairIndexUsd = new Float64Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    const pair = isLinear(contracts, at) ? (pairs[moneyOf[at] as number] as number) : Number.NaN;
    pairIndexUsd[at] = Number.isNaN(pair) ? (rows[rowWidth * at + field.index] as number) : pair;
  }
  return { ...contracts, entries, rows, pairIndexUsd, usdPerMoney };
}

/** Deltas of legs, by leg. */
export interface Deltas {
  /** Coins; options by Black delta. */
  readonly coins: Float64Array;
  /** USD, signed; futures and perpetuals at their mark, options at the index. */
  readonly cash: Float64Array;
}

/**
 * Deltas of legs.
 *
 *     linear    cash delta = coins·P·u,       delta = coins
 *     inverse   cash delta = USD notional,    delta = notional / P
 *     option    cash delta = delta·S,         delta = coins·(N(d1), less 1 for a put)
 *
 * @source OKX, portfolio margin mode; notation of the document
 */
export function deltasOf({ kinds, rows, usdPerMoney, moneyOf }: Legs): Deltas {
  const coins = new Float64Array(kinds.length);
  const cash = new Float64Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    const row = rowWidth * at;
    const quantity = rows[row + field.quantity] as number;
    const mark = rows[row + field.mark] as number;
    if (kinds[at] === kind.linear) {
      coins[at] = quantity;
      cash[at] = quantity * mark * (usdPerMoney[moneyOf[at] as number] as number);
    } else if (kinds[at] === kind.inverse) {
      coins[at] = quantity / mark;
      cash[at] = quantity;
    } else {
      const delta = quantity * (rows[row + field.delta] as number);
      coins[at] = delta;
      cash[at] = delta * (rows[row + field.index] as number);
    }
  }
  return { coins, cash };
}

export function isOption({ kinds }: Contracts, at: number): boolean {
  return (kinds[at] as number) >= kind.linearOption;
}

function isLinear({ kinds }: Contracts, at: number): boolean {
  return kinds[at] === kind.linear || kinds[at] === kind.linearOption;
}
