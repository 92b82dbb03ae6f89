import { sum } from "../base/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { type Book, type BookPosition, usdPerUnit } from "../methodology/index.ts";
import type { Balance, Position } from "../portfolio/index.ts";
import { movedTerms, type PricedInstrument } from "../revaluation/index.ts";
import type { Scenario } from "../scenario/index.ts";
import { type Holdings, stays } from "./holdings.ts";

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
