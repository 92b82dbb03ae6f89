import type { Steps } from "../base/index.ts";
import type { Future, Option } from "../instrument/index.ts";
import type { Quote } from "./snapshot.ts";

export interface OptionQuote extends Quote {
  readonly instrument: Option;
}

/** Quotes of one underlying, quote currency and expiry. */
export interface ExpiryGroup {
  readonly underlying: string;
  readonly quote: string;
  readonly expiryMs: number;
  readonly payoff: Option["payoff"];
  readonly options: readonly OptionQuote[];
  /** Mark of the dated future of the same expiry, quote currency; a group may hold a future and no options. */
  readonly future?: number;
  /** Strike → call and put, ascending by strike. */
  readonly strikes: readonly { readonly strike: number; readonly call?: OptionQuote; readonly put?: OptionQuote }[];
}

const quotesAtOnce = 10_000;

function expiryKey(underlying: string, quote: string, expiryMs: number): string {
  return `${underlying}/${quote}/${expiryMs}`;
}

/** Short name of an expiry for messages: `BTC 2026-03-27`, `BTC/USDC 2026-03-27`. */
export function expiryName(group: Pick<ExpiryGroup, "underlying" | "quote" | "expiryMs">): string {
  const pair = group.quote === "USD" ? group.underlying : `${group.underlying}/${group.quote}`;
  return `${pair} ${new Date(group.expiryMs).toISOString().slice(0, 10)}`;
}

/** Groups option quotes by expiry and finds the dated future of each; ordered by underlying, quote currency, expiry. */
export function* groupByExpiry(quotes: readonly Quote[]): Steps<readonly ExpiryGroup[]> {
  const futures = new Map<string, { readonly terms: Future; readonly mark: number }>();
  const groups = new Map<string, OptionQuote[]>();
  for (const [count, quote] of quotes.entries()) {
    if (count % quotesAtOnce === quotesAtOnce - 1) yield;
    const { instrument } = quote;
    if (instrument.kind !== "future" && instrument.kind !== "option") continue;
    const key = expiryKey(instrument.underlying, instrument.quote, instrument.expiryMs);
    if (instrument.kind === "future") {
      if (quote.mark !== undefined && quote.mark > 0) futures.set(key, { terms: instrument, mark: quote.mark });
      continue;
    }
    const group = groups.get(key);
    if (!isOptionQuote(quote)) continue;
    if (group === undefined) groups.set(key, [quote]);
    else group.push(quote);
  }
  const found: ExpiryGroup[] = [];
  for (const key of new Set([...groups.keys(), ...futures.keys()])) {
    yield;
    const options = groups.get(key) ?? [];
    const terms = options[0]?.instrument ?? futures.get(key)?.terms;
    if (terms === undefined) continue;
    const { underlying, quote, expiryMs, payoff } = terms;
    const future = futures.get(key)?.mark;
    const shared = { underlying, quote, expiryMs, payoff, options, strikes: byStrike(options) };
    found.push(future === undefined ? shared : { ...shared, future });
  }
  return found.sort(
    (a, b) => compare(a.underlying, b.underlying) || compare(a.quote, b.quote) || compare(a.expiryMs, b.expiryMs),
  );
}

function isOptionQuote(quote: Quote): quote is OptionQuote {
  return quote.instrument.kind === "option";
}

function byStrike(options: readonly OptionQuote[]): ExpiryGroup["strikes"] {
  const strikes = new Map<number, { strike: number; call?: OptionQuote; put?: OptionQuote }>();
  for (const option of options) {
    const { strike, optionType } = option.instrument;
    const entry = strikes.get(strike) ?? { strike };
    entry[optionType] = option;
    strikes.set(strike, entry);
  }
  return [...strikes.values()].sort((a, b) => a.strike - b.strike);
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
