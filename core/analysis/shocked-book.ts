import { sum } from "../base/index.ts";
import { type InstrumentId, isListed } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { type Book, type BookPosition, hasUsdRate, usdPerUnit } from "../methodology/index.ts";
import type { Balance, Position } from "../portfolio/index.ts";
import { movedTerms, type PricedInstrument } from "../revaluation/index.ts";
import type { Scenario } from "../scenario/index.ts";
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

/** What the entries of a merged book say of themselves, by instrument of the holdings. */
export interface StatedUnits {
  readonly marks: Float64Array;
  readonly deltas: Float64Array;
  readonly models: Float64Array;
}

/** A book after a shock, with the profit that the shock made. */
export interface ShockedBook {
  readonly book: Book;
  /** Terms by instrument of the holdings. */
  readonly terms: readonly PricingTerms[];
  /** Settlement currency -> profit of the positions, in that currency; gain > 0. */
  readonly profits: ReadonlyMap<string, number>;
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
 * @param like a book that may hold the same contracts at the same terms in the same places: then only quantities are taken anew
 */
export function holdingsOf(book: Book, like?: Book): Holdings {
  const known = holdingsByBook.get(book);
  if (known !== undefined) return known;
  const other = like && holdingsByBook.get(like);
  const holdings = other !== undefined && holdsTheSame(like, book) ? withQuantities(other, book) : makeHoldings(book);
  holdingsByBook.set(book, holdings);
  return holdings;
}

const holdingsByBook = new WeakMap<Book, Holdings>();

function holdsTheSame(one: Book | undefined, { positions }: Book): boolean {
  if (one?.positions.length !== positions.length) return false;
  for (let at = 0; at < positions.length; at++) {
    const [before, now] = [one.positions[at] as BookPosition, positions[at] as BookPosition];
    if (before === now) continue;
    if (before.position.instrument !== now.position.instrument || !isSamePrice(before.terms, now.terms)) return false;
  }
  return true;
}

function withQuantities(holdings: Holdings, { positions }: Book): Holdings {
  const { instrumentOf } = holdings;
  const quantities = new Float64Array(holdings.quantities.length);
  for (let at = 0; at < positions.length; at++) {
    const row = instrumentOf[at] as number;
    quantities[row] = (quantities[row] as number) + (positions[at] as BookPosition).position.quantity;
  }
  return { ...holdings, quantities };
}

function makeHoldings(book: Book): Holdings {
  const rows = new Map<InstrumentId, Map<number, number>>();
  const instruments: PricedInstrument[] = [];
  const quantities: number[] = [];
  const instrumentOf = Uint32Array.from(book.positions, ({ position, terms }) => {
    const { instrument, quantity } = position;
    const byMark = rows.get(instrument.id) ?? new Map<number, number>();
    rows.set(instrument.id, byMark);
    let row = byMark.get(terms.mark);
    if (row === undefined) {
      row = instruments.push({ instrument, terms }) - 1;
      byMark.set(terms.mark, row);
    }
    quantities[row] = (quantities[row] ?? 0) + quantity;
    return row;
  });
  const moves = instruments.map(({ instrument }) => !staysAtOneDollar(instrument.underlying));
  const currencies = [...new Set(instruments.map(({ instrument }) => instrument.settlement))];
  const currencyOf = Uint32Array.from(instruments, ({ instrument }) => currencies.indexOf(instrument.settlement));
  return { instruments, quantities: Float64Array.from(quantities), instrumentOf, moves, currencies, currencyOf };
}

/** What moves an instrument or an index: price, volatility and time. */
export type Shock = Pick<Scenario, "priceMove" | "volatility" | "decayDays">;

/**
 * A book at a shocked market: index and forwards of an underlying move by the same fraction (dollar currencies stay), volatilities
 * by the shock, marks by the profit of one unit. The profit is added to the equity of its settlement currency, or to the
 * whole account in USD, and a stated option value moves with the marks. Other parts of equity and the margin balance the
 * venue stated no longer hold and are left out, so that the methodology derives them.
 *
 * @param book       before the shock
 * @param holdings   `holdingsOf(book)`
 * @param scenario   price move and volatility shock, of all underlyings or of each by name (an instrument may have its own volatility shock)
 * @param unitProfits profit of one unit, settlement currency, by instrument of the holdings
 * @param stated   marks and deltas of instruments that stand for several; NaN for the others
 * @returns the same book when nothing moves (with the deltas stated)
 */
export function shockedBook(
  book: Book,
  holdings: Holdings,
  scenario: Shock | ((underlying: string, priced?: PricedInstrument) => Shock),
  unitProfits: Float64Array,
  stated?: StatedUnits,
): ShockedBook {
  const { instruments, quantities, moves } = holdings;
  const count = instruments.length;
  const terms: PricingTerms[] = [];
  const amounts = new Float64Array(count);
  const optionChanges = new Float64Array(count);
  const shockOf = typeof scenario === "function" ? scenario : () => scenario;
  let still = [...book.indices.keys()].every((underlying) => shockOf(underlying).priceMove === 0);
  for (let row = 0; row < count; row++) {
    const unshocked = instruments[row];
    if (unshocked === undefined) continue;
    const { instrument, terms: before } = unshocked;
    const profit = unitProfits[row] ?? Number.NaN;
    const quantity = quantities[row] ?? 0;
    const moved = moves[row]
      ? movedTerms(instrument, before, shockOf(instrument.underlying, unshocked), profit)
      : before;
    const mark = stated?.marks[row] ?? Number.NaN;
    const after = Number.isNaN(mark) || moved === before ? moved : { ...moved, mark };
    terms.push(after);
    if (moves[row]) amounts[row] = quantity * profit;
    if (instrument.kind === "option") optionChanges[row] = quantity * (after.mark - before.mark);
    still &&= after === before;
  }
  if (still) {
    const profits = bySettlement(holdings, amounts);
    return {
      book: stated === undefined ? book : { ...book, positions: positionsAt(book, holdings, terms, stated) },
      terms,
      profits,
    };
  }
  const indices = new Map(
    [...book.indices].map(([underlying, price]) => [
      underlying,
      stays(holdings, underlying) ? price : price * (1 + shockOf(underlying).priceMove),
    ]),
  );
  return bookAtTerms(book, holdings, { terms, amounts, optionChanges, indices, stated });
}

/** Where the instruments of a book have come to, and what was made on the way. Rows as in the holdings. */
export interface MovedRows {
  /** Terms after the move, one a row. */
  readonly terms: readonly PricingTerms[];
  /** Profit of what is held of each row, settlement currency; gain > 0. */
  readonly amounts: Float64Array;
  /** Change of the value of the options held of each row, settlement currency. */
  readonly optionChanges: Float64Array;
  /** Indices after the move. */
  readonly indices: ReadonlyMap<string, number>;
  /** Marks and deltas of instruments that stand for several; NaN for the others. */
  readonly stated?: StatedUnits | undefined;
}

/**
 * A book at new terms: the profit goes into the equity of its settlement currency, or of the whole account in USD at the new indices, and a
 * stated option value moves with the marks. Other parts of equity and the margin balance the venue stated no longer hold and are left out, so
 * that the methodology derives them.
 *
 * @param book     before the move
 * @param holdings `holdingsOf(book)`
 */
export function bookAtTerms(book: Book, holdings: Holdings, moved: MovedRows): ShockedBook {
  const { terms, indices, stated } = moved;
  const profits = bySettlement(holdings, moved.amounts);
  const changes = bySettlement(holdings, moved.optionChanges);
  return {
    book: {
      ...book,
      indices,
      positions: positionsAt(book, holdings, terms, stated),
      balances: book.balances.map((balance) => {
        const change = (amounts: ReadonlyMap<string, number>) =>
          balance.wholeAccount ? profitInUsd(amounts, indices) : (amounts.get(balance.currency) ?? 0);
        return shockedBalance(balance, change(profits), change(changes));
      }),
    },
    terms,
    profits,
  };
}

/** A class for the reason of `termsAt`: books at many markets die young. */
class MovedPosition implements BookPosition {
  readonly position: Position;
  readonly terms: PricingTerms;

  constructor(position: Position, terms: PricingTerms) {
    this.position = position;
    this.terms = terms;
  }
}

/** Positions of a book at the terms of their instruments. */
function positionsAt(
  book: Book,
  { instrumentOf }: Holdings,
  terms: readonly PricingTerms[],
  stated: StatedUnits | undefined,
): Book["positions"] {
  return book.positions.map(({ position, terms: before }, index) => {
    const row = instrumentOf[index] ?? 0;
    const delta = stated?.deltas[row] ?? Number.NaN;
    const at = new MovedPosition(position, terms[row] ?? before);
    return Number.isNaN(delta) ? at : { ...at, delta, modelValue: stated?.models[row] ?? 0 };
  });
}

/** Profits by settlement currency in USD, at the indices given. */
export function profitInUsd(profits: ReadonlyMap<string, number>, indices: ReadonlyMap<string, number>): number {
  return sum([...profits].map(([currency, profit]) => profit * usdPerUnit(indices, currency)));
}

/**
 * Amounts of the instruments added up by settlement currency; the compensated sum, bit-equal to `sum`.
 *
 * @param amounts by instrument of the holdings, settlement currency; gain > 0
 */
export function bySettlement({ currencies, currencyOf }: Holdings, amounts: Float64Array): ReadonlyMap<string, number> {
  const totals = new Float64Array(currencies.length);
  const corrections = new Float64Array(currencies.length);
  for (let row = 0; row < amounts.length; row++) {
    const at = currencyOf[row] as number;
    const amount = amounts[row] as number;
    const total = totals[at] as number;
    const next = total + amount;
    const lost = Math.abs(total) >= Math.abs(amount) ? total - next + amount : amount - next + total;
    corrections[at] = (corrections[at] as number) + lost;
    totals[at] = next;
  }
  return new Map(currencies.map((currency, at) => [currency, (totals[at] ?? 0) + (corrections[at] ?? 0)]));
}

/**
 * A balance after a profit: equity and a stated option value move, what is owed to the venue stays owed; the margin balance the venue stated is
 * left out, so that it is derived.
 *
 * @param profit       currency of the balance (USD of a whole account); gain > 0
 * @param optionChange change of the value of options held, same unit
 */
export function shockedBalance(balance: Balance, profit: number, optionChange: number): Balance {
  const { currency, equity, optionsValue, borrowed, marginModel, riskOffsetLimit, wholeAccount } = balance;
  return {
    currency,
    equity: equity + profit,
    ...(borrowed === undefined ? {} : { borrowed }),
    ...(optionsValue === undefined ? {} : { optionsValue: optionsValue + optionChange }),
    ...(marginModel === undefined ? {} : { marginModel }),
    ...(riskOffsetLimit === undefined ? {} : { riskOffsetLimit }),
    ...(wholeAccount === undefined ? {} : { wholeAccount }),
    basis: "computed",
  };
}
