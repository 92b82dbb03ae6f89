import { expiryOf, quantityUnit } from "../../instrument/index.ts";
import type { MarketSnapshot, Quote } from "../../market/index.ts";
import type { InstrumentSearch, MarketInstrument } from "../contract.ts";

/** Contracts of a market whose symbol contains every word, in the order of their underlying, kind, expiry, strike and type. */
export function searchedInstruments(market: MarketSnapshot, words: string, most: number): InstrumentSearch {
  const listed = listedOf(market);
  const wanted = words.toUpperCase().split(/\s+/).filter(Boolean);
  const found: Quote[] = [];
  let of = 0;
  for (const { quote, text } of listed) {
    if (!wanted.every((word) => text.includes(word))) continue;
    of += 1;
    if (found.length < most) found.push(quote);
  }
  return {
    found: found.map(shown),
    of,
    underlyings: [...new Set(listed.map(({ quote }) => quote.instrument.underlying))],
  };
}

interface Listed {
  readonly quote: Quote;
  readonly text: string;
}

const kinds = ["perpetual", "future", "option", "spot", "stock"];

function listedOf(market: MarketSnapshot): readonly Listed[] {
  const known = lists.get(market);
  if (known !== undefined) return known;
  const byId = new Map(market.quotes.map((quote) => [quote.instrument.id, quote]));
  const listed = [...byId.values()]
    .filter(({ instrument }) => (expiryOf(instrument) ?? Number.POSITIVE_INFINITY) > market.asOfMs)
    .sort(inOrder)
    .map((quote) => ({ quote, text: `${quote.instrument.symbol} ${quote.instrument.kind}`.toUpperCase() }));
  lists.set(market, listed);
  return listed;
}

const lists = new WeakMap<MarketSnapshot, readonly Listed[]>();

function inOrder({ instrument: a }: Quote, { instrument: b }: Quote): number {
  const [strikeA, strikeB] = [a, b].map((one) => (one.kind === "option" ? one.strike : 0));
  return (
    compared(a.underlying, b.underlying) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    (expiryOf(a) ?? 0) - (expiryOf(b) ?? 0) ||
    (strikeA ?? 0) - (strikeB ?? 0) ||
    compared(a.symbol, b.symbol)
  );
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function shown({ instrument, mark, bid, ask, markVolatility }: Quote): MarketInstrument {
  const { symbol, venue, underlying, kind, quote, settlement, contractSize } = instrument;
  const expiryMs = expiryOf(instrument);
  return {
    ...{ symbol, venue, underlying, kind, quote, settlement, quantityUnit: quantityUnit(instrument) },
    ...(expiryMs === undefined ? {} : { expiryMs }),
    ...(instrument.kind === "option" ? { strike: instrument.strike, optionType: instrument.optionType } : {}),
    ...(contractSize === undefined ? {} : { contractSize }),
    ...(mark === undefined ? {} : { mark }),
    ...(bid === undefined ? {} : { bid }),
    ...(ask === undefined ? {} : { ask }),
    ...(markVolatility === undefined ? {} : { volatility: markVolatility }),
  };
}
