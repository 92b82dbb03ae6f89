import type { InstrumentId } from "../instrument/index.ts";
import type { Book, BookPosition } from "../methodology/index.ts";
import type { HeldOption } from "../revaluation/index.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";
import { type MergedBook, mergeableOptions, type OptionClass } from "./merged-book.ts";

/** How the book of a what-if differs from the book it starts from. */
export interface BookEdit {
  /** Places of the first book whose position is another one, or is left out. */
  readonly changed: readonly { readonly at: number; readonly entry?: BookPosition }[];
  readonly added: readonly BookPosition[];
  /** Everything else, as it is after the edit. */
  readonly rest: Omit<Book, "positions" | "history" | "parameterFile">;
}

/** Beyond this many changed positions a surface starts anew. */
const mostChanged = 64;

/**
 * The edit that turns one book into another; positions and terms of what is unchanged must be the same objects.
 *
 * @returns `undefined` when more than 64 positions differ, or the books are of different markets
 */
export function bookEdit(from: Book, to: Book): BookEdit | undefined {
  if (from.asOfMs !== to.asOfMs || from.history !== to.history || from.parameterFile !== to.parameterFile)
    return undefined;
  const changed: { at: number; entry?: BookPosition }[] = [];
  let next = 0;
  for (const [at, entry] of from.positions.entries()) {
    const other = to.positions[next];
    if (other !== undefined && isSame(entry, other)) next += 1;
    else if (other?.position.id === entry.position.id) {
      changed.push({ at, entry: other });
      next += 1;
    } else changed.push({ at });
    if (changed.length > mostChanged) return undefined;
  }
  const added = to.positions.slice(next);
  if (changed.length + added.length > mostChanged) return undefined;
  const { positions: _, history: _h, parameterFile: _p, ...rest } = to;
  return { changed, added, rest };
}

function isSame(one: BookPosition, other: BookPosition): boolean {
  return one === other || (one.position === other.position && one.terms === other.terms);
}

/** The book after an edit. */
export function editedBook(from: Book, { changed, added, rest }: BookEdit): Book {
  const others = new Map(changed.map(({ at, entry }) => [at, entry]));
  const kept = from.positions.flatMap((entry, at) => (others.has(at) ? (others.get(at) ?? []) : entry));
  return { ...from, ...rest, positions: [...kept, ...added] };
}

/** A merged book after an edit, and what its classes lack of those they come from. */
export interface EditedMerge {
  readonly merged: MergedBook;
  /** For each class: the class it comes from (−1 for an option that stands apart), and the members that stand apart now. */
  readonly origins: readonly { readonly of: number; readonly apart: readonly HeldOption[] }[];
}

const merges = new WeakMap<BookEdit, { readonly whole: MergedBook; readonly edited: EditedMerge }>();

/**
 * The merged book of an edited book: instruments that an edit touches stand for themselves behind the others, and leave
 * their classes. Made once for each edit.
 *
 * @param whole merged from `from`
 */
export function editedMerge(whole: MergedBook, from: Book, edit: BookEdit): EditedMerge {
  const known = merges.get(edit);
  if (known?.whole === whole) return known.edited;
  const edited = makeEdited(whole, from, edit);
  merges.set(edit, { whole, edited });
  return edited;
}

function makeEdited(whole: MergedBook, from: Book, edit: BookEdit): EditedMerge {
  const others = new Map<BookPosition, BookPosition | undefined>();
  const touched = new Set<InstrumentId>(edit.added.map(({ position }) => position.instrument.id));
  for (const { at, entry } of edit.changed) {
    const before = from.positions[at];
    if (before !== undefined) others.set(before, entry);
    for (const one of [before, entry]) if (one !== undefined) touched.add(one.position.instrument.id);
  }
  const after = (entry: BookPosition): readonly BookPosition[] => {
    if (!others.has(entry)) return [entry];
    const other = others.get(entry);
    return other === undefined ? [] : [other];
  };
  const classOf = classesById(whole);
  const hit = new Set([...touched].map((id) => classOf.get(id)));
  const split = whole.classes.map(({ members }, at) =>
    hit.has(at) ? partition(members, touched) : { kept: members, apart: [] },
  );
  const inClasses = new Set(split.flatMap(({ apart }) => apart.map(({ instrument }) => instrument.id)));
  const positions = whole.book.positions.flatMap((entry, at) => {
    const one = whole.classOf[whole.holdings.instrumentOf[at] ?? -1] ?? -1;
    const parts = split[one];
    return parts === undefined ? after(entry) : reduced(entry, parts);
  });
  const loose = from.positions.filter(({ position }) => inClasses.has(position.instrument.id)).flatMap(after);
  const book: Book = { ...whole.book, ...edit.rest, positions: [...positions, ...loose, ...edit.added] };
  return reclassed(whole, book, split, touched);
}

/** Class of each option of a merged book that stands in one; made once for each. */
function classesById(whole: MergedBook): ReadonlyMap<InstrumentId, number> {
  const known = classMaps.get(whole);
  if (known !== undefined) return known;
  const classOf = new Map(
    whole.classes.flatMap(({ members }, at) => members.map(({ instrument }) => [instrument.id, at] as const)),
  );
  classMaps.set(whole, classOf);
  return classOf;
}

const classMaps = new WeakMap<MergedBook, ReadonlyMap<InstrumentId, number>>();

interface Parts {
  readonly kept: readonly HeldOption[];
  readonly apart: readonly HeldOption[];
}

function partition(members: readonly HeldOption[], touched: ReadonlySet<InstrumentId>): Parts {
  const apart = members.filter(({ instrument }) => touched.has(instrument.id));
  if (apart.length === 0) return { kept: members, apart };
  const kept = members.filter(({ instrument }) => !touched.has(instrument.id));
  // What is left of nothing is left out.
  return { kept: kept.some(({ quantity }) => quantity !== 0) ? kept : [], apart };
}

/** The entry of a class without the members that stand apart. */
function reduced(entry: BookPosition, { kept, apart }: Parts): readonly BookPosition[] {
  if (apart.length === 0) return [entry];
  if (kept.length === 0) return [];
  let quantity = 0;
  let value = 0;
  for (const one of kept) {
    quantity += one.quantity;
    value += one.quantity * one.terms.mark;
  }
  return [{ position: { ...entry.position, quantity }, terms: { ...entry.terms, mark: value / quantity } }];
}

function reclassed(
  whole: MergedBook,
  book: Book,
  split: readonly Parts[],
  touched: ReadonlySet<InstrumentId>,
): EditedMerge {
  const holdings = holdingsOf(book);
  const places = new Map(
    whole.classes.map(({ row }, at) => [whole.holdings.instruments[row]?.instrument.id, at] as const),
  );
  const classes: OptionClass[] = [];
  const origins: EditedMerge["origins"][number][] = [];
  const alone = optionsAlone(holdings, touched);
  const classOf = Int32Array.from(holdings.instruments, ({ instrument: { id, underlying } }, row) => {
    const of = places.get(id) ?? -1;
    const parts = split[of];
    const option = alone.get(row);
    if (parts !== undefined) origins.push({ of, apart: parts.apart });
    else if (option !== undefined) origins.push({ of: -1, apart: [option] });
    else return -1;
    const members = parts?.kept ?? (option === undefined ? [] : [option]);
    return classes.push({ row, underlying, members, quantity: holdings.quantities[row] ?? 0 }) - 1;
  });
  return { merged: { book, holdings, classes, classOf }, origins };
}

/** Touched options by row that can be summed by the kernel, each as a class of its own. */
function optionsAlone(holdings: Holdings, touched: ReadonlySet<InstrumentId>): ReadonlyMap<number, HeldOption> {
  const found = new Map<number, HeldOption>();
  const options = mergeableOptions(holdings);
  for (const [row, option] of options)
    if (option.quantity !== 0 && touched.has(option.instrument.id)) found.set(row, option);
  return found;
}
