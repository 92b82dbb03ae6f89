/**
 * Compensated sum (Neumaier): the rounding error of the result does not grow with the number of terms.
 *
 * @param values any finite numbers, summed in the order given
 * @returns the sum; 0 for no values
 * @source A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974) 39–51
 */
export function sum(values: Iterable<number>): number {
  // An iterator costs several times the additions.
  const list: ArrayLike<number> = values instanceof Float64Array || Array.isArray(values) ? values : [...values];
  const count = list.length;
  let total = 0;
  let correction = 0;
  for (let at = 0; at < count; at++) {
    const value = list[at] as number;
    const next = total + value;
    const added = next - total;
    // The exact rounding error without a branch: the same bits as with one.
    correction += total - (next - added) + (value - added);
    total = next;
  }
  return total + correction;
}
