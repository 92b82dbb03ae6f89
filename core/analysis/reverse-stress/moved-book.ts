import { numbersOf } from "../../base/index.ts";
import type { Book, Charge, MethodologyUnderRules } from "../../methodology/index.ts";
import { modelPrice } from "../../pricing/index.ts";
import type { PricedInstrument, RevaluationKernel } from "../../revaluation/index.ts";
import { type Scenario, shockedVolatility, type VolatilityShock } from "../../scenario/index.ts";
import { holdingsOf, stays } from "../holdings.ts";
import { pointCubes } from "../point-cubes.ts";
import { optionValues, settledBook } from "../settled-book.ts";
import { type ShockedBook, shockedBalance, shockedBook } from "../shocked-book.ts";
import { chargeAt } from "../surface-point.ts";
import { type VolatilityShape, volatilityShock } from "../volatility-shape.ts";

/** Relative moves of one underlying; both > −1. */
export interface UnderlyingShock {
  readonly price: number;
  /** Of every implied volatility: 0.5 is half as much again. */
  readonly volatility: number;
  /** Points added to volatilities instead of that, by tenor or delta. */
  readonly shape?: VolatilityShape;
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
  readonly charge: (at: ShockedBook, detail: boolean | "amounts") => Charge;
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

  function unitProfits(shockOf: ShockOf): Float64Array {
    const profits = new Float64Array(instruments.length);
    for (const { underlying, rows, priced } of parts) {
      const scenario = shockOf(underlying);
      const known = latest.get(underlying);
      const revalued = (): Float64Array =>
        scenario.isSkew
          ? skewedProfits(skewedOf(underlying, priced, scenario, shockOf), scenario, kernel)
          : kernel.unitPnl(priced, [scenario]);
      const values = known?.id === scenario.id ? known.values : revalued();
      latest.set(underlying, { id: scenario.id, values });
      rows.forEach((row, at) => {
        profits[row] = values[at] ?? Number.NaN;
      });
    }
    return profits;
  }

  // Along a row of a surface the shocks stay.
  const skews = new Map<string, WeakMap<PricedInstrument, { readonly shock: VolatilityShock | undefined }>>();
  function skewOf({ shape }: MovingScenario, priced: PricedInstrument): VolatilityShock | undefined {
    const key = `${shape?.change}`;
    const known = skews.get(key) ?? new WeakMap();
    if (!skews.has(key)) {
      skews.clear();
      skews.set(key, known);
    }
    const found = known.get(priced) ?? { shock: volatilityShock(shape, priced) };
    known.set(priced, found);
    return found.shock;
  }

  const skewed = new Map<string, Skewed>();
  function skewedOf(
    underlying: string,
    priced: readonly PricedInstrument[],
    { shape }: MovingScenario,
    shockOf: ShockOf,
  ): Skewed {
    const key = `${shape?.kind} ${shape?.change}`;
    const known = skewed.get(underlying);
    const found = known?.key === key ? known : skewedOptions(key, priced, shockOf);
    skewed.set(underlying, found);
    return found;
  }

  function shocksOf({ shocks, days = 0 }: Displacement): ShockOf {
    const scenarios = new Map<string, MovingScenario>();
    return (underlying, priced) => {
      const known = scenarios.get(underlying) ?? scenarioOf(shocks?.get(underlying), days);
      scenarios.set(underlying, known);
      if (!known.isSkew || priced === undefined) return known;
      const volatility = skewOf(known, priced);
      return { ...known, ...(volatility === undefined ? {} : { volatility }) };
    };
  }

  return {
    book: derived,
    unitProfits: (displacement) => unitProfits(shocksOf(displacement)),
    underlyings: movingUnderlyings(derived),
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

/** The underlyings whose prices move an account: of its positions, and coins it holds. */
export function movingUnderlyings(book: Book): readonly MovingUnderlying[] {
  const holdings = holdingsOf(book);
  const held = holdings.instruments.map(({ instrument }) => instrument);
  return [...book.indices]
    .filter(([underlying]) => !stays(holdings, underlying))
    .filter(
      ([underlying]) => held.some((instrument) => instrument.underlying === underlying) || holdsCoin(book, underlying),
    )
    .map(([underlying, price]) => ({
      ...{ underlying, price },
      hasOptions: held.some((instrument) => instrument.underlying === underlying && instrument.kind === "option"),
    }));
}

function holdsCoin({ balances, components }: Book, currency: string): boolean {
  return [...balances, ...components].some((amount) => amount.currency === currency);
}

interface MovingScenario extends Scenario {
  /** Every option has a shock of its own. */
  readonly isSkew: boolean;
  readonly shape?: VolatilityShape;
}

/** The scenario of an underlying; of one of its instruments where they differ. */
type ShockOf = (underlying: string, priced?: PricedInstrument) => MovingScenario;

function scenarioOf(shock: UnderlyingShock | undefined, days: number): MovingScenario {
  const { price = 0, volatility = 0, shape } = shock ?? {};
  const isSkew = shape?.kind === "skew" && shape.change !== 0;
  const change: VolatilityShock | undefined =
    volatility === 0 ? volatilityShock(shape) : { change: volatility, mode: "relative" };
  const id = `${price}/${volatility}/${days}${shape === undefined ? "" : `/${shape.kind} ${shape.change}`}`;
  return {
    ...{ id, label: id, priceMove: price, isSkew },
    ...(shape === undefined ? {} : { shape }),
    ...(change === undefined ? {} : { volatility: change }),
    ...(days === 0 ? {} : { decayDays: days }),
  };
}

/** Options at their own shocked volatilities, and what the shock alone makes of one unit. */
interface Skewed {
  readonly key: string;
  readonly priced: readonly PricedInstrument[];
  readonly shifts: Float64Array;
}

function skewedOptions(key: string, priced: readonly PricedInstrument[], shockOf: ShockOf): Skewed {
  const moved = priced.map((one): PricedInstrument => {
    const { instrument, terms } = one;
    if (instrument.kind !== "option") return one;
    const { volatility } = shockOf(instrument.underlying, one);
    return {
      instrument,
      terms: { ...terms, volatility: shockedVolatility(terms.volatility, terms.years, volatility) },
    };
  });
  const shifts = numbersOf(moved, ({ instrument, terms }, row) => {
    const before = priced[row]?.terms;
    if (before === undefined || before.volatility === terms.volatility) return 0;
    return modelPrice(instrument, terms) - modelPrice(instrument, before);
  });
  return { key, priced: moved, shifts };
}

/** Profit of one unit where every option has a shock of its own: of the shock, then of price and time; others move with the price. */
function skewedProfits({ priced, shifts }: Skewed, scenario: MovingScenario, kernel: RevaluationKernel): Float64Array {
  const { volatility: _, ...move } = scenario;
  const profits = kernel.unitPnl(priced, [move]);
  for (let row = 0; row < shifts.length; row++) profits[row] = (profits[row] as number) + (shifts[row] as number);
  return profits;
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
