import type { Payoff } from "../instrument/index.ts";

/** Call and put mark of one strike, price unit of the instrument; both > 0. */
export interface ParityPair {
  readonly strike: number;
  readonly call: number;
  readonly put: number;
}

export interface ParityForward {
  /** Quote currency; > 0. */
  readonly value: number;
  /** Largest distance of `call − put` from what the forward implies, price unit; absent with a single pair. */
  readonly residual?: number;
  /** Largest difference between the forwards of single strikes, as a fraction of the forward; ≥ 0. */
  readonly spread: number;
}

/** Strikes further from the money than this are not used: their marks carry more rounding than forward. */
const nearMoney = 0.2;
const strikesUsed = 15;

/**
 * Forward that the marks of calls and puts of one strike imply.
 *
 *     inverse F = K/(1 − (c − p)),   linear F = K + (c − p)
 *
 * @throws nothing; a forward that is not a positive number is `undefined`
 * @source resources/docs/formats.md, section 7.3: reproduces Deribit's marks to their rounding
 */
export function strikeForward({ strike, call, put }: ParityPair, payoff: Payoff): number | undefined {
  const forward = payoff === "inverse" ? strike / (1 - (call - put)) : strike + (call - put);
  return Number.isFinite(forward) && forward > 0 ? forward : undefined;
}

/**
 * Parity forward of one expiry: the median over the strikes nearest the money, so that a row of another tick does not move it.
 *
 * @param pairs  any order; pairs with a zero mark must have been left out (a zero is a rounded mark, not a price)
 * @param payoff of the options
 * @param guess  where the money is when known (future, reported forward or index), quote currency; else the median of all strikes
 * @returns `undefined` when no strike within 20 % of the money has both marks
 */
export function parityForward(
  pairs: readonly ParityPair[],
  payoff: Payoff,
  guess: number | undefined,
): ParityForward | undefined {
  const implied = pairs.flatMap((pair) => {
    const forward = strikeForward(pair, payoff);
    return forward === undefined ? [] : [{ pair, forward }];
  });
  const money = guess ?? median(implied.map(({ forward }) => forward));
  if (money === undefined) return undefined;
  const near = implied
    .filter(({ pair }) => Math.abs(pair.strike / money - 1) <= nearMoney)
    .sort((a, b) => Math.abs(a.pair.strike - money) - Math.abs(b.pair.strike - money));
  const value = median(near.slice(0, strikesUsed).map(({ forward }) => forward));
  if (value === undefined) return undefined;
  const forwards = near.map(({ forward }) => forward);
  const spread = (Math.max(...forwards) - Math.min(...forwards)) / value;
  if (near.length < 2) return { value, spread };
  const distances = near.map(({ pair }) => {
    const expected = payoff === "inverse" ? 1 - pair.strike / value : value - pair.strike;
    return Math.abs(pair.call - pair.put - expected);
  });
  return { value, spread, residual: Math.max(...distances) };
}

/** Middle value; mean of the two middle values of an even count; `undefined` of nothing. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
