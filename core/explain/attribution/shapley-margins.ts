import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { BookPosition } from "../../methodology/index.ts";
import { closedTo, exactShapley, mostExactPlayers, sampledShapley } from "./game.ts";
import type { SubsetMargins } from "./subset-margins.ts";

export interface ShapleySettings {
  /** Groups up to which every coalition is valued; absent: as many as the budget allows. */
  readonly exactUpTo?: number;
  readonly seed: number;
  /** Orders that are drawn at most, each with its reverse; absent: as many as the budget allows. */
  readonly permutations?: number;
  /** Sampling stops when every standard error is at most this share of the whole. */
  readonly tolerance: number;
}

export interface ShapleySplit {
  readonly values: Float64Array;
  readonly errors?: Float64Array;
  readonly how: string;
}

/**
 * Work that is done without being asked for: charged entries, counted over all coalitions. Measured: a charge takes 50 µs and 0.4 µs (Deribit) to
 * 4 µs (OKX) an entry, so that the budget is some 2 to 20 seconds, with progress and cancel.
 */
const budget = 6_000_000;
/** Rounding that adding up options may make, as a share of the largest amount: a venue that rounds its totals may round the other way. */
const mergingShare = 1e-7;
/** What a charge costs however few entries it has, in entries. */
const chargeCost = 100;
/** Groups whose coalitions are always all valued. */
const alwaysExact = 12;
/** Orders below which a standard error says nothing. */
const leastOrders = 8;
const mostOrders = 4_000;

/**
 * Shapley values of groups of positions: exact where 2ⁿ coalitions are allowed, else from seeded orders with their standard errors. Which of both
 * follows from the numbers of groups and positions alone, so that the same request has the same answer on every machine.
 *
 * @param members entries by group
 * @param whole   what the values add up to, to the last bit: the requirement less what belongs to no position
 * @returns the values; `not-applicable` where even a few orders are beyond the budget and no number was asked for
 */
export async function shapleyOf(
  members: readonly (readonly BookPosition[])[],
  margins: SubsetMargins,
  whole: number,
  { exactUpTo, seed, permutations, tolerance }: ShapleySettings,
  work: Work,
): Promise<Result<ShapleySplit>> {
  const players = members.length;
  const { of: value, entries } = margins.ofGroups(members);
  const ofCoalition = chargeCost + entries / 2;
  const affordable = players <= alwaysExact || (players <= mostExactPlayers && 2 ** players * ofCoalition <= budget);
  if (exactUpTo === undefined ? affordable : players <= Math.min(exactUpTo, mostExactPlayers)) {
    const found = await exactShapley(players, value, work);
    if (!found.ok) return found;
    const values = closedTo(found.value.values, whole, mergingShare);
    return success({ values, how: `exact: all ${grouped(found.value.evaluations)} coalitions` });
  }
  const allowed = Math.min(mostOrders, Math.floor(budget / (2 * players * ofCoalition)));
  if (permutations === undefined && allowed < leastOrders)
    return failed(
      "not-applicable",
      `${grouped(players)} groups of ${grouped(members.flat().length)} positions are too many for the Shapley value: put positions together by expiry or underlying, or state a number of permutations`,
    );
  const mostPermutations = Math.max(2, permutations ?? allowed);
  const found = await sampledShapley(players, value, { seed, mostPermutations, tolerance }, work);
  if (!found.ok) return found;
  const { errors, permutations: drawn = 0 } = found.value;
  const values = closedTo(found.value.values, whole, mergingShare);
  const how = `sampled: ${grouped(drawn)} orders and their reverses, seed ${seed}`;
  return success({ values, ...(errors === undefined ? {} : { errors }), how });
}

/** 1,024: thousands apart, whatever the locale. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
