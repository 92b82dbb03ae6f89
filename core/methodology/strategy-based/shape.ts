import type { HeldLeg } from "./spread.ts";
import { worthAt } from "./spread.ts";

/** Name of a spread by its legs: vertical, calendar, diagonal, butterfly, condor, iron butterfly, iron condor, box, else combination. */
export function spreadName(legs: readonly HeldLeg[]): string {
  const strikes = [...new Set(legs.map(({ leg }) => leg.option.strike))].sort((a, b) => a - b);
  const expiries = new Set(legs.map(({ leg }) => leg.option.expiryMs));
  const rights = new Set(legs.map(({ leg }) => leg.option.optionType));
  const [right] = [...rights];
  const both = rights.size === 2;
  if (legs.length === 2 && !both) {
    if (expiries.size === 1) return `Vertical ${right} spread`;
    return strikes.length === 1 ? `Calendar ${right} spread` : `Diagonal ${right} spread`;
  }
  const counts = legs.map(({ contracts }) => Math.abs(contracts));
  const unit = Math.min(...counts);
  const even = counts.every((count) => count === unit);
  if (expiries.size === 1 && both && legs.length === 4 && even) {
    const box = boxSide(legs);
    if (box !== undefined) return box === "short" ? "Short box" : "Long box";
    if (strikes.length === 3) return "Iron butterfly";
    if (strikes.length === 4) return "Iron condor";
  }
  if (expiries.size === 1 && !both) {
    const outside = legs.find(({ leg }) => leg.option.strike === strikes[0])?.contracts ?? 0;
    const side = outside > 0 ? "Long" : "Short";
    const middle = legs.find(({ leg }) => leg.option.strike === strikes[1])?.contracts ?? 0;
    if (legs.length === 3 && Math.abs(middle) === 2 * unit) return `${side} ${right} butterfly`;
    const last = legs.find(({ leg }) => leg.option.strike === strikes[3])?.contracts ?? 0;
    if (legs.length === 4 && even && outside * last > 0) return `${side} ${right} condor`;
  }
  return `Combination of ${legs.length} series`;
}

/**
 * Whether four series are a box: the same worth at every price, above 0 when long.
 *
 * @returns `undefined` when they are none
 */
export function boxSide(legs: readonly HeldLeg[]): "long" | "short" | undefined {
  const strikes = [...new Set(legs.map(({ leg }) => leg.option.strike))];
  const rights = new Set(legs.map(({ leg }) => leg.option.optionType));
  if (legs.length !== 4 || strikes.length !== 2 || rights.size !== 2) return undefined;
  const [low = 0, high = 0] = strikes.map((strike) => worthAt(legs, strike));
  if (Math.abs(low - high) > 1e-9 * Math.max(1, Math.abs(low)) || low === 0) return undefined;
  return low > 0 ? "long" : "short";
}
