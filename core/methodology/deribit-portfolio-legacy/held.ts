import type { Book, BookPosition } from "../contract.ts";
import { placesBy } from "../parts/groups.ts";
import { type AboutContract, nothingElse, oncePerContracts } from "../parts/once-per-contracts.ts";
import { oncePerPositions } from "../parts/once-per-positions.ts";

/** What an account holds of one underlying, in the order of the book. */
export interface Held {
  readonly underlying: string;
  readonly positions: readonly BookPosition[];
  /** A contract for each position; the same list while contracts stay. */
  readonly contracts: readonly AboutContract[];
}

/** What is settled in a currency, by underlying in alphabetical order. */
export function heldIn({ positions }: Book, currency: string): readonly Held[] {
  const groups = groupsOf(positions, nothingElse).filter(({ settlement }) => settlement === currency);
  return groups.map(({ underlying, places, contracts }) => ({
    ...{ underlying, contracts },
    positions: places.map((place) => positions[place] as BookPosition),
  }));
}

/** Underlyings of a book in alphabetical order. */
export function underlyingsOf({ positions }: Book): readonly string[] {
  return [...new Set(groupsOf(positions, nothingElse).map(({ underlying }) => underlying))];
}

const groupsOf = oncePerPositions(
  oncePerContracts((list) => {
    const groups = placesBy(list, ({ instrument: { underlying, settlement } }) => `${underlying} in ${settlement}`);
    return [...groups.values()]
      .map((places) => {
        const contracts = places.map((place) => ({ instrument: (list[place] as AboutContract).instrument }));
        const { underlying, settlement } = (contracts[0] as AboutContract).instrument;
        return { underlying, settlement, places, contracts };
      })
      .sort((a, b) => (a.underlying < b.underlying ? -1 : 1));
  }),
);
