import type { History } from "../history/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import type { BookPosition, MethodologyUnderRules } from "../methodology/index.ts";
import type { Position } from "../portfolio/index.ts";
import type { ExcludedPosition } from "./margin-result.ts";
import { placesInOrder } from "./places-in-order.ts";

/** What becomes of a position at a market: an entry of the book, or why it is not in it. */
export type Outcome = BookPosition | ExcludedPosition;

/** What became of a list of positions, each part in the order of the list. */
export interface JoinedPositions {
  readonly positions: readonly BookPosition[];
  readonly excluded: readonly ExcludedPosition[];
}

interface JoinedList extends JoinedPositions {
  readonly of: readonly Position[];
  readonly outcomes: readonly Outcome[];
}

/** Positions that were joined under the latest market and history of a methodology: outcomes depend on these alone. */
interface Known {
  readonly market: MarketSnapshot;
  readonly history: History | undefined;
  readonly outcomes: WeakMap<Position, Outcome>;
  latest: JoinedList;
}

const knownOf = new WeakMap<MethodologyUnderRules, Known>();
const nothing: JoinedList = { of: [], outcomes: [], positions: [], excluded: [] };

/**
 * Joins positions one by one, those that were not joined before under the same methodology, market and history: a what-if keeps all
 * positions but a few.
 *
 * @param join computes an outcome from nothing but the position and `under`
 */
export function joinedOnce(
  list: readonly Position[],
  under: {
    readonly methodology: MethodologyUnderRules;
    readonly market: MarketSnapshot;
    readonly history: History | undefined;
  },
  join: (position: Position) => Outcome,
): JoinedPositions {
  const known = knownUnder(under);
  const outcomeOf = (position: Position): Outcome => {
    const outcome = known.outcomes.get(position) ?? join(position);
    known.outcomes.set(position, outcome);
    return outcome;
  };
  known.latest = patched(known.latest, list, outcomeOf) ?? joinedInOrder(known.latest, list, outcomeOf);
  return known.latest;
}

/** Outcomes of a list without anything known. */
export function joinedList(list: readonly Position[], join: (position: Position) => Outcome): JoinedPositions {
  return listOf(list, list.map(join));
}

function knownUnder({
  methodology,
  market,
  history,
}: Omit<Known, "outcomes" | "latest"> & { methodology: MethodologyUnderRules }) {
  const known = knownOf.get(methodology);
  if (known?.market === market && known.history === history) return known;
  const fresh = { market, history, outcomes: new WeakMap<Position, Outcome>(), latest: nothing };
  knownOf.set(methodology, fresh);
  return fresh;
}

function isEntry(outcome: Outcome | undefined): outcome is BookPosition {
  return outcome !== undefined && "terms" in outcome;
}

/** The latest list with a few positions replaced; `undefined` where it is another list, or what was in the book no longer is. */
function patched(
  latest: JoinedList,
  list: readonly Position[],
  outcomeOf: (position: Position) => Outcome,
): JoinedList | undefined {
  if (latest.of.length !== list.length || list.length === 0) return undefined;
  const places: number[] = [];
  for (let at = 0; at < list.length; at++) {
    if (list[at] === latest.of[at]) continue;
    if (places.length === mostReplaced) return undefined;
    places.push(at);
  }
  if (places.length === 0) return latest;
  const outcomes = latest.outcomes.slice();
  const positions = latest.positions.slice();
  const excluded = latest.excluded.slice();
  for (const at of places) {
    const outcome = outcomeOf(list[at] as Position);
    const wasEntry = isEntry(latest.outcomes[at]);
    if (wasEntry !== isEntry(outcome)) return undefined;
    const place = placeInPart(latest, at, wasEntry);
    if (isEntry(outcome)) positions[place] = outcome;
    else excluded[place] = outcome;
    outcomes[at] = outcome;
  }
  return { of: list, outcomes, positions, excluded };
}

/** More are joined in order: each one replaced is looked up. */
const mostReplaced = 32;

/** Place of an outcome among the entries, or among the excluded. */
function placeInPart({ outcomes, positions, excluded }: JoinedList, at: number, ofEntries: boolean): number {
  if ((ofEntries ? excluded : positions).length === 0) return at;
  let place = 0;
  for (let before = 0; before < at; before++) if (isEntry(outcomes[before]) === ofEntries) place += 1;
  return place;
}

function joinedInOrder(
  latest: JoinedList,
  list: readonly Position[],
  outcomeOf: (position: Position) => Outcome,
): JoinedList {
  const placeOf = placesInOrder(latest.of);
  return listOf(
    list,
    list.map((position) => latest.outcomes[placeOf(position)] ?? outcomeOf(position)),
  );
}

function listOf(of: readonly Position[], outcomes: readonly Outcome[]): JoinedList {
  const excluded: ExcludedPosition[] = [];
  const positions: BookPosition[] = [];
  for (const outcome of outcomes) {
    if (isEntry(outcome)) positions.push(outcome);
    else excluded.push(outcome);
  }
  return { of, outcomes, positions, excluded };
}
