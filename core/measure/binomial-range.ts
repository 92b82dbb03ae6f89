import { DomainError } from "../base/index.ts";

/** Probabilities of the counts of a binomial variable that are not negligible. */
export interface BinomialRange {
  /** Least count held. */
  readonly from: number;
  /** Probability of `from`, `from + 1`, …; what is left out is below 1e-18 of the greatest. */
  readonly probabilities: Float64Array;
}

/**
 * Probabilities of a binomial variable, from its mode outward: no logarithm of a factorial, no underflow at large n.
 *
 * @param trials      n ≥ 1, whole
 * @param probability p; strictly between 0 and 1
 * @returns counts around the mode, summing to 1
 * @throws DomainError if an argument is outside its bound
 */
export function binomialRange(trials: number, probability: number): BinomialRange {
  if (!(Number.isInteger(trials) && trials >= 1)) throw new DomainError("trials must be a whole number ≥ 1", trials);
  if (!(probability > 0 && probability < 1)) throw new DomainError("probability must be inside (0, 1)", probability);
  const odds = probability / (1 - probability);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const below: number[] = [];
  for (let k = mode, ratio = 1; k > 0 && ratio > 1e-18; k -= 1) {
    ratio *= k / ((trials - k + 1) * odds);
    below.push(ratio);
  }
  const above: number[] = [1];
  for (let k = mode, ratio = 1; k < trials && ratio > 1e-18; k += 1) {
    ratio *= ((trials - k) * odds) / (k + 1);
    above.push(ratio);
  }
  const all = [...below.reverse(), ...above];
  const total = [...all].sort((a, b) => a - b).reduce((sum, value) => sum + value, 0);
  return { from: mode - below.length, probabilities: Float64Array.from(all, (value) => value / total) };
}
