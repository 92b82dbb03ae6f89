import type { BookPosition } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Contracts, kind } from "./contracts.ts";
import { priceWidth } from "./option-prices.ts";

/** Positions, or all positions in one instrument together, as columns: a place in each is a leg. */
export interface Legs extends Contracts {
  /** Contract and terms of each. */
  readonly entries: readonly BookPosition[];
  /** Signed. */
  readonly quantities: Float64Array;
  /** As of `optionPrices`. */
  readonly prices: Float64Array;
  /** USD per unit of the quote currency of a linear contract; 1 for USD. */
  readonly usdPerQuote: Float64Array;
  /** Index of the pair in USD: S_q·u of a linear contract, S of everything else; > 0. */
  readonly pairIndexUsd: Float64Array;
}

/**
 * Puts holdings into USD.
 *
 * @param held    entries with their quantities and prices
 * @param indices underlying -> index in USD; `BTC-USDT` -> index of the pair in USDT; `USDT` -> USD
 */
export function legsOf(
  contracts: Contracts,
  held: Pick<Legs, "entries" | "quantities" | "prices">,
  underlying: string,
  indices: ReadonlyMap<string, number>,
): Legs {
  const { kinds, monies, moneyOf } = contracts;
  const dollars = monies.map((money) => usdPerUnit(indices, money));
  const pairs = monies.map((money) => indices.get(`${underlying}-${money}`));
  const usdPerQuote = new Float64Array(kinds.length);
  const pairIndexUsd = new Float64Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    const linear = kinds[at] === kind.linear || kinds[at] === kind.linearOption;
    const money = moneyOf[at] as number;
    const rate = linear ? (dollars[money] as number) : 1;
    const pair = linear ? pairs[money] : undefined;
    usdPerQuote[at] = rate;
    pairIndexUsd[at] = pair === undefined ? (held.entries[at] as BookPosition).terms.index : pair * rate;
  }
  return { ...contracts, ...held, usdPerQuote, pairIndexUsd };
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
export function deltasOf({ kinds, entries, quantities, prices, usdPerQuote }: Legs): Deltas {
  const coins = new Float64Array(kinds.length);
  const cash = new Float64Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    const quantity = quantities[at] as number;
    const { terms } = entries[at] as BookPosition;
    if (kinds[at] === kind.linear) {
      coins[at] = quantity;
      cash[at] = quantity * terms.mark * (usdPerQuote[at] as number);
    } else if (kinds[at] === kind.inverse) {
      coins[at] = quantity / terms.mark;
      cash[at] = quantity;
    } else {
      const delta = quantity * (prices[priceWidth * at + 1] as number);
      coins[at] = delta;
      cash[at] = delta * terms.index;
    }
  }
  return { coins, cash };
}

/** Whether a leg is an option. */
export function isOption({ kinds }: Contracts, at: number): boolean {
  return (kinds[at] as number) >= kind.linearOption;
}
