import { failed, isoDate, type Result, success, yearsBetween } from "../base/index.ts";
import { type Instrument, isListed, type Option } from "../instrument/index.ts";
import type {
  Carry,
  Forward,
  MarketSnapshot,
  MarkSource,
  PricingTerms,
  Quote,
  VolatilitySource,
} from "../market/index.ts";
import type { StatedFigures } from "../portfolio/index.ts";
import { carriedVolatility, forwardByCarry, impliedVolatility, modelPrice } from "../pricing/index.ts";
import { carryOf } from "./carry.ts";
import { smileVolatility } from "./smile-volatility.ts";
import { forwardKey, indexOf } from "./snapshot-index.ts";

/**
 * Joins a market snapshot with an instrument: the numbers its price needs, each with where it came from.
 *
 *     index       the index price of the underlying
 *     forward     options: forward of the expiry; futures, perpetuals and stocks: their mark; spot: the index
 *     carry       listed options at a market with rates: r, q and cash dividends, see `carryOf`
 *     volatility  options: the quote's mark volatility, else inverted from its mark, else interpolated on the smiles
 *     mark        the quote's, else the position's stated mark, else the model's
 *
 * A future without any mark takes the forward of its expiry, a perpetual the index; both are marked `model`.
 *
 * @param snapshot   market at one instant
 * @param instrument contract terms
 * @param stated     figures the venue stated for the position, used where the snapshot has no mark
 * @returns terms; a failure `missing-data` whose `at` names the gap as `requires` does: `index:BTC`,
 *          `forward:BTC@2026-03-27`, `volatility:BTC-27MAR26-100000-C`, `mark:BTC-27MAR26`; `not-applicable` when expired
 * @source Deribit, how mark prices are formed: Black-76 at zero rate on the forward of the expiry
 */
export function resolveTerms(
  snapshot: MarketSnapshot,
  instrument: Instrument,
  stated?: StatedFigures,
): Result<PricingTerms> {
  const lookup = indexOf(snapshot);
  const index = lookup.indices.get(instrument.underlying);
  if (index === undefined || !isPositive(index.price))
    return missing(`index:${instrument.underlying}`, `index price of ${instrument.underlying}`);
  const quote = lookup.quotes.get(instrument.id);
  if (instrument.kind === "spot") {
    const sources = { forward: "index", mark: "quoted" } as const;
    return success({ index: index.price, forward: index.price, years: 0, volatility: 0, mark: index.price, sources });
  }
  if (instrument.kind === "stock") {
    const found = markOf(quote, stated, isPositive) ?? { mark: index.price, source: "quoted" };
    const sources = { forward: "mark", mark: found.source } as const;
    return success({ index: index.price, forward: found.mark, years: 0, volatility: 0, mark: found.mark, sources });
  }
  if (instrument.kind !== "perpetual" && instrument.expiryMs <= snapshot.asOfMs)
    return failed(
      "not-applicable",
      `${instrument.symbol} expired on ${isoDate(instrument.expiryMs)}`,
      instrument.symbol,
    );
  const years = instrument.kind === "perpetual" ? 0 : yearsBetween(snapshot.asOfMs, instrument.expiryMs);
  const forward = instrument.kind === "perpetual" ? undefined : lookup.forwards.get(forwardKey(instrument));
  const market = { snapshot, index: index.price, years, quote, forward, stated };
  return instrument.kind === "option" ? optionTerms(instrument, market) : futureTerms(instrument, market);
}

interface Market {
  readonly snapshot: MarketSnapshot;
  readonly index: number;
  readonly years: number;
  readonly quote: Quote | undefined;
  readonly forward: Forward | undefined;
  readonly stated: StatedFigures | undefined;
}

function futureTerms(instrument: Instrument, market: Market): Result<PricingTerms> {
  const { index, years, quote, forward, stated } = market;
  const found = markOf(quote, stated, isPositive);
  if (found !== undefined) {
    const sources = { forward: "mark", mark: found.source } as const;
    return success({ index, forward: found.mark, years, volatility: 0, mark: found.mark, sources });
  }
  const [price, method] =
    instrument.kind === "perpetual" ? ([index, "index"] as const) : [forward?.value, forward?.method];
  if (!isPositive(price) || method === undefined)
    return missing(`mark:${instrument.symbol}`, `mark price of ${instrument.symbol} or forward of its expiry`);
  const sources = { forward: method, mark: "model" } as const;
  return success({ index, forward: price, years, volatility: 0, mark: price, sources });
}

function optionTerms(option: Option, market: Market): Result<PricingTerms> {
  const { index, years, quote, stated } = market;
  const carry = isListed(option) ? carryOf(market.snapshot, option, index, market.forward, years) : undefined;
  const forward = forwardWith(option, market, carry);
  if (forward === undefined || !isPositive(forward.value)) {
    const day = isoDate(option.expiryMs);
    return missing(`forward:${option.underlying}@${day}`, `forward of ${option.underlying} for ${day}`);
  }
  const quoted = markOf(quote, stated, isNotNegative);
  const sharedTerms = { index, forward: forward.value, years, ...(carry === undefined ? {} : { carry }) };
  const volatility = optionVolatility(option, market, sharedTerms, quoted?.mark);
  if (volatility === undefined)
    return missing(
      `volatility:${option.symbol}`,
      `volatility of ${option.symbol}, mark to invert or smile to read it from`,
    );
  const base = { ...sharedTerms, volatility: volatility.value, mark: quoted?.mark ?? 0 };
  const sources = { forward: forward.method, volatility: volatility.source, mark: quoted?.source ?? "model" };
  const terms: PricingTerms = { ...base, sources };
  return success(quoted === undefined ? { ...terms, mark: modelPrice(option, terms) } : terms);
}

function optionVolatility(
  option: Option,
  { snapshot, years, quote }: Market,
  terms: Pick<PricingTerms, "index" | "forward" | "years" | "carry">,
  mark: number | undefined,
): { readonly value: number; readonly source: VolatilitySource } | undefined {
  const { forward } = terms;
  const own = quote?.markVolatility;
  if (isNotNegative(own)) return { value: own, source: "mark" };
  const inverted =
    mark === undefined
      ? undefined
      : terms.carry !== undefined
        ? carriedVolatility(option, pricedAt(terms, mark), mark)
        : impliedVolatility(
            option.payoff === "inverse" ? mark * forward : mark,
            forward,
            option.strike,
            years,
            option.optionType === "call",
          );
  if (inverted?.ok && inverted.value.status === "ok") return { value: inverted.value.volatility, source: "inverted" };
  const { underlying, quote: currency, expiryMs, strike } = option;
  const onSmile = smileVolatility(snapshot, { underlying, quote: currency, expiryMs, strike, forward });
  if (onSmile !== undefined) return { value: onSmile, source: "interpolated" };
  return inverted?.ok ? { value: inverted.value.volatility, source: "inverted" } : undefined;
}

/** The market's forward; where it has none, or only the index, what the spot price with carry says. */
function forwardWith(
  option: Option,
  { index, years, forward }: Market,
  carry: Carry | undefined,
): Pick<Forward, "value" | "method"> | undefined {
  if (carry === undefined || option.on === "future") return forward;
  const known = forward !== undefined && forward.method !== "index" && carry.yieldSource !== "stated";
  return known ? forward : { value: forwardByCarry(index, years, carry), method: "carry" };
}

function pricedAt(terms: Pick<PricingTerms, "index" | "forward" | "years" | "carry">, mark: number): PricingTerms {
  return { ...terms, volatility: 0, mark, sources: { forward: "carry", mark: "quoted" } };
}

function markOf(
  quote: Quote | undefined,
  stated: StatedFigures | undefined,
  usable: (mark: number | undefined) => mark is number,
): { readonly mark: number; readonly source: MarkSource } | undefined {
  if (usable(quote?.mark)) return { mark: quote.mark, source: "quoted" };
  return usable(stated?.markPrice) ? { mark: stated.markPrice, source: "stated" } : undefined;
}

function isPositive(value: number | undefined): value is number {
  return value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY;
}

function isNotNegative(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value < Number.POSITIVE_INFINITY;
}

function missing(name: string, what: string) {
  return failed("missing-data", `${name}: the market has no ${what}`, name);
}
