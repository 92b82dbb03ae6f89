import { DomainError } from "../../base/index.ts";
import { checkAmount, checkMargins } from "./margin-series.ts";

/**
 * Margin no lower than a multiple of its recent mean.
 *
 *     A_t = max( m_{t−1}, k·mean(m_{t−60}, …, m_{t−1}) );   A₀ = k·m₀
 *
 * @param margins  m, measure at each close, oldest first; ≥ 0
 * @param multiple k; 3 to 4 in the capital rule of 1996; ≥ 0
 * @param days     length of the mean, shorter at the start; 60; whole, ≥ 1
 * @returns A, in force the day after each measure
 * @throws DomainError if a margin or a parameter is outside its bound
 * @source Basel Committee on Banking Supervision, Amendment to the capital accord to incorporate market risks (1996), B.4(i)
 */
export function averageFlooredMargins(margins: Float64Array, multiple: number, days = 60): Float64Array {
  checkMargins(margins);
  checkAmount(multiple, "multiple");
  if (!(Number.isInteger(days) && days >= 1)) throw new DomainError("length of the mean is whole and ≥ 1", days);
  return margins.map((margin, t) => {
    if (t === 0) return multiple * margin;
    const recent = margins.subarray(Math.max(0, t - days), t);
    const mean = recent.reduce((total, value) => total + value, 0) / recent.length;
    return Math.max(recent[recent.length - 1] ?? 0, multiple * mean);
  });
}
