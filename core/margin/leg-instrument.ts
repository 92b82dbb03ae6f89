import { failed, type Result, success } from "../base/index.ts";
import { type Instrument, instrumentOfSymbol, instrumentOfTerms, type StatedTerms } from "../instrument/index.ts";
import type { MarketSnapshot, Quote } from "../market/index.ts";
import type { Portfolio } from "../portfolio/index.ts";

/** Which contract a leg trades: by its name at a venue (absent: the market's), or by its terms. */
export type LegInstrument =
  | { readonly symbol: string; readonly venue?: string | undefined }
  | { readonly terms: StatedTerms };

/**
 * The contract a leg names: of the market where it quotes it, of a position held, else by the grammar of its venue. The same object for
 * the same market, so that what is known of it is found again.
 *
 * @param market absent: a name is read by grammar only
 * @returns `conflict` for a name of two venues, or one whose quoted terms differ from those stated; else the failure of the grammar
 */
export function legInstrument(
  asked: LegInstrument,
  market: MarketSnapshot | undefined,
  portfolio?: Portfolio,
): Result<Instrument> {
  if ("terms" in asked) return instrumentByTerms(asked.terms, market);
  const { symbol, venue } = asked;
  const isNamed = (one: Instrument) => one.symbol === symbol && (venue === undefined || one.venue === venue);
  const quoted = market === undefined ? [] : (knownOf(market).bySymbol.get(symbol) ?? []).filter(isNamed);
  if (quoted.length > 1)
    return failed("conflict", `${symbol} is traded on ${quoted.map((one) => one.venue).join(", ")}: name the venue`);
  const [instrument] = quoted;
  if (instrument !== undefined) return success(instrument);
  const held = portfolio?.positions.find((position) => isNamed(position.instrument));
  if (held !== undefined) return success(held.instrument);
  const where = venue ?? market?.venue ?? portfolio?.venue;
  if (where === undefined) return failed("invalid-input", `${symbol} needs the name of its venue`);
  const read = instrumentOfSymbol(where, symbol);
  return read.ok && market !== undefined ? success(sameObject(market, read.value)) : read;
}

/** The quote of a contract. */
export function quoteOf(market: MarketSnapshot, { id }: Pick<Instrument, "id">): Quote | undefined {
  return knownOf(market).byId.get(id);
}

function instrumentByTerms(terms: StatedTerms, market: MarketSnapshot | undefined): Result<Instrument> {
  const stated = instrumentOfTerms(terms);
  if (!stated.ok || market === undefined) return stated;
  const { byId, byTerms } = knownOf(market);
  const key = termsKey(stated.value);
  const quoted = terms.symbol === undefined ? byTerms.get(key) : byId.get(stated.value.id)?.instrument;
  if (quoted === undefined) return success(sameObject(market, stated.value));
  if (termsKey(quoted) === key) return success(quoted);
  return failed("conflict", `the market quotes ${quoted.symbol} with other terms: ${termsKey(quoted)}, not ${key}`);
}

/** What the quotes of a market say of its contracts. */
interface Known {
  readonly byId: ReadonlyMap<string, Quote>;
  readonly bySymbol: ReadonlyMap<string, readonly Instrument[]>;
  readonly byTerms: ReadonlyMap<string, Instrument>;
  /** Contracts without a quote, each once. */
  readonly unquoted: Map<string, Instrument>;
}

function knownOf(market: MarketSnapshot): Known {
  const found = known.get(market);
  if (found !== undefined) return found;
  const bySymbol = new Map<string, Instrument[]>();
  const byTerms = new Map<string, Instrument>();
  for (const { instrument } of market.quotes) {
    const same = bySymbol.get(instrument.symbol);
    if (same === undefined) bySymbol.set(instrument.symbol, [instrument]);
    else if (!same.some(({ id }) => id === instrument.id)) same.push(instrument);
    const key = termsKey(instrument);
    if (!byTerms.has(key)) byTerms.set(key, instrument);
  }
  const byId = new Map<string, Quote>(market.quotes.map((quote) => [quote.instrument.id, quote]));
  const made = { byId, bySymbol, byTerms, unquoted: new Map<string, Instrument>() };
  known.set(market, made);
  return made;
}

const known = new WeakMap<MarketSnapshot, Known>();

/** What makes two contracts of a venue the same, whatever they are called. */
function termsKey(instrument: Instrument): string {
  const { venue, kind, underlying, quote, payoff, contractSize } = instrument;
  const dated =
    kind === "option"
      ? [instrument.expiryMs, instrument.strike, instrument.optionType, instrument.exercise ?? "european"]
      : kind === "future"
        ? [instrument.expiryMs]
        : [];
  const size = contractSize === undefined ? [] : [`size ${contractSize}`];
  return [venue, kind, underlying, quote, payoff, ...dated, ...size].join(" ");
}

function sameObject(market: MarketSnapshot, instrument: Instrument): Instrument {
  const { unquoted } = knownOf(market);
  const key = JSON.stringify(instrument);
  const same = unquoted.get(key) ?? instrument;
  unquoted.set(key, same);
  return same;
}
