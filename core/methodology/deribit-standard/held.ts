import type { Book, BookPosition } from "../contract.ts";
import { placesBy } from "../parts/groups.ts";
import { nothingElse, oncePerContracts } from "../parts/once-per-contracts.ts";
import { oncePerPositions } from "../parts/once-per-positions.ts";

/** Options settled in a currency, in the order of the book. */
export function optionsIn(book: Book, currency: string): readonly BookPosition[] {
  return heldIn(book, `${currency} option`);
}

/** Futures and perpetuals settled in a currency, in the order of the book. */
export function futuresIn(book: Book, currency: string): readonly BookPosition[] {
  return heldIn(book, `${currency} future`);
}

function heldIn({ positions }: Book, key: string): readonly BookPosition[] {
  return (placesOf(positions, nothingElse).get(key) ?? []).map((place) => positions[place] as BookPosition);
}

const placesOf = oncePerPositions(
  oncePerContracts((list) =>
    placesBy(list, ({ instrument: { settlement, kind } }) => `${settlement} ${kind === "option" ? kind : "future"}`),
  ),
);
