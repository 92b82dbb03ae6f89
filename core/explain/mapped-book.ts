import { type Failure, failure } from "../base/index.ts";
import { type Instrument, type InstrumentKind, instrumentId, isListed, quantityUnit } from "../instrument/index.ts";
import type { Forward, MarketSnapshot, Quote, Smile } from "../market/index.ts";
import type { Portfolio, Position } from "../portfolio/index.ts";

/** An instrument of the book and the venue's own that stands for it. */
export interface InstrumentMapping {
  readonly from: string;
  readonly to: string;
  /** What is the same and what is not, in words. */
  readonly note: string;
}

/** A book in the instruments of another venue. */
export interface MappedBook {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  readonly mappings: readonly InstrumentMapping[];
  readonly leftOut: readonly { readonly symbol: string; readonly quantity: number; readonly failure: Failure }[];
}

interface Listing {
  readonly payoff: "inverse" | "linear";
  readonly quote: string;
}

const inUsd: Listing = { payoff: "inverse", quote: "USD" };
const linear = (quote: string): Listing => ({ payoff: "linear", quote });

/** What a venue lists by kind; the first form counts when a position has another. Spot is held everywhere as a balance. */
const listings: Readonly<Record<string, Readonly<Partial<Record<InstrumentKind, readonly Listing[]>>>>> = {
  deribit: {
    option: [inUsd, linear("USDC")],
    future: [inUsd, linear("USDC")],
    perpetual: [inUsd, linear("USDC")],
  },
  okx: { option: [inUsd], future: [inUsd, linear("USDT")], perpetual: [inUsd, linear("USDT")] },
  bybit: {
    option: [linear("USDT"), linear("USDC")],
    future: [inUsd, linear("USDT")],
    perpetual: [inUsd, linear("USDT"), linear("USDC")],
  },
  binance: {
    option: [linear("USDT")],
    future: [inUsd, linear("USDT")],
    perpetual: [inUsd, linear("USDT"), linear("USDC")],
  },
  derive: { option: [linear("USDC")], perpetual: [linear("USDC")] },
  thalex: { option: [linear("USD")], future: [linear("USD")], perpetual: [linear("USD")] },
  gate: { option: [linear("USDT")], perpetual: [linear("USDT")] },
  bitcom: { option: [linear("USDT")] },
  paradex: { option: [linear("USDC")], perpetual: [linear("USDC")] },
};

/** A price in one of these counts as the same number of dollars; the mapping says so. */
const dollarCoins = new Set(["USDT", "USDC"]);

/**
 * A book in the instruments a venue lists: the same underlying, kind, strike and expiry, in the venue's payoff and quote currency.
 * Prices are converted with the book's own market: an inverse option's mark in coin times the forward is the linear mark.
 *
 * @param portfolio positions of any venue
 * @param market    prices of these positions
 * @param venue     whose method is asked; the same venue, or one without a list, changes nothing
 * @returns portfolio and market with every mapping named, and positions the venue has no instrument for
 */
export function mappedBook(portfolio: Portfolio, market: MarketSnapshot, venue: string): MappedBook {
  const byMarket = mappedBooks.get(portfolio) ?? new WeakMap<MarketSnapshot, Map<string, MappedBook>>();
  mappedBooks.set(portfolio, byMarket);
  const byVenue = byMarket.get(market) ?? new Map<string, MappedBook>();
  byMarket.set(market, byVenue);
  const mapped = byVenue.get(venue) ?? makeMapped(portfolio, market, venue);
  byVenue.set(venue, mapped);
  return mapped;
}

/** Mapped once: a surface or what-if of the mapped book finds the same objects, and what is known of them. */
const mappedBooks = new WeakMap<Portfolio, WeakMap<MarketSnapshot, Map<string, MappedBook>>>();

function makeMapped(portfolio: Portfolio, market: MarketSnapshot, venue: string): MappedBook {
  const listed = listings[venue];
  if (listed === undefined) return { portfolio, market, mappings: [], leftOut: [] };
  const leftOut: MappedBook["leftOut"][number][] = [];
  const mappings = new Map<string, InstrumentMapping>();
  const quotes: Quote[] = [];
  const series = new Map<string, { readonly from: Instrument; readonly to: Instrument }>();
  const known = new Map(market.quotes.map((quote) => [quote.instrument.id, quote]));
  const positions = portfolio.positions.flatMap((position): Position[] => {
    const { instrument, quantity } = position;
    // What crypto venues list is no stand-in for a contract of a clearing house: the method says what it does not margin.
    if (instrument.venue === venue || instrument.kind === "spot" || isListed(instrument)) return [position];
    const { symbol, kind } = instrument;
    const forms = listed[kind];
    const form =
      forms?.find(({ payoff, quote }) => payoff === instrument.payoff && quote === instrument.quote) ??
      forms?.find(({ payoff }) => payoff === instrument.payoff) ??
      forms?.[0];
    if (form === undefined) {
      leftOut.push({
        symbol,
        quantity,
        failure: failure("not-applicable", `${venue} lists no ${plural[kind]}`, position.id),
      });
      return [];
    }
    const to = inForm(instrument, venue, form);
    const price = priceIn(market, instrument, known.get(instrument.id));
    const changed = convertedQuantity(position, to, price);
    if (changed === undefined) {
      const why = `it counts ${quantityUnit(instrument)} and has no mark to turn that into ${quantityUnit(to)}`;
      leftOut.push({ symbol, quantity, failure: failure("missing-data", `${symbol}: ${why}`, position.id) });
      return [];
    }
    if (!mappings.has(symbol)) {
      mappings.set(symbol, { from: symbol, to: to.symbol, note: noteOf(instrument, to) });
      quotes.push(quoteIn(to, instrument, known.get(instrument.id), price));
      if (to.kind === "option" || to.kind === "future")
        series.set(`${to.underlying} ${to.quote} ${to.expiryMs}`, { from: instrument, to });
    }
    const { stated: _stated, ...rest } = position;
    return [{ ...rest, instrument: to, quantity: changed }];
  });
  if (mappings.size === 0 && leftOut.length === 0) return { portfolio, market, mappings: [], leftOut };
  return {
    portfolio: { ...portfolio, positions },
    market: withMapped(market, quotes, [...series.values()]),
    mappings: [...mappings.values()],
    leftOut,
  };
}

const plural: Readonly<Record<InstrumentKind, string>> = {
  spot: "spot",
  stock: "stocks",
  future: "dated futures",
  perpetual: "perpetuals",
  option: "options",
};

function inForm(instrument: Instrument, venue: string, { payoff, quote }: Listing): Instrument {
  const { underlying } = instrument;
  const symbol = `${instrument.symbol} (${venue}, ${payoff === "inverse" ? underlying : quote})`;
  const settlement = payoff === "inverse" ? underlying : quote;
  return { ...instrument, id: instrumentId(venue, symbol), venue, symbol, payoff, quote, settlement };
}

function noteOf(from: Instrument, to: Instrument): string {
  const [was, is] = [from, to].map(({ payoff, settlement }) => `${payoff}, settled in ${settlement}`);
  const same = "same underlying, strike and expiry";
  if (was === is) return `${same}; ${is} on both venues`;
  const dollars =
    dollarCoins.has(to.quote) && !dollarCoins.has(from.quote)
      ? `; 1 ${to.quote} counts as 1 ${from.quote} in prices`
      : "";
  return `${same}; ${was} becomes ${is}${dollars}`;
}

interface Price {
  /** Quote currency per unit of underlying. */
  readonly mark: number | undefined;
  readonly forward: number | undefined;
}

function priceIn(market: MarketSnapshot, instrument: Instrument, quote: Quote | undefined): Price {
  const forward =
    instrument.kind === "option"
      ? (market.forwards.find(
          (one) =>
            one.underlying === instrument.underlying &&
            one.quote === instrument.quote &&
            one.expiryMs === instrument.expiryMs,
        )?.value ?? quote?.underlyingPrice)
      : quote?.mark;
  return { mark: quote?.mark, forward };
}

function convertedQuantity({ instrument, quantity }: Position, to: Instrument, { mark }: Price): number | undefined {
  const [from, wanted] = [quantityUnit(instrument), quantityUnit(to)];
  if (from === wanted || (from === instrument.quote && wanted === to.quote)) return quantity;
  if (mark === undefined || mark <= 0) return undefined;
  return from === instrument.quote ? quantity / mark : quantity * mark;
}

function quoteIn(to: Instrument, from: Instrument, quote: Quote | undefined, price: Price): Quote {
  const mark = to.kind === "option" && to.payoff !== from.payoff ? otherPayoff(to, price) : price.mark;
  const { markVolatility, underlyingPrice, timestampMs } = quote ?? {};
  return {
    instrument: to,
    ...(mark === undefined ? {} : { mark }),
    ...(markVolatility === undefined ? {} : { markVolatility }),
    ...(underlyingPrice === undefined ? {} : { underlyingPrice }),
    ...(timestampMs === undefined ? {} : { timestampMs }),
  };
}

/** Mark of the same option in the other payoff; `undefined` without a forward: the model prices it then. */
function otherPayoff(to: Instrument, { mark, forward }: Price): number | undefined {
  if (mark === undefined || forward === undefined) return undefined;
  return to.payoff === "linear" ? mark * forward : mark / forward;
}

/** The market with the mapped quotes, and forwards and smiles of each mapped expiry in the new quote currency. */
function withMapped(
  market: MarketSnapshot,
  quotes: readonly Quote[],
  series: readonly { readonly from: Instrument; readonly to: Instrument }[],
): MarketSnapshot {
  const forwards: Forward[] = [];
  const smiles: Smile[] = [];
  for (const { from, to } of series) {
    if (from.quote === to.quote || (from.kind !== "option" && from.kind !== "future")) continue;
    const isOwn = (one: Pick<Forward, "underlying" | "quote" | "expiryMs">) =>
      one.underlying === from.underlying && one.quote === from.quote && one.expiryMs === from.expiryMs;
    const has = (one: Pick<Forward, "underlying" | "quote" | "expiryMs">) =>
      one.underlying === to.underlying && one.quote === to.quote && one.expiryMs === from.expiryMs;
    if (!market.forwards.some(has))
      forwards.push(...market.forwards.filter(isOwn).map((forward) => ({ ...forward, quote: to.quote })));
    if (!market.smiles.some(has))
      smiles.push(...market.smiles.filter(isOwn).map((smile) => ({ ...smile, quote: to.quote })));
  }
  return {
    ...market,
    quotes: [...market.quotes, ...quotes],
    forwards: [...market.forwards, ...forwards],
    smiles: [...market.smiles, ...smiles],
  };
}
