import { failed, type Result, success } from "../base/index.ts";
import { type Instrument, knownOkxContractSize, quantityUnit } from "../instrument/index.ts";
import type { MarketSnapshot, PricingTerms } from "../market/index.ts";
import { hasUsdRate, usdPerUnit } from "../methodology/index.ts";
import { completedPortfolio, type ParameterFile } from "../parameter-file/index.ts";
import type { Portfolio, Position, PositionId } from "../portfolio/index.ts";
import type { AddedLeg, TradeGain } from "./added-leg.ts";
import { termsAtMarket } from "./build-book.ts";
import { type LegInstrument, legInstrument, quoteOf } from "./leg-instrument.ts";

/** What a leg trades at. Bid and ask: bought at the ask, sold at the bid of the market. */
export type LegPrice =
  | { readonly basis: "mark" }
  | { readonly basis: "stated"; readonly price: number }
  | { readonly basis: "bid-ask" };

export const legUnits = ["position", "contracts", "underlying", "quote"] as const;

/** A trade as a person asks for it. */
export interface AskedLeg {
  readonly instrument: LegInstrument;
  /** Signed, long > 0, in `unit`. */
  readonly quantity: number;
  /** Default `position`: `quantityUnit(instrument)`. Others are converted: contracts at their size, the rest at the mark or the index. */
  readonly unit?: (typeof legUnits)[number] | undefined;
  /** Default: the mark. Price unit of the instrument. */
  readonly price?: LegPrice | undefined;
  readonly account?: string | undefined;
}

export interface LegInputs {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  readonly parameterFile?: ParameterFile | undefined;
}

/**
 * Legs as trades: contract terms found, quantities in the unit of a position, and what each trade gains at once against its mark.
 *
 *     gain = quantity × (mark − price),   inverse futures and perpetuals: quantity × (1/price − 1/mark)
 *
 * @returns legs in order; the failure of the first that cannot be traded, `at` its JSON pointer: a symbol that nobody knows, a contract
 *          without a price at this market, a side without a quote
 */
export function resolveLegs(asked: readonly AskedLeg[], inputs: LegInputs): Result<readonly AddedLeg[]> {
  const legs: AddedLeg[] = [];
  for (const [place, leg] of asked.entries()) {
    const found = resolved(leg, inputs);
    if (!found.ok) return { ok: false, failure: { ...found.failure, at: `/legs/${place}` } };
    legs.push(found.value);
  }
  return success(legs);
}

/** The mark a contract is traded at, price unit of the instrument; `undefined` where the market cannot price it. */
export function markOfLeg(instrument: Instrument, { market, portfolio, parameterFile }: LegInputs): number | undefined {
  const indices = new Map(market.indices.map(({ underlying, price }) => [underlying, price]));
  const position = completed({ instrument, quantity: 1 }, portfolio, parameterFile);
  const terms = termsAtMarket(position, { market, indices, parameterFile });
  return terms.ok ? terms.value.mark : undefined;
}

function resolved(leg: AskedLeg, inputs: LegInputs): Result<AddedLeg> {
  const { market, portfolio, parameterFile } = inputs;
  const { quantity, unit = "position", price = { basis: "mark" }, account } = leg;
  const found = legInstrument(leg.instrument, market, portfolio);
  if (!found.ok) return found;
  if (!Number.isFinite(quantity)) return failed("invalid-input", `the quantity of ${found.value.symbol} is not finite`);
  const position = completed({ instrument: found.value, quantity }, portfolio, parameterFile);
  const { instrument } = position;
  const indices = new Map(market.indices.map(({ underlying, price: index }) => [underlying, index]));
  const terms = termsAtMarket(position, { market, indices, parameterFile });
  if (!terms.ok) return terms;
  const units = inPositionUnit(instrument, quantity, unit, terms.value, found.value !== instrument);
  if (!units.ok) return units;
  const traded = priceOf(instrument, units.value, price, market);
  if (!traded.ok) return traded;
  const gain = traded.value === undefined ? undefined : gainOf(instrument, units.value, traded.value, terms.value.mark);
  return success({
    ...{ instrument, quantity: units.value },
    ...(account === undefined ? {} : { account }),
    ...(gain === undefined ? {} : { gain: inUsd(gain, instrument, indices) }),
  });
}

/** The leg as a position with the terms of the parameter file, and the stated mark of one held in the same contract. */
function completed(
  { instrument, quantity }: Pick<Position, "instrument" | "quantity">,
  portfolio: Portfolio,
  file: ParameterFile | undefined,
): Position {
  const holder = portfolio.positions.find((held) => held.instrument.id === instrument.id);
  const stated = holder?.stated === undefined ? {} : { stated: holder.stated };
  const position: Position = {
    id: "leg" as PositionId,
    instrument: holder?.instrument ?? instrument,
    quantity,
    ...stated,
  };
  if (file === undefined || position.instrument.listing === undefined) return position;
  const [known = position] = completedPortfolio({ ...portfolio, positions: [position] }, file).positions;
  return { ...known, quantity };
}

function inPositionUnit(
  instrument: Instrument,
  quantity: number,
  unit: (typeof legUnits)[number],
  terms: PricingTerms,
  completedByFile: boolean,
): Result<number> {
  const { symbol, contractSize, underlying, quote } = instrument;
  const own = quantityUnit(instrument);
  // A listed contract without a stated size counts contracts until the file says its size.
  if (unit === "position" && completedByFile && contractSize !== undefined) return success(quantity * contractSize);
  if (unit === "position") return success(quantity);
  if (unit === "contracts") {
    const size = contractSize ?? (instrument.venue === "okx" ? knownOkxContractSize(instrument) : undefined);
    if (size !== undefined) return success(quantity * size);
    return failed("missing-data", `the contract size of ${symbol} is not known: state its quantity in ${own}`);
  }
  const wanted = unit === "underlying" ? underlying : quote;
  if (wanted === own) return success(quantity);
  const isFuture = instrument.kind === "future" || instrument.kind === "perpetual";
  const price = isFuture ? terms.mark : terms.index;
  return success(own === quote ? quantity * price : quantity / price);
}

/** `undefined` at mark. */
function priceOf(
  instrument: Instrument,
  quantity: number,
  price: LegPrice,
  market: MarketSnapshot,
): Result<number | undefined> {
  if (price.basis === "mark") return success(undefined);
  if (price.basis === "stated") {
    const usable = Number.isFinite(price.price) && (instrument.kind === "option" ? price.price >= 0 : price.price > 0);
    if (usable) return success(price.price);
    return failed(
      "invalid-input",
      `the price of ${instrument.symbol} must be above 0, of an option not below; found ${price.price}`,
    );
  }
  const quote = quoteOf(market, instrument);
  const side = quantity >= 0 ? "ask" : "bid";
  const at = quote?.[side];
  if (at === undefined || !(at > 0)) return failed("missing-data", `the market has no ${side} of ${instrument.symbol}`);
  return success(at);
}

function gainOf(instrument: Instrument, quantity: number, price: number, mark: number): number {
  const inverse = instrument.payoff === "inverse" && (instrument.kind === "future" || instrument.kind === "perpetual");
  const gain = inverse ? quantity * (1 / price - 1 / mark) : quantity * (mark - price);
  return gain === 0 ? 0 : gain;
}

function inUsd(amount: number, { settlement }: Instrument, indices: ReadonlyMap<string, number>): TradeGain {
  const usd = hasUsdRate(indices, settlement) ? { usd: amount * usdPerUnit(indices, settlement) } : {};
  return { currency: settlement, amount, ...usd };
}
