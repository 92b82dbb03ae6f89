import type { Book, MethodologyUnderRules } from "../methodology/index.ts";
import { mergedBook } from "./merged-book.ts";
import { areSamePlaces, type Places } from "./point-blocks.ts";
import { emptyStore, type SumStore } from "./sum-store.ts";
import { blocksOfSurface } from "./surface-work.ts";

interface Kept {
  readonly mode: string;
  readonly places: Places;
  readonly store: SumStore;
}

/** Coarse and fine points of the axes in use. */
const mostKept = 2;

const latest = new WeakMap<Book, readonly Kept[]>();

/** The store of a book's sums at some points: the one of the last surface over the same points, or an empty one. */
export function storeOf(
  book: Book,
  methodology: MethodologyUnderRules,
  places: Places,
  mode: string,
): SumStore | undefined {
  const whole = mergedBook(book, methodology.mergesOptions);
  if (whole === undefined) return undefined;
  const kept = latest.get(book) ?? [];
  const known = kept.find((one) => one.mode === mode && areSamePlaces(one.places, places));
  if (known !== undefined) {
    latest.set(book, [known, ...kept.filter((one) => one !== known)]);
    return known.store;
  }
  const { length } = places.priceMoves;
  const blocks = blocksOfSurface(places, book, whole, methodology).length;
  const store = emptyStore(whole, methodology.scenarios(whole.book), length, blocks);
  if (store !== undefined) latest.set(book, [{ mode, places, store }, ...kept.slice(0, mostKept - 1)]);
  return store;
}
