import type { InstrumentId } from "../instrument/index.ts";
import type { Book, BookPosition, MethodologyUnderRules } from "../methodology/index.ts";
import { buildCube, isSameSet, type PnlCube, type RevaluationKernel } from "../revaluation/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import { placesInOrder } from "./places-in-order.ts";

/** The cubes of the latest book under a methodology, and what they were made from. */
interface Known {
  readonly kernel: RevaluationKernel;
  readonly asOfMs: number;
  readonly sets: readonly ScenarioSet[];
  /** First position of each instrument the cubes hold. */
  readonly entries: ReadonlyMap<InstrumentId, BookPosition>;
  /** Positions of that book at the terms of the cubes, in its order. */
  readonly held: readonly BookPosition[];
  readonly cubes: ReadonlyMap<string, PnlCube>;
}

const latest = new WeakMap<MethodologyUnderRules, Known>();

/** Memory of the cubes kept for a methodology: larger ones (long joint scenarios) are made anew. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Cubes that hold every instrument of a book, taken again where the latest book under this methodology had the same
 * instruments at the same terms: quantities do not matter to a cube, so a what-if revalues and copies nothing. They may hold
 * instruments the book no longer has.
 */
export function sharedCubes(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): ReadonlyMap<string, PnlCube> {
  const sets = methodology.scenarios(book);
  const known = latest.get(methodology);
  if (known?.kernel === kernel && known.asOfMs === book.asOfMs && areSame(known.sets, sets) && holdsAll(known, book))
    return known.cubes;
  const instruments = book.positions.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  const cubes = new Map(sets.map((set) => [set.id, buildCube(set, instruments, kernel)] as const));
  const entries = new Map<InstrumentId, BookPosition>();
  for (const entry of book.positions) {
    const { id } = entry.position.instrument;
    if (!entries.has(id)) entries.set(id, entry);
  }
  const doubles = [...cubes.values()].reduce((total, { values }) => total + values.length, 0);
  if (doubles * Float64Array.BYTES_PER_ELEMENT > mostBytes) latest.delete(methodology);
  else {
    const held = book.positions.filter((entry) => isHeld(entries, entry));
    latest.set(methodology, { kernel, asOfMs: book.asOfMs, sets, entries, held, cubes });
  }
  return cubes;
}

function areSame(known: readonly ScenarioSet[], sets: readonly ScenarioSet[]): boolean {
  if (known.length !== sets.length) return false;
  return sets.every((set, at) => {
    const one = known[at];
    return one !== undefined && one.id === set.id && isSameSet(one, set);
  });
}

/** Whether every instrument of the book stands in the cubes at its terms. */
function holdsAll({ entries, held }: Known, book: Book): boolean {
  const placeOf = placesInOrder(held);
  return book.positions.every((entry) => placeOf(entry) >= 0 || isHeld(entries, entry));
}

/** Whether the instrument of a position stands in the cubes at its terms. The first position of an instrument decides. */
function isHeld(entries: Known["entries"], entry: BookPosition): boolean {
  const { instrument } = entry.position;
  const first = entries.get(instrument.id);
  if (first === undefined) return false;
  if (first === entry || first.terms === entry.terms) return true;
  const [then, now] = [first.terms, entry.terms];
  return (
    first.position.instrument === instrument &&
    then.forward === now.forward &&
    then.index === now.index &&
    then.years === now.years &&
    then.volatility === now.volatility &&
    then.carry === now.carry &&
    then.riskArray === now.riskArray
  );
}
