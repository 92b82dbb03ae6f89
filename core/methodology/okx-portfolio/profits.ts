import { kind } from "./contracts.ts";
import { field, rowWidth } from "./leg-rows.ts";
import type { Legs } from "./legs.ts";

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
export function profitsOf({ kinds, rows, pairIndexUsd }: Legs): Profits {
  const weights = new Float64Array(kinds.length);
  const shifts = new Float64Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    const row = rowWidth * at;
    const quantity = rows[row + field.quantity] as number;
    const pairIndex = pairIndexUsd[at] as number;
    if (kinds[at] === kind.inverseOption) {
      weights[at] = quantity * pairIndex;
      shifts[at] = rows[row + field.value] as number;
    } else if (kinds[at] === kind.linearOption) {
      weights[at] = quantity * (pairIndex / (rows[row + field.forward] as number));
    } else {
      weights[at] = kinds[at] === kind.linear ? pairIndex : 1;
      shifts[at] = quantity;
    }
  }
  return { weights, shifts };
}
