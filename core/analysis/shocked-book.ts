import { sum } from "../base/index.ts";
import type { InstrumentId } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { type Book, hasUsdRate, usdPerUnit } from "../methodology/index.ts";
import type { Balance } from "../portfolio/index.ts";
import { movedTerms, type PricedInstrument } from "../revaluation/index.ts";
import type { Scenario } from "../scenario/index.ts";

/** The instruments of a book, each once, with what the book holds of them. */
export interface Holdings {
  readonly instruments: readonly PricedInstrument[];
  /** Sum of the quantities held, by instrument. */
  readonly quantities: Float64Array;
  /** Index of the instrument of each position of the book. */
  readonly instrumentOf: Uint32Array;
  /** Whether the instrument moves with the coins; a dollar currency does not. */
  readonly moves: readonly boolean[];
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

const noIndices: ReadonlyMap<string, number> = new Map();

/**
 * The instruments of a book, each once; positions in one instrument whose marks differ (stated by the venue) stay apart.
 */
export function holdingsOf(book: Book): Holdings {
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
  return { instruments, quantities: Float64Array.from(quantities), instrumentOf, moves };
}

/**
 * A book at a shocked market: every index and forward moves by the same fraction (dollar currencies stay), volatilities
 * by the shock, marks by the profit of one unit. The profit is added to the equity of its settlement currency, or to the
 * whole account in USD, and a stated option value moves with the marks. Other parts of equity and the margin balance the
 * venue stated no longer hold and are left out, so that the methodology derives them.
 *
 * @param book       before the shock
 * @param holdings   `holdingsOf(book)`
 * @param scenario   price move and volatility shock
 * @param unitProfit profit of one unit, settlement currency, by instrument of the holdings
 * @returns the same book when nothing moves
 */
export function shockedBook(
  book: Book,
  holdings: Holdings,
  scenario: Pick<Scenario, "priceMove" | "volatility">,
  unitProfit: (row: number) => number,
): ShockedBook {
  const { instruments, quantities, instrumentOf, moves } = holdings;
  const terms = instruments.map((priced, row) =>
    moves[row] ? movedTerms(priced.instrument, priced.terms, scenario, unitProfit(row)) : priced.terms,
  );
  const profits = bySettlement(holdings, (row) => (moves[row] ? (quantities[row] ?? 0) * unitProfit(row) : 0));
  if (scenario.priceMove === 0 && terms.every((moved, row) => moved === instruments[row]?.terms))
    return { book, terms, profits };
  const factor = 1 + scenario.priceMove;
  const indices = new Map(
    [...book.indices].map(([underlying, price]) => [underlying, staysAtOneDollar(underlying) ? price : price * factor]),
  );
  const optionChanges = bySettlement(holdings, (row) => {
    const unshocked = instruments[row];
    if (unshocked?.instrument.kind !== "option") return 0;
    return (quantities[row] ?? 0) * ((terms[row] ?? unshocked.terms).mark - unshocked.terms.mark);
  });
  return {
    book: {
      ...book,
      indices,
      positions: book.positions.map(({ position, terms: before }, index) => ({
        position,
        terms: terms[instrumentOf[index] ?? 0] ?? before,
      })),
      balances: book.balances.map((balance) => {
        const change = (amounts: ReadonlyMap<string, number>) =>
          balance.wholeAccount ? profitInUsd(amounts, indices) : (amounts.get(balance.currency) ?? 0);
        return shockedBalance(balance, change(profits), change(optionChanges));
      }),
    },
    terms,
    profits,
  };
}

/** Profits by settlement currency in USD, at the indices given. */
export function profitInUsd(profits: ReadonlyMap<string, number>, indices: ReadonlyMap<string, number>): number {
  return sum([...profits].map(([currency, profit]) => profit * usdPerUnit(indices, currency)));
}

/** Amounts of the instruments added up by settlement currency. */
function bySettlement({ instruments }: Holdings, amountOf: (row: number) => number): ReadonlyMap<string, number> {
  const amounts = new Map<string, number[]>();
  instruments.forEach(({ instrument }, row) => {
    const list = amounts.get(instrument.settlement) ?? [];
    if (list.push(amountOf(row)) === 1) amounts.set(instrument.settlement, list);
  });
  return new Map([...amounts].map(([currency, list]) => [currency, sum(list)]));
}

function shockedBalance(balance: Balance, profit: number, optionChange: number): Balance {
  const { currency, equity, optionsValue, marginModel, wholeAccount } = balance;
  return {
    currency,
    equity: equity + profit,
    ...(optionsValue === undefined ? {} : { optionsValue: optionsValue + optionChange }),
    ...(marginModel === undefined ? {} : { marginModel }),
    ...(wholeAccount === undefined ? {} : { wholeAccount }),
    basis: "computed",
  };
}
