import type { Book, BookPosition } from "../contract.ts";
import { nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";

/** The entries of a risk unit, each kind in the order of the book. */
export interface UnitEntries {
  /** Everything but spot. */
  readonly derivatives: readonly BookPosition[];
  readonly spot: readonly BookPosition[];
}

/** Entries of one coin in a book. */
export function unitEntries({ positions }: Pick<Book, "positions">, coin: string): UnitEntries {
  const places = placesByCoin(positions, nothingElse).get(coin);
  const at = (found: readonly number[] = []) => found.map((place) => positions[place] as BookPosition);
  return { derivatives: at(places?.derivatives), spot: at(places?.spot) };
}

/** Places of the entries of a risk unit in the book, each kind in its order. */
export interface UnitPlaces {
  readonly derivatives: readonly number[];
  readonly spot: readonly number[];
}

/** Places of the entries of one coin in a book. */
export function unitPlaces({ positions }: Pick<Book, "positions">, coin: string): UnitPlaces {
  return placesByCoin(positions, nothingElse).get(coin) ?? { derivatives: [], spot: [] };
}

/** Coins in which a book has positions, in order of first appearance. */
export function coinsHeld({ positions }: Pick<Book, "positions">): readonly string[] {
  return [...placesByCoin(positions, nothingElse).keys()];
}

interface Places {
  readonly derivatives: number[];
  readonly spot: number[];
}

const placesByCoin = oncePerPositions(
  oncePerContracts((list): ReadonlyMap<string, Places> => {
    const coins = new Map<string, Places>();
    list.forEach(({ instrument: { underlying, kind } }, place) => {
      const places = coins.get(underlying) ?? { derivatives: [], spot: [] };
      coins.set(underlying, places);
      places[kind === "spot" ? "spot" : "derivatives"].push(place);
    });
    return coins;
  }),
);
