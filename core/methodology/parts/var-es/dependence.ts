import { randomStream } from "../../../measure/index.ts";
import type { BookLosses } from "./losses.ts";
import type { VarEsRules } from "./rules.ts";

/**
 * Measure of the book when its underlyings depend on each other otherwise than in the history.
 *
 *     perfect   scenario j takes from every underlying the scenario with its j-th lowest price move
 *     zero      every underlying but the first in an independent random order; mean over the shuffles
 *
 * @param measure of losses without weights
 */
export function dependentLosses(
  book: BookLosses,
  kind: "perfect" | "zero",
  { addOns: { dependence } }: VarEsRules,
  measure: (losses: Float64Array) => number,
): number {
  // One underlying depends on nothing else.
  if (book.groups.length < 2) return measure(book.total);
  if (kind === "perfect") return measure(reordered(book, (underlying) => byPriceMove(book, underlying)));
  const stream = randomStream(dependence.seed);
  let total = 0;
  for (let i = 0; i < dependence.shuffles; i++) {
    total += measure(
      reordered(book, (_, place) => (place === 0 ? undefined : shuffled(book.total.length, stream.nextBelow))),
    );
  }
  return total / dependence.shuffles;
}

/** Losses added over the underlyings, each in an order of its own; `undefined`: as it is. */
function reordered(
  { groups, total }: BookLosses,
  orderOf: (underlying: string, place: number) => Uint32Array | undefined,
): Float64Array {
  const losses = new Float64Array(total.length);
  groups.forEach((group, place) => {
    const order = orderOf(group.underlying, place);
    for (let s = 0; s < losses.length; s++)
      losses[s] = (losses[s] as number) + (group.losses[order === undefined ? s : (order[s] as number)] as number);
  });
  return losses;
}

function byPriceMove({ list, total }: BookLosses, underlying: string): Uint32Array | undefined {
  const scenarios = list.sets.find((set) => set.underlying === underlying)?.scenarios;
  if (scenarios === undefined) return undefined;
  const order = Array.from(total.keys());
  order.sort((a, b) => (scenarios[a]?.priceMove ?? 0) - (scenarios[b]?.priceMove ?? 0) || a - b);
  return Uint32Array.from(order);
}

/** Fisher and Yates. */
function shuffled(count: number, nextBelow: (bound: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = nextBelow(i + 1);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}
