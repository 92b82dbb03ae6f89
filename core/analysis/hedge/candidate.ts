import { expiryOf, quantityUnit } from "../../instrument/index.ts";
import type { Quote } from "../../market/index.ts";
import { type Book, type BookPosition, usdPerUnit } from "../../methodology/index.ts";
import { positionGreeks } from "../../pricing/index.ts";
import type { NamedCandidate } from "./candidate-choice.ts";
import type { CostSource, HedgeCandidate } from "./hedge-result.ts";

/** Costs of trading in basis points of notional (1 is 0.01 %). */
export interface HedgeCosts {
  readonly feeBps: number;
  /** Where the market has no bid and ask. */
  readonly halfSpreadBps: number;
  readonly impactBps: number;
}

/**
 * What a tradable instrument costs and does, for one unit at the book's market.
 *
 *     unit cost = half spread + fee + impact,   half spread = (ask − bid)/2 in USD
 *
 * @param entry instrument with the numbers its price needs
 * @param held  quantity the book holds
 * @param quote of the market; absent: the default half spread
 * @param asked bounds, lot and cost stated by the user
 */
export function hedgeCandidate(
  { position: { instrument }, terms }: BookPosition,
  held: number,
  book: Book,
  quote: Quote | undefined,
  costs: HedgeCosts,
  asked: NamedCandidate | undefined,
): HedgeCandidate {
  const countsQuote = quantityUnit(instrument) !== instrument.underlying;
  const notionalUsd = countsQuote ? terms.index / terms.mark : terms.index;
  const paid = instrument.kind === "option" || instrument.kind === "stock" || instrument.kind === "spot";
  const perPrice = countsQuote
    ? 1 / terms.mark
    : usdPerUnit(book.indices, instrument.kind === "option" ? instrument.settlement : instrument.quote);
  const bps = 1e-4 * notionalUsd;
  const quoted = halfSpread(quote);
  const halfSpreadUsd = quoted === undefined ? costs.halfSpreadBps * bps : quoted * perPrice;
  const feeUsd = costs.feeBps * bps;
  const impactUsd = costs.impactBps * bps;
  const source: CostSource = asked?.unitCostUsd !== undefined ? "set" : quoted === undefined ? "default" : "quotes";
  const gross = grossOf(book, instrument.underlying);
  const most = countsQuote ? gross * terms.mark : gross;
  const greeks = positionGreeks(instrument, terms, 1);
  const expiryMs = expiryOf(instrument);
  return {
    ...{ symbol: instrument.symbol, underlying: instrument.underlying, kind: instrument.kind },
    ...(expiryMs === undefined ? {} : { expiryMs }),
    ...(instrument.kind === "option" ? { strike: instrument.strike, optionType: instrument.optionType } : {}),
    ...{ quantityUnit: quantityUnit(instrument), held },
    unitCostUsd: asked?.unitCostUsd ?? halfSpreadUsd + feeUsd + impactUsd,
    ...{ halfSpreadUsd, feeUsd, impactUsd, costSource: source, notionalUsd },
    premiumUsd: paid ? terms.mark * usdPerUnit(book.indices, instrument.settlement) : 0,
    ...lotOf(instrument, terms.index, countsQuote, asked?.lot),
    mostBought: asked?.mostBought ?? most,
    // What is delivered in full cannot be sold short.
    mostSold: asked?.mostSold ?? (instrument.kind === "spot" || instrument.kind === "stock" ? Math.max(0, held) : most),
    deltaUsd: greeks.delta * terms.index,
    vegaUsd: greeks.vega,
  };
}

function halfSpread(quote: Quote | undefined): number | undefined {
  const { bid, ask } = quote ?? {};
  if (bid === undefined || ask === undefined || !(bid > 0) || !(ask >= bid)) return undefined;
  return 0.5 * (ask - bid);
}

/** Gross quantity of an underlying, units of it; at least one unit where the book holds none. */
function grossOf(book: Book, underlying: string): number {
  const gross = book.positions.reduce((total, { position: { instrument, quantity }, terms }) => {
    if (instrument.underlying !== underlying) return total;
    const coins = quantityUnit(instrument) === underlying ? quantity : quantity / terms.mark;
    return total + Math.abs(coins);
  }, 0);
  return gross > 0 ? gross : 1;
}

/**
 * A market does not say in which steps its contracts trade. Listed contracts go by the contract; others by a step that venues use: 10 of
 * quote currency for contracts that count it, else 0.1 unit of an underlying above 1,000 USD, 1 unit above 1, 100 below.
 */
function lotOf(
  instrument: BookPosition["position"]["instrument"],
  index: number,
  countsQuote: boolean,
  asked: number | undefined,
): Pick<HedgeCandidate, "lot" | "lotSource"> {
  if (asked !== undefined) return { lot: asked, lotSource: "set" };
  if (instrument.contractSize !== undefined) return { lot: instrument.contractSize, lotSource: "contract" };
  if (countsQuote) return { lot: 10, lotSource: "default" };
  return { lot: index >= 1000 ? 0.1 : index >= 1 ? 1 : 100, lotSource: "default" };
}
