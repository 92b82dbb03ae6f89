import { type InstrumentId, isListed } from "../instrument/index.ts";
import { type Book, type BookPosition, hasUsdRate } from "../methodology/index.ts";
import type { PricedInstrument } from "../revaluation/index.ts";
import { isSamePrice } from "./point-cubes.ts";

/** The instruments of a book, each once, with what the book holds of them. */
export interface Holdings {
  readonly instruments: readonly PricedInstrument[];
  /** Sum of the quantities held, by instrument. */
  readonly quantities: Float64Array;
  /** Index of the instrument of each position of the book. */
  readonly instrumentOf: Uint32Array;
  /** Whether the instrument moves with the coins; a dollar currency does not. */
  readonly moves: readonly boolean[];
  /** Settlement currencies of the instruments, each once, and the index of each instrument's among them. */
  readonly currencies: readonly string[];
  readonly currencyOf: Uint32Array;
}

/** Underlyings and currencies that count as a dollar do not move with the coins. */
function staysAtOneDollar(currency: string): boolean {
  return hasUsdRate(noIndices, currency);
}

/** Whether an index stays where it is: a dollar, or the currency that listed contracts are paid in. */
export function stays({ instruments }: Holdings, underlying: string): boolean {
  if (staysAtOneDollar(underlying)) return true;
  const named = instruments.filter(({ instrument }) => instrument.settlement === underlying && isListed(instrument));
  return named.length > 0 && instruments.every(({ instrument }) => instrument.underlying !== underlying);
}

const noIndices: ReadonlyMap<string, number> = new Map();

/**
 * The instruments of a book, each once; positions in one instrument whose marks differ (stated by the venue) stay apart.
 * Made once for each book.
 *
 * @param like a book that may hold the same contracts at the same terms in the same places, before others: then only quantities and the others
 *   are taken anew
 */
export function holdingsOf(book: Book, like?: Book): Holdings {
  const known = holdingsByBook.get(book);
  if (known !== undefined) return known;
  const other = like && holdingsByBook.get(like);
  const begun = other !== undefined && beginsAlike(like, book) ? other : nothing;
  const holdings = withRest(begun, book);
  holdingsByBook.set(book, holdings);
  return holdings;
}

const holdingsByBook = new WeakMap<Book, Holdings>();
const nothing: Holdings = {
  ...{ instruments: [], quantities: new Float64Array(), instrumentOf: new Uint32Array() },
  ...{ moves: [], currencies: [], currencyOf: new Uint32Array() },
};

function beginsAlike(one: Book | undefined, { positions }: Book): boolean {
  if (one === undefined || one.positions.length > positions.length) return false;
  for (let at = 0; at < one.positions.length; at++) {
    const [before, now] = [one.positions[at] as BookPosition, positions[at] as BookPosition];
    if (before === now) continue;
    if (before.position.instrument !== now.position.instrument || !isSamePrice(before.terms, now.terms)) return false;
  }
  return true;
}

/** Holdings of a book whose first positions are those of other holdings, in other quantities. */
function withRest(begun: Holdings, { positions }: Book): Holdings {
  const rowOf = begun === nothing ? rowsByMap() : rowsBySearch;
  const instruments = begun.instruments.slice();
  const instrumentOf = new Uint32Array(positions.length);
  instrumentOf.set(begun.instrumentOf);
  for (let at = begun.instrumentOf.length; at < positions.length; at++) {
    const { position, terms } = positions[at] as BookPosition;
    instrumentOf[at] = rowOf(instruments, { instrument: position.instrument, terms });
  }
  const others = instruments.slice(begun.instruments.length).map(({ instrument }) => instrument);
  const currencies = [...new Set([...begun.currencies, ...others.map(({ settlement }) => settlement)])];
  const currencyOf = new Uint32Array(instruments.length);
  currencyOf.set(begun.currencyOf);
  currencyOf.set(
    others.map(({ settlement }) => currencies.indexOf(settlement)),
    begun.instruments.length,
  );
  const moves = [...begun.moves, ...others.map(({ underlying }) => !staysAtOneDollar(underlying))];
  return {
    instruments,
    quantities: quantitiesOf(instruments.length, instrumentOf, positions),
    instrumentOf,
    moves,
    currencies,
    currencyOf,
  };
}

function quantitiesOf(count: number, instrumentOf: Uint32Array, positions: readonly BookPosition[]): Float64Array {
  const quantities = new Float64Array(count);
  for (let at = 0; at < positions.length; at++) {
    const row = instrumentOf[at] as number;
    quantities[row] = (quantities[row] as number) + (positions[at] as BookPosition).position.quantity;
  }
  return quantities;
}

/** Row of an instrument at its mark, which is taken in where it is new. */
type RowOf = (instruments: PricedInstrument[], one: PricedInstrument) => number;

function rowsByMap(): RowOf {
  const rows = new Map<InstrumentId, Map<number, number>>();
  return (instruments, one) => {
    const { id } = one.instrument;
    const byMark = rows.get(id) ?? new Map<number, number>();
    rows.set(id, byMark);
    const row = byMark.get(one.terms.mark) ?? instruments.push(one) - 1;
    byMark.set(one.terms.mark, row);
    return row;
  };
}

/** For a few beside many. */
function rowsBySearch(instruments: PricedInstrument[], one: PricedInstrument): number {
  const isSame = ({ instrument, terms }: PricedInstrument) =>
    instrument.id === one.instrument.id && terms.mark === one.terms.mark;
  const row = instruments.findIndex(isSame);
  return row >= 0 ? row : instruments.push(one) - 1;
}
