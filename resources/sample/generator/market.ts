import { listedOption } from "./option.ts";
import { type Random, random } from "./random.ts";
import {
  asOfMs,
  dayName,
  futureExpiries,
  futureMark,
  optionExpiries,
  rounded,
  strikesOf,
  type Underlying,
  yearsTo,
} from "./underlying.ts";

/** Reply of `public/get_book_summary_by_currency` of options and dated futures; the perpetual's ticker states the index too. */
export function bookSummaries(underlying: Underlying): object[] {
  const next = random(`book ${underlying.currency}`);
  const options = optionExpiries.flatMap((expiryMs) =>
    strikesOf(underlying, expiryMs).flatMap((strike) => [
      optionRow(underlying, expiryMs, strike, true, next),
      optionRow(underlying, expiryMs, strike, false, next),
    ]),
  );
  const futures = futureExpiries.map((expiryMs) =>
    futureRow(underlying, dayName(expiryMs), futureMark(underlying, expiryMs), next),
  );
  return [...options, ...futures];
}

/** Reply of `public/ticker` for the perpetual: the one that states the index. */
export function perpetualTicker(underlying: Underlying): object {
  const mark = perpetualMark(underlying);
  return {
    instrument_name: `${underlying.currency}-PERPETUAL`,
    state: "open",
    timestamp: asOfMs,
    index_price: underlying.index,
    mark_price: mark,
    last_price: mark,
    settlement_price: rounded(underlying.index * 0.9964, 2),
    best_bid_price: rounded(mark - 0.5, 2),
    best_bid_amount: 41_250,
    best_ask_price: rounded(mark + 0.5, 2),
    best_ask_amount: 38_760,
    open_interest: underlying.openInterest * 900_000,
    current_funding: 0.00001,
    funding_8h: 0.00003,
    estimated_delivery_price: underlying.index,
    stats: { volume: null, volume_usd: null, high: null, low: null, price_change: null },
  };
}

export function perpetualMark({ index }: Underlying): number {
  return rounded(index * 1.00021, 2);
}

function optionRow(underlying: Underlying, expiryMs: number, strike: number, isCall: boolean, next: Random): object {
  const { currency, index, tick } = underlying;
  const option = listedOption(underlying, expiryMs, strike, isCall);
  const half = Math.max(1, Math.round((0.008 + 0.03 * next()) * (option.mark / tick)));
  const steps = Math.round(option.mark / tick);
  const bid = steps - half > 0 ? rounded((steps - half) * tick, 4) : null;
  const ask = next() < 0.97 ? rounded((steps + half) * tick, 4) : null;
  const distance = Math.abs(Math.log(strike / index)) / (0.5 * Math.sqrt(yearsTo(expiryMs)));
  const openInterest = rounded(underlying.openInterest * (0.2 + next()) * Math.exp(-0.45 * distance), 1);
  return {
    instrument_name: option.name,
    base_currency: currency,
    quote_currency: currency,
    mark_price: option.mark,
    mark_iv: option.volatilityPercent,
    bid_price: bid,
    ask_price: ask,
    mid_price: bid === null || ask === null ? null : rounded((bid + ask) / 2, 5),
    last: next() < 0.7 ? rounded(steps * tick, 4) : null,
    underlying_price: option.forward,
    underlying_index: option.forwardName,
    interest_rate: 0,
    open_interest: openInterest,
    volume: rounded(openInterest * 0.12 * next(), 1),
    estimated_delivery_price: index,
    creation_timestamp: asOfMs,
  };
}

function futureRow(underlying: Underlying, suffix: string, mark: number, next: Random): object {
  return {
    instrument_name: `${underlying.currency}-${suffix}`,
    base_currency: underlying.currency,
    quote_currency: "USD",
    mark_price: mark,
    bid_price: rounded(mark - 0.5, 2),
    ask_price: rounded(mark + 0.5, 2),
    mid_price: mark,
    last: mark,
    open_interest: Math.round(underlying.openInterest * (20_000 + 60_000 * next())) * underlying.contractUsd,
    volume: rounded(underlying.openInterest * 2 * next(), 1),
    estimated_delivery_price: underlying.index,
    creation_timestamp: asOfMs,
  };
}
