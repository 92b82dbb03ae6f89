import { msPerDay } from "../../base/index.ts";
import type { Book, Charge, MethodologyUnderRules } from "../../methodology/index.ts";
import type { RevaluationKernel } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { pointCubes } from "../point-cubes.ts";
import { holdingsOf, type ShockedBook, shockedBalance, shockedBook, stays } from "../shocked-book.ts";
import { chargeAt } from "../surface-point.ts";

/** Relative moves of one underlying; both > −1. */
export interface UnderlyingShock {
  readonly price: number;
  /** Of every implied volatility: 0.5 is half as much again. */
  readonly volatility: number;
}

/** Where a book is taken: what does not stand here stays where it is. */
export interface Displacement {
  readonly shocks?: ReadonlyMap<string, UnderlyingShock>;
  /** Time that passes, days; ≥ 0. Contracts that expire within it are settled at the moved prices. */
  readonly days?: number;
  /** Quantities are this many times those held; > 0. Changes are traded at the marks. */
  readonly size?: number;
}

/** Margins of one book at moved markets. */
export interface BookMover {
  readonly underlyings: readonly MovingUnderlying[];
  /** The book of the mover at a moved market, with the profit of the move in its equity. */
  readonly moved: (displacement: Displacement) => ShockedBook;
  /** Profit of one unit of each instrument of `book`, settlement currency, by `holdingsOf(book)`. */
  readonly unitProfits: (displacement: Displacement) => Float64Array;
  /** The book with derived balances. */
  readonly book: Book;
  /** The methodology's answer there, its scenarios revalued there. */
  readonly charge: (at: ShockedBook, detail: boolean) => Charge;
}

/** An underlying whose price moves the account. */
export interface MovingUnderlying {
  readonly underlying: string;
  /** Index price, quote currency. */
  readonly price: number;
  /** Whether the book holds options on it. */
  readonly hasOptions: boolean;
}

/**
 * Margins of a book at markets in which every underlying moves on its own. Margin balances that the venue stated hold for the unmoved
 * market only: they are derived by the methodology everywhere, the unmoved market included, so that nothing jumps there.
 *
 * @param book        of the unmoved market
 * @param methodology asked anew at each market
 * @param kernel      revalues
 */
export function bookMover(book: Book, methodology: MethodologyUnderRules, kernel: RevaluationKernel): BookMover {
  const derived: Book = { ...book, balances: book.balances.map((balance) => shockedBalance(balance, 0, 0)) };
  const holdings = holdingsOf(derived);
  const { instruments } = holdings;
  const cubes = pointCubes(instruments, kernel);
  const groups = new Map<string, number[]>();
  for (const [row, { instrument }] of instruments.entries()) {
    const rows = groups.get(instrument.underlying);
    if (rows === undefined) groups.set(instrument.underlying, [row]);
    else rows.push(row);
  }
  const parts = [...groups].map(([underlying, rows]) => ({
    underlying,
    rows,
    priced: rows.flatMap((row) => instruments[row] ?? []),
  }));
  // A gradient moves one underlying at a time: the others keep the profits they had.
  const latest = new Map<string, { readonly id: string; readonly values: Float64Array }>();

  function unitProfits(shockOf: (underlying: string) => Scenario): Float64Array {
    const profits = new Float64Array(instruments.length);
    for (const { underlying, rows, priced } of parts) {
      const scenario = shockOf(underlying);
      const known = latest.get(underlying);
      const values = known?.id === scenario.id ? known.values : kernel.unitPnl(priced, [scenario]);
      latest.set(underlying, { id: scenario.id, values });
      rows.forEach((row, at) => {
        profits[row] = values[at] ?? Number.NaN;
      });
    }
    return profits;
  }

  function shocksOf({ shocks, days = 0 }: Displacement): (underlying: string) => Scenario {
    const scenarios = new Map<string, Scenario>();
    return (underlying) => {
      const known = scenarios.get(underlying) ?? scenarioOf(shocks?.get(underlying), days);
      scenarios.set(underlying, known);
      return known;
    };
  }

  return {
    book: derived,
    unitProfits: (displacement) => unitProfits(shocksOf(displacement)),
    underlyings: [...derived.indices]
      .filter(([underlying]) => !stays(holdings, underlying))
      .filter(([underlying]) => groups.has(underlying) || holdsCoin(derived, underlying))
      .map(([underlying, price]) => ({
        ...{ underlying, price },
        hasOptions: (groups.get(underlying) ?? []).some((row) => instruments[row]?.instrument.kind === "option"),
      })),
    moved(displacement) {
      const { days = 0, size = 1 } = displacement;
      const shockOf = shocksOf(displacement);
      const from = size === 1 ? derived : sizedBook(derived, size);
      const shocked = shockedBook(from, holdingsOf(from), shockOf, unitProfits(shockOf));
      return days === 0 ? shocked : { ...shocked, book: settledBook(from, shocked.book, days) };
    },
    charge: (at, detail) => chargeAt(at, methodology, cubes, detail),
  };
}

function holdsCoin({ balances, components }: Book, currency: string): boolean {
  return [...balances, ...components].some((amount) => amount.currency === currency);
}

function scenarioOf(shock: UnderlyingShock | undefined, days: number): Scenario {
  const { price = 0, volatility = 0 } = shock ?? {};
  const id = `${price}/${volatility}/${days}`;
  return {
    ...{ id, label: id, priceMove: price },
    ...(volatility === 0 ? {} : { volatility: { change: volatility, mode: "relative" as const } }),
    ...(days === 0 ? {} : { decayDays: days }),
  };
}

/** Every quantity times a factor; what is traded is paid at the marks, so equity stays. */
function sizedBook(book: Book, size: number): Book {
  const value = optionValues(book.positions);
  return {
    ...book,
    positions: book.positions.map((entry) => ({
      ...entry,
      position: { ...entry.position, quantity: entry.position.quantity * size },
    })),
    balances: book.balances.map((balance) =>
      shockedBalance(balance, 0, (size - 1) * (value.get(balance.currency) ?? 0)),
    ),
  };
}

/** Contracts without time left are settled: they leave the book, and their value is cash. */
function settledBook(before: Book, after: Book, days: number): Book {
  const isSettled = after.positions.map(
    ({ terms }, at) => terms.years === 0 && (before.positions[at]?.terms.years ?? 0) > 0,
  );
  const settled = optionValues(after.positions.filter((_, at) => isSettled[at]));
  return {
    ...after,
    asOfMs: after.asOfMs + days * msPerDay,
    positions: after.positions.filter((_, at) => !isSettled[at]),
    balances: after.balances.map((balance) => shockedBalance(balance, 0, -(settled.get(balance.currency) ?? 0))),
  };
}

/** Value of the options by settlement currency. */
function optionValues(positions: Book["positions"]): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const { position, terms } of positions) {
    const { instrument, quantity } = position;
    if (instrument.kind !== "option") continue;
    values.set(instrument.settlement, (values.get(instrument.settlement) ?? 0) + quantity * terms.mark);
  }
  return values;
}
