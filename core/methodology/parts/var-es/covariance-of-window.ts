import { failed, type Result } from "../../../base/index.ts";
import { factorCovariance, type SquareMatrix } from "../../../measure/index.ts";
import type { Changes } from "./changes.ts";

/** Days below which a covariance of the window says little. */
const leastDays = 20;

/**
 * Daily covariance of the factors of a window, by EWMA with one λ for all entries.
 *
 * @returns in the order of the window's factors; a failure with fewer than 20 days
 */
export function covarianceOfWindow(window: Changes, { decay }: { readonly decay: number }): Result<SquareMatrix> {
  const { days, byFactor } = window;
  if (days.length < leastDays)
    return failed(
      "missing-data",
      `a covariance needs at least ${leastDays} daily changes; found ${days.length}`,
      "history",
    );
  const factors = [...byFactor.keys()];
  const values = new Float64Array(days.length * factors.length);
  factors.forEach((factor, at) => {
    const own = byFactor.get(factor);
    for (let day = 0; day < days.length; day++) values[day * factors.length + at] = own?.[day] ?? Number.NaN;
  });
  return factorCovariance({ factors, values }, { kind: "ewma", lambda: decay });
}
