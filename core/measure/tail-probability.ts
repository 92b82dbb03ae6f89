/**
 * Probability of the tail beyond a confidence, free of the rounding of the subtraction (1 − 0.99 is 0.010000000000000009).
 *
 *     p = 1 − c, to 12 decimals when that is within 1e-15 of it
 *
 * @param confidence c; strictly between 0 and 1
 * @returns p; fraction
 */
export function tailProbability(confidence: number): number {
  const difference = 1 - confidence;
  const rounded = Math.round(difference * 1e12) / 1e12;
  return Math.abs(difference - rounded) < 1e-15 ? rounded : difference;
}

/**
 * Number of observations in the tail; a whole number when it is within 1e-9 of one, so that floor and ceiling see 5 and not 5.000000000000004.
 *
 *     r = n·p
 *
 * @param observations n; ≥ 0
 * @param tailProbability p; fraction
 * @returns r; observations
 */
export function tailCount(observations: number, tailProbability: number): number {
  const count = observations * tailProbability;
  const whole = Math.round(count);
  return Math.abs(count - whole) < 1e-9 ? whole : count;
}
