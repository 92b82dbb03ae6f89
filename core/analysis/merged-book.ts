import { numbersOf } from "../base/index.ts";
import { type InstrumentId, instrumentId, type Option } from "../instrument/index.ts";
import type { Book, BookPosition, OptionMerging } from "../methodology/index.ts";
import type { PositionId } from "../portfolio/index.ts";
import { logMoneyness } from "../pricing/index.ts";
import { type HeldOption, isCarried } from "../revaluation/index.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

/** Options that stand as one entry of a merged book, in the order of the portfolio. */
export interface OptionClass {
  /** Row of its instrument in the holdings of the merged book. */
  readonly row: number;
  readonly underlying: string;
  readonly members: readonly HeldOption[];
  /** Σ quantity of the members; never 0. */
  readonly quantity: number;
}

/** A book whose options are added up as far as its methodology allows. */
export interface MergedBook {
  readonly book: Book;
  readonly holdings: Holdings;
  readonly classes: readonly OptionClass[];
  /** Class of a row of the holdings, −1 for instruments that stand for themselves. */
  readonly classOf: Int32Array;
}

/** Fewer positions saved than this are not worth it; small books are charged as they are, to the last bit. */
const leastSaved = 64;

/**
 * Adds up options that a methodology need not tell apart: of one contract family, expiry and side (and type, where it says
 * so). Instruments held at two marks, options with carry and those a shock does not move stay as they are.
 * Made once for each book.
 *
 * @returns `undefined` where merging saves little
 */
export function mergedBook(book: Book, merging: OptionMerging | undefined): MergedBook | undefined {
  if (merging === undefined || book.positions.length < leastSaved) return undefined;
  const known = mergedBooks.get(book);
  if (known?.merging === merging) return known.merged;
  const merged = makeMerged(book, merging);
  mergedBooks.set(book, { merging, merged });
  return merged;
}

const mergedBooks = new WeakMap<Book, { readonly merging: OptionMerging; readonly merged: MergedBook | undefined }>();

function makeMerged(book: Book, merging: OptionMerging): MergedBook | undefined {
  const groups = optionGroups(book, merging);
  let saved = 0;
  for (const { held } of groups.values()) saved += held.length - 1;
  if (saved < leastSaved) return undefined;
  return assembled(book, groups);
}

interface Group {
  readonly key: string;
  readonly held: readonly HeldOption[];
}

function optionGroups(book: Book, merging: OptionMerging): ReadonlyMap<InstrumentId, Group> {
  const groups = new Map<string, { key: string; held: HeldOption[] }>();
  const groupOf = new Map<InstrumentId, Group>();
  for (const option of mergeableOptions(holdingsOf(book)).values()) {
    const key = keyOf(option.instrument, option.quantity, merging);
    const group = groups.get(key) ?? { key, held: [] };
    groups.set(key, group);
    group.held.push(option);
    groupOf.set(option.instrument.id, group);
  }
  // An entry needs a quantity: options of nothing go with others, or stay as they are.
  for (const [id, { held }] of groupOf) if (held.every(({ quantity }) => quantity === 0)) groupOf.delete(id);
  return groupOf;
}

/** Options by row that the kernel can sum: held at one mark, moved by a shock, without carry. */
export function mergeableOptions({ instruments, quantities, moves }: Holdings): ReadonlyMap<number, HeldOption> {
  const rows = new Map<InstrumentId, number>();
  for (const { instrument } of instruments) rows.set(instrument.id, (rows.get(instrument.id) ?? 0) + 1);
  const options = new Map<number, HeldOption>();
  instruments.forEach(({ instrument, terms }, row) => {
    const quantity = quantities[row] ?? 0;
    if (instrument.kind !== "option" || !moves[row] || rows.get(instrument.id) !== 1) return;
    if (isCarried({ instrument, terms }) || terms.riskArray !== undefined) return;
    options.set(row, { instrument, terms, quantity, distance: logMoneyness(terms.forward, instrument.strike) });
  });
  return options;
}

function keyOf(option: Option, quantity: number, merging: OptionMerging): string {
  const { venue, underlying, quote, settlement, payoff, contractSize = 1, expiryMs, optionType } = option;
  const type = merging === "side" ? "" : optionType;
  return `${venue}/${underlying}/${quote}/${settlement}/${payoff}/${contractSize}@${expiryMs} ${quantity > 0 ? "long" : "short"} ${type}`;
}

/** The merged book: every group stands where its first position stood. */
function assembled(book: Book, groupOf: ReadonlyMap<InstrumentId, Group>): MergedBook {
  const placed = new Map<Group, BookPosition>();
  const positions: BookPosition[] = [];
  for (const entry of book.positions) {
    const group = groupOf.get(entry.position.instrument.id);
    if (group === undefined) positions.push(entry);
    else if (!placed.has(group)) {
      const one = entryOf(group);
      placed.set(group, one);
      positions.push(one);
    }
  }
  const merged: Book = { ...book, positions };
  const holdings = holdingsOf(merged);
  const classes: OptionClass[] = [];
  const classOf = new Int32Array(holdings.instruments.length).fill(-1);
  const groupsById = new Map([...placed].map(([group, { position }]) => [position.instrument.id, group]));
  holdings.instruments.forEach(({ instrument }, row) => {
    const group = groupsById.get(instrument.id);
    if (group === undefined) return;
    const { underlying } = instrument;
    classOf[row] = classes.push({ row, underlying, members: group.held, quantity: holdings.quantities[row] ?? 0 }) - 1;
  });
  return { book: merged, holdings, classes, classOf };
}

/** One entry for a group: the terms of its first option, the sum of quantities and the mean mark. */
function entryOf({ key, held }: Group): BookPosition {
  const [first] = held as readonly [HeldOption];
  let quantity = 0;
  let value = 0;
  for (const one of held) {
    quantity += one.quantity;
    value += one.quantity * one.terms.mark;
  }
  const { instrument } = first;
  const id = instrumentId(instrument.venue, `${key} (${held.length})`);
  return {
    position: { id: `merged ${key}` as PositionId, instrument: { ...instrument, id, symbol: key }, quantity },
    terms: { ...first.terms, mark: value / quantity },
  };
}

/** Some of the instruments of a merged book, as holdings of their own. */
export interface Singles extends Holdings {
  /** Rows in the holdings of the merged book. */
  readonly rows: readonly number[];
}

/** The instruments of a merged book that stand for themselves. */
export function singlesOf({ holdings, classOf }: MergedBook): Singles {
  const rows = holdings.instruments.flatMap((_, row) => ((classOf[row] ?? -1) >= 0 ? [] : [row]));
  const instruments = rows.flatMap((row) => holdings.instruments[row] ?? []);
  return {
    ...holdings,
    instruments,
    quantities: numbersOf(rows, (row) => holdings.quantities[row] ?? 0),
    rows,
  };
}
