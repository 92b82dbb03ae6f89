import { blackDeltaKernel, logMoneyness, modelPrice } from "../../pricing/index.ts";
import type { BookPosition } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { nothingElse } from "../parts/once-per-contracts.ts";
import { rememberedRows } from "../parts/remembered-rows.ts";
import type { AssetContracts } from "./contracts.ts";

/** Positions, or all positions in one instrument together, as the linear contracts of this venue. */
export interface Legs {
  readonly entries: readonly BookPosition[];
  /** Of `kind`, by leg. */
  readonly kinds: Uint8Array;
  /** `legWidth` numbers a leg, at the places of `legColumn`. */
  readonly rows: Float64Array;
}

/** Numbers of a leg in `Legs`. */
export const legColumn = {
  /** Signed coins. */
  coins: 0,
  /** Delta to spot, coins. */
  delta: 1,
  /** What leaving it at its mark trades, USD; ≥ 0. */
  value: 2,
  /** Profit in a scenario: weight·(factor·c + shift·k); the factors are those of the kind of leg. */
  weight: 3,
  shift: 4,
} as const;

export const legWidth = 5;

/** The positions of an asset, a leg each. */
export function legsOf({ kinds }: AssetContracts, entries: readonly BookPosition[]): Legs {
  return { entries, kinds, rows: rowsOf(entries, nothingElse) };
}

/**
 * A leg for each instrument, at the terms of the first position in it.
 *
 * @param legs one for each position
 */
export function nettedLegs({ instruments, nettedKinds }: AssetContracts, legs: Legs): Legs {
  const { of, first } = instruments;
  if (first.length === of.length) return legs;
  const sums = columnSums(first.length);
  legs.entries.forEach(({ position }, at) => {
    sums.add(of[at] as number, position.quantity);
  });
  const entries = first.map((at, slot) => {
    const entry = legs.entries[at] as BookPosition;
    return { ...entry, position: { ...entry.position, quantity: sums.total(slot) } };
  });
  return { entries, kinds: nettedKinds, rows: rowsOf(entries, nothingElse) };
}

/** One number of the legs of some kinds, in their order. */
export function numbersOf(
  { kinds, rows }: Legs,
  column: number,
  counts: (kind: number) => boolean = () => true,
): Float64Array {
  const numbers = new Float64Array(kinds.length);
  let count = 0;
  for (let at = 0; at < kinds.length; at++)
    if (counts(kinds[at] as number)) numbers[count++] = rows[legWidth * at + column] as number;
  return numbers.subarray(0, count);
}

/**
 * A holding in coins of the asset.
 *
 *     perpetual  delta = coins,   value = |coins|·mark,   weight = coins·S
 *     option     delta = coins·(F/S)·(N(d1), less 1 for a put),   value = |coins|·mark,   weight = coins
 *
 * Coin-margined contracts of other venues count as the linear contract of the same coins: an option's price is in coin, its weight
 * coins·F, its shift the model value before. Delta and model value of one unit are those the entry states, where it does.
 *
 * @source Paradex, portfolio margin; delta to spot of the forward S·exp(f·T)
 */
const rowsOf = rememberedRows(legWidth, (entry, _: object, into, at) => {
  const { instrument, quantity } = entry.position;
  const { forward, index, mark, volatility, years } = entry.terms;
  const inverse = instrument.payoff === "inverse";
  const isCoin = instrument.kind === "option" || !inverse;
  const coins = isCoin ? quantity : quantity / mark;
  into[at + legColumn.coins] = coins;
  if (instrument.kind !== "option") {
    into[at + legColumn.delta] = coins;
    into[at + legColumn.value] = Math.abs(coins) * mark;
    into[at + legColumn.weight] = coins * index;
    into[at + legColumn.shift] = 1;
    return;
  }
  const { strike, optionType } = instrument;
  const total = volatility * Math.sqrt(years);
  const delta = entry.delta ?? blackDeltaKernel(logMoneyness(forward, strike), total, optionType === "call");
  into[at + legColumn.delta] = quantity * delta * (forward / index);
  into[at + legColumn.value] = Math.abs(quantity) * mark * (inverse ? index : 1);
  into[at + legColumn.weight] = inverse ? quantity * forward : quantity;
  into[at + legColumn.shift] = inverse ? (entry.modelValue ?? modelPrice(instrument, entry.terms)) : 0;
});
