import type { HedgeProblem } from "./hedge-problem.ts";
import type { ProgramInstrument } from "./hedge-program.ts";

/** How many single-lot improvements are tried, at most. */
const mostMoves = 200;

/**
 * Whole lots near a plan of any size, for when the search over whole lots finds none in its time: every quantity is rounded to its nearest lot,
 * then single lots are added or taken off where that improves the merit the most, until nothing does.
 *
 * @param merit what is made small; infinite where a limit is broken, so feasible plans always win
 * @returns multiples of the lots within the bounds
 */
export function roundedToLots(
  quantities: Float64Array,
  instruments: readonly ProgramInstrument[],
  merit: (quantities: Float64Array) => number,
): Float64Array {
  const lots = instruments.map(({ lot }, k) => Math.round((quantities[k] ?? 0) / lot));
  const at = (counts: readonly number[]): Float64Array =>
    Float64Array.from(instruments, ({ lot }, k) => bounded((counts[k] ?? 0) * lot, instruments[k]));
  let current = at(lots);
  let best = merit(current);
  for (let move = 0; move < mostMoves; move++) {
    let better: Float64Array | undefined;
    for (const [k, one] of instruments.entries())
      for (const side of [1, -1]) {
        const next = current.slice();
        next[k] = bounded((current[k] ?? 0) + side * one.lot, one);
        if (next[k] === current[k]) continue;
        const value = merit(next);
        if (value < best - 1e-12 * Math.abs(best)) [best, better] = [value, next];
      }
    if (better === undefined) break;
    current = better;
  }
  return current;
}

/** A number of lots within the bounds; the last lot that would cross one is left off. */
function bounded(quantity: number, instrument: ProgramInstrument | undefined): number {
  if (instrument === undefined) return 0;
  const { lot, mostBought, mostSold } = instrument;
  const count = Math.round(quantity / lot);
  const most = Math.floor(mostBought / lot + 1e-9);
  const least = -Math.floor(mostSold / lot + 1e-9);
  const kept = Math.min(most, Math.max(least, count));
  return kept === 0 ? 0 : kept * lot;
}

/**
 * What breaks limits and budget of the problem, all together; 0 within all.
 *
 * @param quantities by instrument; bought > 0
 * @returns ≥ 0, in the units of the limits: of use to compare plans, not as an amount
 */
export function brokenLimits({ limits, budget, instruments }: HedgeProblem, quantities: Float64Array): number {
  let broken = 0;
  for (const { base, slopes, lower, upper } of limits) {
    const value = slopes.reduce((total, slope, k) => total + slope * (quantities[k] ?? 0), base);
    const slack = 1e-9 * Math.max(1, Math.abs(value));
    broken += Math.max(0, value - upper - slack, lower - value - slack);
  }
  if (budget === undefined) return broken;
  const cost = instruments.reduce((total, one, k) => total + one.cost * Math.abs(quantities[k] ?? 0), 0);
  return broken + Math.max(0, cost - budget * (1 + 1e-9));
}
