import type { Book, MethodologyUnderRules } from "../../methodology/index.ts";
import type { SurfaceGrid } from "../surface-grid.ts";

interface Begun {
  readonly under: MethodologyUnderRules;
  readonly key: string;
  readonly grids: readonly SurfaceGrid[];
}

const begun = new WeakMap<Book, Begun>();

/** Keeps the grids of a surface that stopped at its coarse points: the latest of each book. */
export function keepBegun(book: Book, surface: Begun): void {
  begun.set(book, surface);
}

/** The grids of such a surface, for whoever goes on with it; given away once, so that no two runs fill one grid. */
export function takeBegun(book: Book, { under, key }: Omit<Begun, "grids">): readonly SurfaceGrid[] | undefined {
  const kept = begun.get(book);
  if (kept?.under !== under || kept.key !== key) return undefined;
  begun.delete(book);
  return kept.grids;
}
