import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { AddedLeg } from "../../margin/index.ts";
import { type BaseState, stateAfter } from "./book-state.ts";
import { type LibraryStress, withLibrary } from "./library-stress.ts";
import { sideOf } from "./limit-verdicts.ts";
import { scaledLegs } from "./scaled-legs.ts";
import type { LimitSide, WhatIfLimit } from "./what-if-result.ts";

/** A limit that stops a size, under one method. */
export interface StoppingLimit {
  readonly limit: WhatIfLimit;
  readonly methodology: string;
  readonly side: LimitSide;
}

/** Sizes that fit, in lots, both ends included. */
export interface FittingSizes {
  readonly fromLots: number;
  readonly toLots: number;
}

/** The largest size of a ticket in one direction. */
export interface DirectionSize {
  readonly direction: "as-stated" | "reversed";
  /** Largest number of lots that keeps every limit; absent when none does, not even 0. */
  readonly lots?: number;
  /** Signed quantities of the legs at that size, in the order of the ticket. */
  readonly quantities: readonly number[];
  /** Every run of sizes that fits; more than one: sizes between them break a limit. */
  readonly intervals: readonly FittingSizes[];
  /** The largest size asked fits: there may be more. */
  readonly open: boolean;
  /** What the next lot would break; absent where the size is open or none fits. */
  readonly stopped: readonly StoppingLimit[];
}

export interface TicketSize {
  readonly mostLots: number;
  /** The book as it is breaks these. */
  readonly brokenBefore: readonly StoppingLimit[];
  readonly directions: readonly DirectionSize[];
  readonly evaluations: number;
}

/** Sizes looked at before the borders are closed in on: the first ones, powers of √2, and even steps. */
const [firstSizes, evenSizes] = [8, 40];

/**
 * The largest size of a ticket that keeps every limit under every method, exact to the lot, as stated and the other way round. A margin is
 * not monotone in size: sizes are scanned, each border between a size that fits and one that does not is found by bisection, and all runs
 * that fit are told. A run that lies between two neighbours of the scan is not seen.
 *
 * @param bases    the methods; limits of one judge it alone
 * @param tickets  one lot as stated, and one lot the other way round (at its own prices)
 * @param mostLots largest number of lots looked at; ≥ 1
 * @param stress   scenarios of the library that count for limits of stress loss
 * @returns failures as of `marginTotals`; `cancelled`
 */
export async function ticketSize(
  bases: readonly BaseState[],
  tickets: { readonly asStated: readonly AddedLeg[]; readonly reversed: readonly AddedLeg[] },
  limits: readonly WhatIfLimit[],
  mostLots: number,
  work: Work,
  stress?: LibraryStress,
): Promise<Result<TicketSize>> {
  let evaluations = 0;
  const losses = limits.some(({ measure }) => measure === "stress-loss") ? stress : undefined;
  const stoppedBy = async (legs: readonly AddedLeg[]): Promise<Result<readonly StoppingLimit[]>> => {
    const stopped: StoppingLimit[] = [];
    for (const base of bases) {
      await work.pause();
      if (work.cancelled()) return failed("cancelled", "cancelled");
      const { id } = base.run.methodology;
      const state = stateAfter(base, { legs });
      if (!state.ok) return state;
      const stressed = withLibrary(state.value, losses, base.kernel);
      evaluations += 1;
      for (const limit of limits) {
        if (limit.methodology !== undefined && limit.methodology !== id) continue;
        const side = sideOf(limit, stressed, base.run.market);
        if (side?.passes === false) stopped.push({ limit, methodology: id, side });
      }
    }
    return success(stopped);
  };
  const before = await stoppedBy([]);
  if (!before.ok) return before;
  const directions: DirectionSize[] = [];
  for (const [place, legs] of [tickets.asStated, tickets.reversed].entries()) {
    const known = new Map<number, readonly StoppingLimit[]>([[0, before.value]]);
    const at = async (lots: number): Promise<Result<readonly StoppingLimit[]>> => {
      const found = known.get(lots);
      if (found !== undefined) return success(found);
      const stopped = await stoppedBy(scaledLegs(legs, lots));
      if (stopped.ok) known.set(lots, stopped.value);
      return stopped;
    };
    const scanned = scannedSizes(mostLots);
    for (const [done, lots] of scanned.entries()) {
      work.progress(place * scanned.length + done, 2 * scanned.length, "sizes");
      const stopped = await at(lots);
      if (!stopped.ok) return stopped;
    }
    const intervals = await runsThatFit(scanned, at);
    if (!intervals.ok) return intervals;
    const lots = intervals.value.at(-1)?.toLots;
    const open = lots === mostLots;
    const next = lots === undefined || open ? success([]) : await at(lots + 1);
    if (!next.ok) return next;
    directions.push({
      direction: place === 0 ? "as-stated" : "reversed",
      ...(lots === undefined ? {} : { lots }),
      quantities: scaledLegs(legs, lots ?? 0).map(({ quantity }) => (quantity === 0 ? 0 : quantity)),
      intervals: intervals.value,
      open,
      stopped: next.value,
    });
  }
  work.progress(1, 1, "sizes");
  return success({ mostLots, brokenBefore: before.value, directions, evaluations });
}

function scannedSizes(most: number): readonly number[] {
  const sizes = new Set<number>([0, most]);
  for (let lots = 1; lots <= Math.min(most, firstSizes); lots++) sizes.add(lots);
  for (let lots = firstSizes; lots < most; lots *= Math.SQRT2) sizes.add(Math.round(lots));
  for (let part = 1; part < evenSizes; part++) sizes.add(Math.round((most * part) / evenSizes));
  return [...sizes].sort((a, b) => a - b);
}

type At = (lots: number) => Promise<Result<readonly StoppingLimit[]>>;

async function runsThatFit(scanned: readonly number[], at: At): Promise<Result<readonly FittingSizes[]>> {
  const runs: FittingSizes[] = [];
  let from: number | undefined;
  for (const [place, lots] of scanned.entries()) {
    const stopped = await at(lots);
    if (!stopped.ok) return stopped;
    const fits = stopped.value.length === 0;
    const previous = scanned[place - 1];
    if (fits && from === undefined) {
      const first = previous === undefined ? success(lots) : await border(at, lots, previous);
      if (!first.ok) return first;
      from = first.value;
    } else if (!fits && from !== undefined && previous !== undefined) {
      const last = await border(at, previous, lots);
      if (!last.ok) return last;
      runs.push({ fromLots: from, toLots: last.value });
      from = undefined;
    }
  }
  const end = scanned.at(-1);
  if (from !== undefined && end !== undefined) runs.push({ fromLots: from, toLots: end });
  return success(runs);
}

/** The size that fits next to one that does not, between two such sizes. */
async function border(at: At, fitting: number, other: number): Promise<Result<number>> {
  let [inside, outside] = [fitting, other];
  while (Math.abs(inside - outside) > 1) {
    const middle = Math.round((inside + outside) / 2);
    const stopped = await at(middle);
    if (!stopped.ok) return stopped;
    if (stopped.value.length === 0) inside = middle;
    else outside = middle;
  }
  return success(inside);
}
