import { mostColumns } from "../revaluation/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";

/** Shocks of each point of a surface; points of one row stand together. */
export interface Places {
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
}

/** Positions × points of one block, about: some 5 to 15 ms. Fixed, whatever the number of threads. */
const positionsPerBlock = 12_000;
const largestBlock = 64;

/** First points of blocks of about one size. */
export function evenCuts(points: number, positions: number): readonly number[] {
  const perBlock = Math.max(1, Math.min(largestBlock, Math.floor(positionsPerBlock / (positions + 1))));
  return Array.from({ length: Math.ceil(points / perBlock) }, (_, block) => block * perBlock);
}

/** Options × points × scenarios of one block, about: some 20 ms. */
const cellsPerBlock = 6_000_000;

/**
 * Blocks of rows that share their price moves, each row by its first point. What options have in common at all rows of a
 * block is computed once. At least two blocks, so that a coarse surface is not one thread's work.
 */
export function groupedRows(
  places: Places,
  positions: number,
  sets: readonly ScenarioSet[],
): readonly (readonly number[])[] {
  const { priceMoves } = places;
  const scenarios = sets.reduce((most, set) => Math.max(most, set.scenarios.length), 0) + 2;
  const starts = rowStarts(places, Math.max(1, Math.floor(mostColumns / scenarios)));
  const movesOf = (row: number): Float64Array =>
    priceMoves.subarray(starts[row] ?? 0, starts[row + 1] ?? priceMoves.length);
  const half = Math.ceil(starts.length / 2);
  const blocks: number[][] = [];
  let shared = new Float64Array();
  starts.forEach((start, row) => {
    const block = blocks.at(-1);
    const moves = movesOf(row);
    const most = Math.max(1, Math.min(half, Math.floor(cellsPerBlock / (positions * moves.length * scenarios))));
    if (block !== undefined && block.length < most && isSame(shared, moves)) block.push(start);
    else {
      blocks.push([start]);
      shared = moves.slice();
    }
  });
  return blocks;
}

/** First points of rows: points of one volatility change, at most so many. */
function rowStarts({ volatilityChanges }: Places, most: number): readonly number[] {
  const starts: number[] = [];
  volatilityChanges.forEach((change, point) => {
    const start = starts.at(-1);
    if (start === undefined || change !== volatilityChanges[start] || point - start === most) starts.push(point);
  });
  return starts;
}

/** Whether lists hold the same numbers. */
export function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Whether points stand at the same places. */
export function areSamePlaces(one: Places, other: Places): boolean {
  return isSame(one.priceMoves, other.priceMoves) && isSame(one.volatilityChanges, other.volatilityChanges);
}
