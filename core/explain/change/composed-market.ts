import { hashOf } from "../../base/index.ts";
import type { Instrument, Option } from "../../instrument/index.ts";
import type { MarketSnapshot, PricingTerms, Quote } from "../../market/index.ts";
import { modelPrice } from "../../pricing/index.ts";
import { resolveTerms } from "../../revaluation/index.ts";

/** Parts of a market that are replaced one by one. */
export const marketSteps = ["prices", "volatilities", "time", "marks"] as const;
export type MarketStep = (typeof marketSteps)[number];

/** Two markets as parts that can be put together. */
export interface MarketChange {
  /** Parts that differ. */
  readonly differ: ReadonlySet<MarketStep>;
  /** The market with these parts of the later one: the earlier one without any, the later one with all that differ. */
  readonly with: (taken: ReadonlySet<string>) => MarketSnapshot;
}

/** Marks nearer to each other than this share are the same distance from their model. */
const sameMark = 1e-12;

/**
 * Takes two markets apart for the instruments held on either side.
 *
 *     prices        indices, forwards, quotes of everything but options, rates and other feeds
 *     volatilities  σ of every option held, and the smiles
 *     time          the instant
 *     marks         mark − model(F, σ, τ) of every option held, each in its own market
 *
 * In a market put together an option is marked `max(0, model(F, σ, τ) + distance)`. What only one market has is taken from it in every state.
 *
 * @param from earlier market
 * @param to   later market
 * @param held instruments of both books
 */
export function marketChange(from: MarketSnapshot, to: MarketSnapshot, held: readonly Instrument[]): MarketChange {
  if (from === to || hashOf(from) === hashOf(to)) return { differ: new Set(), with: () => from };
  const options = [...new Map(held.map((instrument) => [instrument.id, instrument])).values()].filter(
    (instrument): instrument is Option => instrument.kind === "option",
  );
  const marks = options.map((option) => ({ option, from: markOf(from, option), to: markOf(to, option) }));
  const differ = new Set<MarketStep>();
  if (hashOf(pricesOf(from)) !== hashOf(pricesOf(to))) differ.add("prices");
  const onBoth = marks.flatMap(({ from: before, to: after }) =>
    before === undefined || after === undefined ? [] : [{ before, after }],
  );
  if (hashOf(from.smiles) !== hashOf(to.smiles) || onBoth.some((one) => one.before.volatility !== one.after.volatility))
    differ.add("volatilities");
  if (from.asOfMs !== to.asOfMs) differ.add("time");
  if (onBoth.some(({ before, after }) => !isSameDistance(before, after))) differ.add("marks");
  // A market put together once is one object: what is known of it is found again.
  const made = new Map<string, MarketSnapshot>();
  return {
    differ,
    with: (taken) => {
      const own = [...differ].filter((step) => taken.has(step));
      if (own.length === 0) return from;
      if (own.length === differ.size) return to;
      const key = own.join(" ");
      const market = made.get(key) ?? composed(from, to, marks, new Set(own));
      made.set(key, market);
      return market;
    },
  };
}

/** What the step of prices replaces, as values. */
function pricesOf({ indices, forwards, quotes, feeds = [] }: MarketSnapshot) {
  return {
    indices: indices.map(({ underlying, price }) => [underlying, price]),
    forwards: forwards.map(({ underlying, quote, expiryMs, value }) => [underlying, quote, expiryMs, value]),
    quotes: quotes.filter(isLinear).map(({ instrument, mark }) => [instrument.id, mark ?? null]),
    feeds,
  };
}

function isLinear({ instrument }: Quote): boolean {
  return instrument.kind !== "option";
}

/** An option in one market: its volatility and how far its mark is from its model. */
interface OptionMark {
  readonly volatility: number;
  /** Price unit of the option; 0 where it is marked by its model. */
  readonly distance: number;
  readonly mark: number;
}

function markOf(market: MarketSnapshot, option: Option): OptionMark | undefined {
  const terms = resolveTerms(market, option);
  if (!terms.ok) return undefined;
  const { volatility, mark } = terms.value;
  return { volatility, mark, distance: mark - modelPrice(option, terms.value) };
}

function isSameDistance(one: OptionMark, other: OptionMark): boolean {
  return Math.abs(one.distance - other.distance) <= sameMark * Math.max(one.mark, other.mark);
}

interface TwoMarks {
  readonly option: Option;
  readonly from: OptionMark | undefined;
  readonly to: OptionMark | undefined;
}

function composed(
  from: MarketSnapshot,
  to: MarketSnapshot,
  marks: readonly TwoMarks[],
  taken: ReadonlySet<MarketStep>,
): MarketSnapshot {
  const sides = (step: MarketStep) => (taken.has(step) ? ([to, from] as const) : ([from, to] as const));
  const [prices, otherPrices] = sides("prices");
  const [volatilities, otherVolatilities] = sides("volatilities");
  const surface = (of: { readonly underlying: string; readonly quote: string; readonly expiryMs: number }) =>
    `${of.underlying}/${of.quote}@${of.expiryMs}`;
  const both = <T>(first: readonly T[], second: readonly T[], key: (one: T) => string): readonly T[] => {
    const known = new Set(first.map(key));
    return [...first, ...second.filter((one) => !known.has(key(one)))];
  };
  const feeds = both(
    prices.feeds ?? [],
    otherPrices.feeds ?? [],
    ({ kind, underlying, expiryMs }) => `${kind} ${underlying} ${expiryMs ?? ""}`,
  );
  const linear = both(
    prices.quotes.filter(isLinear),
    otherPrices.quotes.filter(isLinear),
    ({ instrument }) => instrument.id,
  );
  const volatilityOf = (one: TwoMarks): number | undefined =>
    taken.has("volatilities")
      ? (one.to?.volatility ?? one.from?.volatility)
      : (one.from?.volatility ?? one.to?.volatility);
  const unmarked = marks.map((one): Quote => {
    const markVolatility = volatilityOf(one);
    return { instrument: one.option, ...(markVolatility === undefined ? {} : { markVolatility }) };
  });
  const { name, venue, asOfMs, sources } = taken.has("time") ? to : from;
  const bare: MarketSnapshot = {
    ...{ name, venue, asOfMs, sources, warnings: [] },
    indices: both(prices.indices, otherPrices.indices, ({ underlying }) => underlying),
    forwards: both(prices.forwards, otherPrices.forwards, surface),
    smiles: both(volatilities.smiles, otherVolatilities.smiles, surface),
    quotes: [...linear, ...unmarked],
    ...(feeds.length === 0 ? {} : { feeds }),
    ...(from.synthetic === true || to.synthetic === true ? { synthetic: true } : {}),
  };
  const marked = marks.map((one, at): Quote => {
    const quote = unmarked[at] ?? { instrument: one.option };
    const terms = resolveTerms(bare, one.option);
    const distance = (taken.has("marks") ? (one.to ?? one.from) : (one.from ?? one.to))?.distance ?? 0;
    return terms.ok ? { ...quote, mark: markAt(terms.value, distance) } : quote;
  });
  return { ...bare, quotes: [...linear, ...marked] };
}

function markAt({ mark }: PricingTerms, distance: number): number {
  return Math.max(0, mark + distance);
}
