import { revalued, totalsOf } from "../../margin/index.ts";
import type { Book, MethodologyUnderRules } from "../../methodology/index.ts";
import { buildCube, type RevaluationKernel } from "../../revaluation/index.ts";

/** Initial margin of parts of a book, USD. */
export type MarginOfPart = (underlyings: ReadonlySet<string>) => number;

/**
 * Initial margin a methodology asks for the positions on some underlyings as if they were all there are: no balances, no components, the same
 * prices. Computed once for each part.
 *
 * @param book        whole
 * @param methodology asked for each part, its scenarios made for it
 * @param kernel      revalues
 */
export function marginOfParts(book: Book, methodology: MethodologyUnderRules, kernel: RevaluationKernel): MarginOfPart {
  const known = new Map<string, number>();
  return (underlyings) => {
    const key = JSON.stringify([...underlyings].sort());
    const found = known.get(key);
    if (found !== undefined) return found;
    const positions = book.positions.filter(({ position }) => underlyings.has(position.instrument.underlying));
    const part: Book = { ...book, positions, balances: [], components: [] };
    const instruments = positions.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
    const cubes = new Map(methodology.scenarios(part).map((set) => [set.id, buildCube(set, instruments, kernel)]));
    const { initialUsd } = totalsOf(methodology.charge(part, revalued(cubes, false)).accounts);
    known.set(key, initialUsd);
    return initialUsd;
  };
}
