import { DomainError, failed, type Result, success, sum, type Work } from "../../base/index.ts";
import { randomStream } from "../../measure/index.ts";

/**
 * What a coalition of players is worth: margin of the groups that are in.
 *
 * @param members one a player, 1 for those that are in; the caller changes it after the call
 */
export type CoalitionValue = (members: Uint8Array) => Result<number>;

/** The share of each player; shares add up to v(all) − v(none) in their compensated sum, to the last bit. */
export interface ShapleyValues {
  readonly values: Float64Array;
  /** One standard error a player; absent where the values are exact. */
  readonly errors?: Float64Array;
  /** Orders that were drawn, each with its reverse; absent where the values are exact. */
  readonly permutations?: number;
  /** Coalitions that were valued. */
  readonly evaluations: number;
}

/** More players than this have more coalitions than can be listed. */
export const mostExactPlayers = 20;

/** Coalitions valued between two looks at whether to stop. */
const coalitionsAtOnce = 16;

/**
 * Shapley values from all coalitions.
 *
 *     φ_i = Σ_{S without i} |S|!·(n−|S|−1)!/n! · (v(S ∪ i) − v(S))
 *
 * @param players n; 0 to 20
 * @param value   v
 * @returns the values; `cancelled`, or the first failure of `value`
 * @throws DomainError for more players
 * @source L. S. Shapley, A value for n-person games, Contributions to the Theory of Games II (1953) 307–317
 */
export async function exactShapley(players: number, value: CoalitionValue, work: Work): Promise<Result<ShapleyValues>> {
  if (!(Number.isInteger(players) && players >= 0 && players <= mostExactPlayers))
    throw new DomainError(`exact values need 0 to ${mostExactPlayers} players`, players);
  const coalitions = 2 ** players;
  const worth = new Float64Array(coalitions);
  const members = new Uint8Array(players);
  for (let mask = 0; mask < coalitions; mask++) {
    if (mask % coalitionsAtOnce === 0) {
      work.progress(mask, coalitions, "coalitions");
      await work.pause();
      if (work.cancelled()) return failed("cancelled", "cancelled");
    }
    for (let player = 0; player < players; player++) members[player] = (mask >>> player) & 1;
    const found = value(members);
    if (!found.ok) return found;
    worth[mask] = found.value;
  }
  work.progress(coalitions, coalitions, "coalitions");
  const weights = orderWeights(players);
  const sizes = new Uint8Array(coalitions);
  for (let mask = 1; mask < coalitions; mask++) sizes[mask] = (sizes[mask >>> 1] ?? 0) + (mask & 1);
  const values = new Float64Array(players);
  const terms = new Float64Array(coalitions / 2);
  for (let player = 0; player < players; player++) {
    const own = 2 ** player;
    let at = 0;
    for (let mask = 0; mask < coalitions; mask++) {
      if ((mask & own) !== 0) continue;
      terms[at++] = (weights[sizes[mask] ?? 0] ?? 0) * ((worth[mask + own] ?? 0) - (worth[mask] ?? 0));
    }
    values[player] = sum(terms);
  }
  const total = (worth[coalitions - 1] ?? 0) - (worth[0] ?? 0);
  return success({ values: closedTo(values, total), evaluations: coalitions });
}

/** |S|!·(n−|S|−1)!/n! by |S|: 1/(n·C(n−1, |S|)). */
function orderWeights(players: number): Float64Array {
  const weights = new Float64Array(players);
  let choices = 1;
  for (let size = 0; size < players; size++) {
    weights[size] = 1 / (players * choices);
    choices = (choices * (players - 1 - size)) / (size + 1);
  }
  return weights;
}

export interface Sampling {
  readonly seed: number;
  /** Orders drawn at most, each with its reverse; ≥ 2. */
  readonly mostPermutations: number;
  /** Stops when every standard error is at most this share of v(all) − v(none); 0 never does. */
  readonly tolerance: number;
}

/** Orders before the first look at the errors. */
const leastPermutations = 16;
/** Coalitions of this many players are remembered by number. */
const rememberedPlayers = 40;
const mostRemembered = 200_000;

/**
 * Shapley values from random orders, each with its reverse (antithetic): what a player adds on joining, averaged. Every order adds up to the
 * whole, so the averages do. The error is that of the mean of pairs.
 *
 *     φ_i ≈ mean over pairs of ½·(added in the order + added in its reverse),   se_i = sd of pairs / √pairs
 *
 * @param players n ≥ 1
 * @param value   v; the same coalition is asked for once where there are up to 40 players
 * @returns the values with their errors; `cancelled`, or the first failure of `value`
 * @throws DomainError for a sampling of fewer than two orders
 * @source J. Castro, D. Gómez, J. Tejada, Polynomial calculation of the Shapley value based on sampling, Computers & OR 36 (2009) 1726–1730
 */
export async function sampledShapley(
  players: number,
  value: CoalitionValue,
  { seed, mostPermutations, tolerance }: Sampling,
  work: Work,
): Promise<Result<ShapleyValues>> {
  if (!(mostPermutations >= 2)) throw new DomainError("a standard error needs two orders or more", mostPermutations);
  const random = randomStream(seed);
  const known = remembered(players, value);
  const none = known.value(new Uint8Array(players));
  if (!none.ok) return none;
  const all = known.value(new Uint8Array(players).fill(1));
  if (!all.ok) return all;
  const total = all.value - none.value;
  const order = Uint32Array.from({ length: players }, (_, i) => i);
  const mean = new Float64Array(players);
  const squares = new Float64Array(players);
  const pair = new Float64Array(players);
  let drawn = 0;
  const errorOf = (i: number): number => Math.sqrt((squares[i] ?? 0) / (drawn - 1) / drawn);
  while (drawn < mostPermutations) {
    shuffle(order, random.nextBelow);
    pair.fill(0);
    for (const reversed of [false, true]) {
      const members = new Uint8Array(players);
      let before = none.value;
      for (let at = 0; at < players; at++) {
        if (at % coalitionsAtOnce === 0) {
          await work.pause();
          if (work.cancelled()) return failed("cancelled", "cancelled");
        }
        const player = order[reversed ? players - 1 - at : at] ?? 0;
        members[player] = 1;
        const found = at === players - 1 ? all : known.value(members);
        if (!found.ok) return found;
        pair[player] = (pair[player] ?? 0) + 0.5 * (found.value - before);
        before = found.value;
      }
    }
    drawn += 1;
    work.progress(drawn, mostPermutations, "orders");
    // Welford's update of mean and sum of squared deviations.
    for (let i = 0; i < players; i++) {
      const added = pair[i] ?? 0;
      const away = added - (mean[i] ?? 0);
      mean[i] = (mean[i] ?? 0) + away / drawn;
      squares[i] = (squares[i] ?? 0) + away * (added - (mean[i] ?? 0));
    }
    const enough = tolerance * Math.abs(total);
    if (drawn >= leastPermutations && order.every((_, i) => errorOf(i) <= enough)) break;
  }
  work.progress(mostPermutations, mostPermutations, "orders");
  return success({
    values: closedTo(mean, total),
    errors: Float64Array.from(mean, (_, i) => errorOf(i)),
    permutations: drawn,
    evaluations: known.evaluations(),
  });
}

/** Fisher and Yates. */
function shuffle(order: Uint32Array, nextBelow: (below: number) => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const chosen = nextBelow(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[chosen] ?? 0;
    order[chosen] = kept;
  }
}

function remembered(players: number, value: CoalitionValue) {
  const known = new Map<number, number>();
  let evaluations = 0;
  return {
    evaluations: () => evaluations,
    value: (members: Uint8Array): Result<number> => {
      let key = 0;
      if (players <= rememberedPlayers) for (let i = players - 1; i >= 0; i--) key = 2 * key + (members[i] ?? 0);
      const before = players <= rememberedPlayers ? known.get(key) : undefined;
      if (before !== undefined) return success(before);
      evaluations += 1;
      const found = value(members);
      if (found.ok && players <= rememberedPlayers && known.size < mostRemembered) known.set(key, found.value);
      return found;
    },
  };
}

/**
 * Parts whose compensated sum is the whole to the last bit: the rounding that is missing goes to the part of the largest size that can take it
 * (a part much larger than the whole has no digits so small); parts that are 0 stay 0.
 *
 * @param parts any finite numbers
 * @param whole what they add up to but for rounding
 * @param share of the largest amount that is still rounding
 * @returns the parts, one or a few of them moved by the rounding
 * @throws DomainError if more than rounding is missing
 */
export function closedTo(parts: Float64Array, whole: number, share = 1e-9): Float64Array {
  const closed = Float64Array.from(parts);
  let missing = whole - sum(closed);
  if (missing === 0) return closed;
  const size = closed.reduce((largest, part) => Math.max(largest, Math.abs(part)), Math.abs(whole));
  if (Math.abs(missing) > share * size) throw new DomainError("parts must add up to the whole", missing);
  const bySize = [...closed.keys()]
    .filter((i) => closed[i] !== 0)
    .sort((a, b) => Math.abs(closed[b] ?? 0) - Math.abs(closed[a] ?? 0));
  for (let round = 0; round < 4; round++) {
    for (const i of bySize) {
      const part = closed[i] ?? 0;
      // Half of it where the sum lies between two doubles and is rounded to the even one.
      for (const share of [1, 0.5]) {
        closed[i] = part + share * missing;
        if (sum(closed) === whole) return closed;
      }
      closed[i] = part;
    }
    const [largest] = bySize;
    if (largest !== undefined) closed[largest] = (closed[largest] ?? 0) + missing;
    missing = whole - sum(closed);
  }
  return closed;
}
