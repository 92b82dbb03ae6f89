/**
 * Compensated sum (Neumaier): the rounding error of the result does not grow with the number of terms.
 *
 * @param values any finite numbers, summed in the order given
 * @returns the sum; 0 for no values
 * @source A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974) 39–51
 */
export function sum(values: Iterable<number>): number {
  let total = 0;
  let correction = 0;
  for (const value of values) {
    const next = total + value;
    correction += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + correction;
}
