/** The worst losses of a vector: whole groups of equal losses, worst first, ties in scenario order. */
export interface WorstLosses {
  readonly scenarios: Int32Array;
  readonly losses: Float64Array;
}

/**
 * Ascending copy of losses, made once and asked for the worst ones as often as needed.
 *
 * @param losses loss > 0, one a scenario; finite
 * @returns ascending
 */
export function ascendingLosses(losses: Float64Array): Float64Array {
  return losses.slice().sort();
}

/**
 * The worst losses, at least as many as asked for, with every scenario tied with the last of them.
 *
 * @param losses    loss > 0, one a scenario; finite
 * @param ascending the same, sorted
 * @param count     how many at least; more than there are gives all
 * @returns scenarios and losses, worst first, ties in scenario order
 */
export function worstLosses(losses: Float64Array, ascending: Float64Array, count: number): WorstLosses {
  const threshold = ascending[Math.max(0, losses.length - Math.max(1, count))] ?? 0;
  const found: number[] = [];
  for (let scenario = 0; scenario < losses.length; scenario += 1) {
    if ((losses[scenario] ?? 0) >= threshold) found.push(scenario);
  }
  found.sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0) || a - b);
  return { scenarios: Int32Array.from(found), losses: Float64Array.from(found, (scenario) => losses[scenario] ?? 0) };
}
