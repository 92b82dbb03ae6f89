import type { BookPosition } from "../contract.ts";
import { kind } from "./contracts.ts";
import type { Legs } from "./legs.ts";
import { priceWidth } from "./option-prices.ts";

/** What the profit of each leg is made of, by leg. */
export interface Profits {
  readonly weights: Float64Array;
  readonly shifts: Float64Array;
}

/**
 * USD profit of a leg when the index moves by k and one unit of it gains c by the cube: weight·(factor·c + shift·k), the factor as of
 * `StressTest`.
 *
 *     linear          S_q·u·(coins·k)                   (the basis stays the same amount)
 *     inverse         USD notional·k
 *     linear option   coins·S_q·u/F·c
 *     inverse option  coins·S·((1+k)·c + V·k)           (V model value in coin: S/F discounts)
 */
export function profitsOf({ kinds, entries, quantities, prices, pairIndexUsd }: Legs): Profits {
  const weights = new Float64Array(kinds.length);
  const shifts = new Float64Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    const quantity = quantities[at] as number;
    const { terms } = entries[at] as BookPosition;
    if (kinds[at] === kind.inverseOption) {
      weights[at] = quantity * terms.index;
      shifts[at] = prices[priceWidth * at] as number;
    } else if (kinds[at] === kind.linearOption) weights[at] = quantity * ((pairIndexUsd[at] as number) / terms.forward);
    else {
      weights[at] = kinds[at] === kind.linear ? (pairIndexUsd[at] as number) : 1;
      shifts[at] = quantity;
    }
  }
  return { weights, shifts };
}
