import { leastTotalVolatility } from "../../pricing/index.ts";
import { densityTable, normalTable, tableReach, tableScale } from "./normal-table.ts";

/** Doubles of one option record: x0, S·w/v0, S·w·v0/2, A0, B0, inverse flag, w, spare. */
export const recordLength = 8;
/** Added and subtracted, it rounds a double to the nearest integer, ties to even. */
export const roundToNearest = 1.5 * 2 ** 52;
const constantsAt = 3280;
/** Where the table of the density begins. */
export const densityAt = 3328;
/** First double free for inputs and results; below it lie the tables and the constants. */
export const arenaStart = 6656;

/** Writes what every kernel reads: the tables of N and its density, the rounding constant, the ends of the table. */
export function prepareArena(arena: Float64Array): void {
  arena.set(normalTable(), 0);
  arena.set(densityTable(), densityAt);
  const top = 2 * tableReach * tableScale;
  arena.set([roundToNearest, roundToNearest, 0, 0, top, top], constantsAt);
}

/** Total volatilities are at least that in the kernels. */
export const smallestTotalVolatility = leastTotalVolatility;

/**
 * Writes the record of one option at an offset of the arena.
 *
 * @param logMoneyness ln(F/K)
 * @param total  v0 = σ√τ; floored at 1e-13
 * @param weight w = +1 call, −1 put
 * @param a      weight of N(d1): w·q·D·F (linear) or w·q·D·F/S (inverse)
 * @param b      weight of N(d2): w·q·D·K (linear) or w·q·D·K/S (inverse)
 * @param inverse whether b, not a, changes with the price: a coin-settled option
 */
export function writeRecord(
  arena: Float64Array,
  at: number,
  logMoneyness: number,
  total: number,
  weight: number,
  a: number,
  b: number,
  inverse: boolean,
): void {
  const v = Math.max(total, smallestTotalVolatility);
  arena[at] = logMoneyness;
  arena[at + 1] = (tableScale * weight) / v;
  arena[at + 2] = (tableScale / 2) * weight * v;
  arena[at + 3] = a;
  arena[at + 4] = b;
  arena[at + 5] = inverse ? 1 : 0;
  arena[at + 6] = weight;
}
