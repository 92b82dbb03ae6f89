import { type Failure, failed, failure, msPerDay, type Result, success } from "../base/index.ts";
import { expiryOf, type Instrument, type Option } from "../instrument/index.ts";
import type { MarketSnapshot, PricingTerms } from "../market/index.ts";
import { positionGreeks } from "../pricing/index.ts";
import { resolveTerms } from "../revaluation/index.ts";

/** A quoted contract with its numbers at the market. */
export interface QuotedContract<I extends Instrument = Instrument> {
  readonly instrument: I;
  readonly terms: PricingTerms;
  /** Delta of a quantity of one, underlying units. */
  readonly delta: number;
}

/** Call and put of one strike. */
export interface QuotedStrike {
  readonly strike: number;
  readonly call: QuotedContract<Option>;
  readonly put: QuotedContract<Option>;
}

/** What benchmark books are built from: contracts of one underlying that the market quotes. */
export interface BenchmarkQuotes {
  /** The perpetual, else the dated future that expires first. */
  readonly outright: QuotedContract | undefined;
  /** Dated futures by expiry. */
  readonly futures: readonly QuotedContract[];
  /** Two expiries by strike: the one nearest to the days asked for, and the next later one (empty where there is none). */
  readonly near: readonly QuotedStrike[];
  readonly far: readonly QuotedStrike[];
  /** Forward of the near expiry, quote currency. */
  readonly forward: number;
  /** All options of the underlying, by expiry and strike, calls first. */
  readonly options: readonly QuotedContract<Option>[];
  readonly leftOut: readonly Failure[];
}

/**
 * Contracts of an underlying for benchmark books. Where a coin has options of more than one settlement, those of the most quotes.
 *
 * @param market any snapshot
 * @param underlying `BTC`
 * @param days to expiry the options are nearest to, > 0
 * @returns `missing-data` when no expiry has a call and a put of one strike
 */
export function benchmarkQuotes(market: MarketSnapshot, underlying: string, days: number): Result<BenchmarkQuotes> {
  const leftOut: Failure[] = [];
  const contracts = market.quotes.flatMap(({ instrument }): readonly QuotedContract[] => {
    if (instrument.underlying !== underlying || instrument.kind === "spot") return [];
    if ((expiryOf(instrument) ?? Number.POSITIVE_INFINITY) <= market.asOfMs) return [];
    const terms = resolveTerms(market, instrument);
    if (terms.ok) return [{ instrument, terms: terms.value, delta: positionGreeks(instrument, terms.value, 1).delta }];
    leftOut.push(failure(terms.failure.reason, `${instrument.symbol}: ${terms.failure.message}`, instrument.symbol));
    return [];
  });
  const options = largestSettlement(contracts.filter(isOption)).sort(byTerms);
  const expiries = [...new Set(options.map(({ instrument }) => instrument.expiryMs))]
    .map((expiryMs) => ({ expiryMs, strikes: strikesOf(options, expiryMs) }))
    .filter(({ strikes }) => strikes.length > 0);
  const distance = ({ expiryMs }: { readonly expiryMs: number }) =>
    Math.abs((expiryMs - market.asOfMs) / msPerDay - days);
  const [near] = [...expiries].sort((a, b) => distance(a) - distance(b) || a.expiryMs - b.expiryMs);
  const forward = near?.strikes[0]?.call.terms.forward;
  if (near === undefined || forward === undefined)
    return failed("missing-data", `the market quotes no call and put of one strike of ${underlying}`, underlying);
  const [first] = options;
  const ofSettlement = contracts.filter(({ instrument }) => instrument.settlement === first?.instrument.settlement);
  const futures = ofSettlement
    .filter(({ instrument }) => instrument.kind === "future")
    .sort((a, b) => (expiryOf(a.instrument) ?? 0) - (expiryOf(b.instrument) ?? 0));
  const outright = ofSettlement.find(({ instrument }) => instrument.kind === "perpetual") ?? futures[0];
  const far = expiries.find(({ expiryMs }) => expiryMs > near.expiryMs)?.strikes ?? [];
  return success({ outright, futures, near: near.strikes, far, forward, options, leftOut });
}

/** The strike nearest to a price; the lower of two as near. */
export function strikeNear(strikes: readonly QuotedStrike[], price: number): QuotedStrike | undefined {
  return strikes.reduce<QuotedStrike | undefined>(
    (best, one) => (best === undefined || Math.abs(one.strike - price) < Math.abs(best.strike - price) ? one : best),
    undefined,
  );
}

function isOption(contract: QuotedContract): contract is QuotedContract<Option> {
  return contract.instrument.kind === "option";
}

function largestSettlement(options: readonly QuotedContract<Option>[]): QuotedContract<Option>[] {
  const counts = new Map<string, number>();
  for (const { instrument } of options) counts.set(instrument.settlement, (counts.get(instrument.settlement) ?? 0) + 1);
  const [largest] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return options.filter(({ instrument }) => instrument.settlement === largest?.[0]);
}

function strikesOf(options: readonly QuotedContract<Option>[], expiryMs: number): readonly QuotedStrike[] {
  const sides = new Map<number, { call?: QuotedContract<Option>; put?: QuotedContract<Option> }>();
  for (const option of options) {
    const { strike, optionType, expiryMs: own } = option.instrument;
    if (own !== expiryMs) continue;
    const found = sides.get(strike) ?? {};
    found[optionType] = option;
    sides.set(strike, found);
  }
  return [...sides].flatMap(([strike, { call, put }]) =>
    call === undefined || put === undefined ? [] : [{ strike, call, put }],
  );
}

function byTerms({ instrument: a }: QuotedContract<Option>, { instrument: b }: QuotedContract<Option>): number {
  return (
    a.expiryMs - b.expiryMs ||
    a.strike - b.strike ||
    (a.optionType < b.optionType ? -1 : a.optionType > b.optionType ? 1 : 0)
  );
}
