import { resolveShocks, type StressedBook, stressedBook } from "../../../../core/analysis/index.ts";
import { type Instrument, instrumentId, type Option } from "../../../../core/instrument/index.ts";
import type { PricingTerms } from "../../../../core/market/index.ts";
import type { Book } from "../../../../core/methodology/index.ts";
import type { Balance, PositionId } from "../../../../core/portfolio/index.ts";
import { modelPrice } from "../../../../core/pricing/index.ts";
import { scalarKernel } from "../../../../core/revaluation/index.ts";
import { type StressShock, stressShock } from "../../../../core/scenario/index.ts";

export const asOfMs = Date.UTC(2026, 0, 4, 8);
const msPerDay = 86_400_000;

type Base = Pick<Instrument, "underlying" | "quote" | "payoff" | "settlement">;
export const inverseBtc: Base = { underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" };
export const tetherBtc: Base = { underlying: "BTC", quote: "USDT", payoff: "linear", settlement: "USDT" };
export const oil: Base = { underlying: "WTI", quote: "USD", payoff: "linear", settlement: "USD" };

const sources = { forward: "mark", mark: "quoted" } as const;

/** A contract with its terms: `price` is index and forward unless `index` says otherwise. */
export interface Held {
  readonly instrument: Instrument;
  readonly terms: PricingTerms;
  readonly quantity: number;
}

function named(base: Base, kind: string, extra: object): Instrument {
  const symbol = `${base.underlying}_${base.quote}-${kind}`;
  return {
    ...base,
    ...extra,
    venue: "test",
    symbol,
    id: instrumentId("test", symbol),
    kind: kind.split(" ")[0],
  } as Instrument;
}

export function perpetual(base: Base, quantity: number, price: number, index = price): Held {
  const terms = { index, forward: price, years: 0, volatility: 0, mark: price, sources };
  return { instrument: named(base, "perpetual", {}), terms, quantity };
}

export function future(base: Base, quantity: number, price: number, days: number, index = price): Held {
  const terms = { index, forward: price, years: days / 365, volatility: 0, mark: price, sources };
  return { instrument: named(base, `future ${days}`, { expiryMs: asOfMs + days * msPerDay }), terms, quantity };
}

export function option(
  base: Base,
  optionType: Option["optionType"],
  quantity: number,
  strike: number,
  price: number,
  days: number,
  volatility: number,
): Held {
  const instrument = named(base, `option ${days} ${strike} ${optionType}`, {
    ...{ strike, optionType, expiryMs: asOfMs + days * msPerDay },
  });
  const bare = { index: price, forward: price, years: days / 365, volatility, mark: 0, sources };
  return { instrument, terms: { ...bare, mark: modelPrice(instrument, bare) }, quantity };
}

export function bookOf(
  held: readonly Held[],
  balances: Readonly<Record<string, number>>,
  indices: Readonly<Record<string, number>> = {},
): Book {
  const own = held.map(({ instrument, terms }) => [instrument.underlying, terms.index] as const);
  return {
    positions: held.map(({ instrument, terms, quantity }, at) => ({
      position: { id: `p${at}` as PositionId, instrument, quantity },
      terms,
    })),
    indices: new Map([...own, ...Object.entries(indices)]),
    balances: Object.entries(balances).map(([currency, equity]): Balance => ({ currency, equity, basis: "computed" })),
    components: [],
    asOfMs,
  };
}

/** Shocks as a user writes them, with the defaults of the schema. */
export function shocksOf(...shocks: readonly object[]): StressShock[] {
  return shocks.map((shock) => stressShock.parse(shock));
}

export function stressed(
  book: Book,
  shocks: readonly object[],
  choices: { scale?: number; days?: number; stickiness?: number } = {},
): StressedBook {
  const { scale = 1, days = 0, stickiness } = choices;
  const resolved = resolveShocks({ shocks: shocksOf(...shocks), stickiness }, book, { scale, days });
  return stressedBook(book, resolved.shocks, scalarKernel);
}

export function equityOf({ book }: StressedBook, currency: string): number {
  return book.balances.find((balance) => balance.currency === currency)?.equity ?? Number.NaN;
}
