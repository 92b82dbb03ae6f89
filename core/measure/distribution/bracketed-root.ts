/**
 * Root of an increasing function by Newton's method, kept inside a bracket that every value narrows.
 *
 * @param valueAndSlope the function and its slope at x; increasing
 * @param start         first guess
 * @param bracket       interval that holds the root
 * @param tolerance     stops when a step is at most this times max(1, |x|); > 0, above a few roundings
 * @returns the root; the end of the bracket nearest to it when the function has no change of sign inside
 */
export function bracketedRoot(
  valueAndSlope: (x: number) => readonly [value: number, slope: number],
  start: number,
  [least, most]: readonly [least: number, most: number],
  tolerance: number,
): number {
  let [low, high] = [least, most];
  let x = Math.min(Math.max(start, low), high);
  for (let turn = 0; turn < 200; turn++) {
    const [value, slope] = valueAndSlope(x);
    if (value === 0) return x;
    if (value < 0) low = x;
    else high = x;
    const newton = x - value / slope;
    const next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (Math.abs(next - x) <= tolerance * Math.max(1, Math.abs(x)) || next === x) return next;
    x = next;
  }
  return x;
}
