import type { SmilePoint } from "../../../market/index.ts";
import { blackValue } from "../../../pricing/index.ts";
import { volatilityAt } from "../../../revaluation/index.ts";

/** What insurance is priced with: one expiry of one underlying. */
export interface InsuranceTerms {
  /** S, quote currency; > 0. */
  readonly spot: number;
  /** F of the expiry; > 0. */
  readonly forward: number;
  /** τ, years; > 0. */
  readonly years: number;
  /** r, continuously compounded; discounts what is paid at expiry. */
  readonly rate: number;
  /** Volatility by strike, ascending, at least one point; flat beyond its ends. */
  readonly smile: readonly SmilePoint[];
}

/** Volatility of a strike on the smile, fraction per √year. */
export function volatilityOf({ smile }: InsuranceTerms, strike: number): number {
  return volatilityAt(smile, Math.log(strike));
}

/** Value of one option on the smile, quote currency, discounted; ≥ 0. */
export function optionValue(terms: InsuranceTerms, strike: number, isCall: boolean): number {
  const { forward, years, rate } = terms;
  return blackValue(forward, strike, years, volatilityOf(terms, strike), isCall, rate);
}

/**
 * A root of a continuous function with a change of sign between two places, by bisection down to neighbouring numbers.
 *
 * @returns `undefined` when the signs at the ends are the same
 */
export function bisection(f: (x: number) => number, from: number, to: number): number | undefined {
  let [low, high] = [from, to];
  const [atLow, atHigh] = [f(low), f(high)];
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  if (Math.sign(atLow) === Math.sign(atHigh)) return undefined;
  for (let step = 0; step < 200; step++) {
    const middle = 0.5 * (low + high);
    if (middle === low || middle === high) break;
    const value = f(middle);
    if (value === 0) return middle;
    if (Math.sign(value) === Math.sign(atLow)) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}
