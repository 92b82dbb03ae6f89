import { holdingsOf } from "../../../core/analysis/holdings.ts";
import { shockedBook } from "../../../core/analysis/shocked-book.ts";
import { buildBook, type MarginRun, revalued } from "../../../core/margin/index.ts";
import type { Book, Charge, MarketColumns, MethodologyUnderRules } from "../../../core/methodology/index.ts";
import { blackDeltaKernel, logMoneyness, modelPrice } from "../../../core/pricing/index.ts";
import { buildCube, type PnlCube, scalarKernel } from "../../../core/revaluation/index.ts";
import type { Scenario } from "../../../core/scenario/index.ts";
import { unwrapped } from "../result-value.ts";

/** A book at several markets: in columns, and what its methodology charges at each by itself. */
export interface BookAtMarkets {
  readonly under: MethodologyUnderRules;
  readonly columns: MarketColumns;
  readonly charges: readonly Charge[];
}

const moves = [
  { priceMove: -0.55, change: 0.4 },
  { priceMove: -0.2, change: -0.3 },
  { priceMove: 0.05, change: 0.9 },
  { priceMove: 0.8, change: 0.1 },
];

const scenarios = moves.map(
  ({ priceMove, change }): Scenario => ({
    ...{ id: `${priceMove}`, label: "", priceMove, volatility: { mode: "relative", change } },
  }),
);

/** The book of a run, moved by several shocks; without positions it is that of the balances alone. */
export function bookAtMarkets(run: MarginRun): BookAtMarkets {
  const under = unwrapped(run.methodology.under(run.rules.parameters));
  const { book } = unwrapped(buildBook({ ...run, methodology: under }));
  const holdings = holdingsOf(book);
  const units = scalarKernel.unitPnl(holdings.instruments, scenarios);
  const books = scenarios.map((scenario, market) => {
    const own = holdings.instruments.map((_, row) => units[row * scenarios.length + market] as number);
    return shockedBook(book, holdings, scenario, Float64Array.from(own)).book;
  });
  const cubes = books.map((moved) => cubesAt(moved, under));
  const charges = books.map((moved, market) =>
    under.charge(moved, revalued(cubes[market] as ReadonlyMap<string, PnlCube>, false, true)),
  );
  return { under, charges, columns: columnsOf(book, books, cubes) };
}

function cubesAt({ positions, ...book }: Book, under: MethodologyUnderRules): ReadonlyMap<string, PnlCube> {
  const instruments = positions.map(({ position: { instrument }, terms }) => ({ instrument, terms }));
  const sets = under.scenarios({ ...book, positions });
  return new Map(sets.map((set) => [set.id, buildCube(set, instruments, scalarKernel)]));
}

function columnsOf(book: Book, books: readonly Book[], cubes: readonly ReadonlyMap<string, PnlCube>[]): MarketColumns {
  const numbers = (of: (moved: Book, market: number) => number | undefined) =>
    Float64Array.from(books, (moved, market) => of(moved, market) ?? Number.NaN);
  const termsOf = (moved: Book, place: number) => {
    const terms = moved.positions[place]?.terms;
    if (terms === undefined) throw new Error("a book keeps its positions");
    return terms;
  };
  return {
    ...{ book, count: books.length },
    indices: new Map([...book.indices.keys()].map((name) => [name, numbers(({ indices }) => indices.get(name))])),
    equities: book.balances.map((_, at) => numbers(({ balances }) => balances[at]?.equity)),
    marks: book.positions.map((_, place) => numbers((moved) => termsOf(moved, place).mark)),
    deltas: book.positions.map(({ position: { instrument } }, place) => {
      if (instrument.kind !== "option") return new Float64Array();
      return numbers((moved) => {
        const { forward, volatility, years } = termsOf(moved, place);
        const distance = logMoneyness(forward, instrument.strike);
        return blackDeltaKernel(distance, volatility * Math.sqrt(years), instrument.optionType === "call");
      });
    }),
    forwards: (place) => numbers((moved) => termsOf(moved, place).forward),
    models: (place) =>
      numbers((moved) => {
        const instrument = book.positions[place]?.position.instrument;
        return instrument?.kind === "option" ? modelPrice(instrument, termsOf(moved, place)) : undefined;
      }),
    profits(setId, place) {
      const { position } = book.positions[place] ?? {};
      if (position === undefined) throw new Error("a position of the book is asked for");
      return Float64Array.from(
        cubes.flatMap((ofMarket) => {
          const cube = ofMarket.get(setId);
          const row = cube?.rowOf.get(position.instrument.id);
          if (cube === undefined || row === undefined)
            throw new Error(`a set of the methodology is asked for: ${setId}`);
          const width = cube.scenarios.length;
          return [...cube.values.subarray(row * width, (row + 1) * width)].map((unit) => position.quantity * unit);
        }),
      );
    },
  };
}
