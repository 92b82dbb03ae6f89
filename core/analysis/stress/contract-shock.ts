import type { Instrument, Option } from "../../instrument/index.ts";
import { type PricingTerms, termsAt } from "../../market/index.ts";
import {
  bachelierValue,
  blackDeltaKernel,
  fundingProfit,
  leastTotalVolatility,
  logMoneyness,
  modelPrice,
  normalVolatility,
} from "../../pricing/index.ts";
import { type PricedInstrument, slideFactor } from "../../revaluation/index.ts";
import { shockedVolatility, yearsAfter } from "../../scenario/index.ts";
import { narrowest, pegRatio, shockedLevel, shockedPrice } from "./shock-amounts.ts";
import type { ShocksByKind, StressShocks } from "./stress-shocks.ts";

const daysPerYear = 365;
/** Funding is paid every 8 hours. */
const fundingsPerDay = 3;
/** Days at which a change of the term structure is what it says, and the fewest that count. */
const termDays = 30;
const leastTermDays = 1;

/** Where a scenario takes one contract. */
export interface ShockedContract {
  readonly terms: PricingTerms;
  /** Profit of one unit without funding, settlement currency; gain > 0. */
  readonly unitProfit: number;
  /** Funding received by one unit, settlement currency; 0 for all but perpetuals. */
  readonly unitFunding: number;
  /** Valued by the normal model: its price is at or below 0. */
  readonly isNormal: boolean;
  /** Why the contract has no value there; its profit is 0 and it is left out. */
  readonly refused?: string;
}

/** What a scenario says of a dollar coin: USD per coin before. */
export type CoinPrices = (coin: string) => number;

/**
 * Contracts after a scenario, one by one, revalued by the product's own pricers.
 *
 *     price       index S′ and forward F′ by the price shocks; quoted in a coin whose peg moves by r: S′/r, F′/r
 *     rate        forwards of dated contracts F′·e^{a·τ}; options with carry take r + a
 *     basis       futures and perpetuals F′·(1 + b); the index stays
 *     volatility  σ′ = max(0, shock(σ·slide) + skew·(½ − N(d1)) + term·√(30/days)), N(d1) before the shock
 *     profit      futures F′ − F, inverse 1/F − 1/F′; options V(F′, σ′, τ′) − V(F, σ, τ)
 *
 * At a forward (for options with carry a spot price) of 0 or below the normal model values an option, at the normal volatility that gives its value
 * before the move. Contracts paid in a coin whose price is 0 or below have none.
 *
 * @param shocks    resolved for the book
 * @param coinPrice USD per coin of quote currencies and dollar underlyings, before
 * @returns of a contract before the scenario; finite numbers. Where prices go is found once for neighbours of one expiry
 * @source resources/docs/stress.md, section 5
 */
export function contractShocker(
  shocks: StressShocks,
  coinPrice: CoinPrices,
): (priced: PricedInstrument) => ShockedContract {
  let last: Place | undefined;
  return (priced) => {
    const { instrument, terms } = priced;
    const place = last !== undefined && isOf(last, priced) ? last : placeOf(priced, shocks, coinPrice);
    last = place;
    const target = targetTerms(priced, place, shocks);
    const isOption = instrument.kind === "option";
    const priceAfter = isOption
      ? optionPrice(instrument, target)
      : instrument.kind === "spot"
        ? target.index
        : target.forward;
    if (priceAfter <= 0 && instrument.payoff === "inverse")
      return still(
        terms,
        `${instrument.symbol} is paid in ${instrument.settlement}, which has no price at ${priceAfter}`,
      );
    if (isOption) return shockedOption(instrument, terms, target, priceAfter <= 0);
    const priceBefore = instrument.kind === "spot" ? terms.index : terms.forward;
    const isInverse = instrument.payoff === "inverse" && instrument.kind !== "spot";
    const change = priceAfter - priceBefore;
    const funding = fundingOf(instrument, place.own.funding, target.forward, shocks.scale);
    const mark = terms.mark * (priceAfter / priceBefore);
    return {
      terms: markedAt(target, mark),
      unitProfit: isInverse ? change / (priceBefore * priceAfter) : change,
      unitFunding: funding,
      isNormal: priceAfter <= 0,
    };
  };
}

function still(terms: PricingTerms, refused: string): ShockedContract {
  return { terms, unitProfit: 0, unitFunding: 0, isNormal: false, refused };
}

function markedAt(terms: PricingTerms, mark: number): PricingTerms {
  const { index, forward, years, volatility } = terms;
  return termsAt(terms, { index, forward, years, volatility, mark });
}

/** The price an option is valued on. */
function optionPrice(option: Option, { carry, index, forward }: PricingTerms): number {
  return carry === undefined || option.on === "future" ? forward : index;
}

/** Where a scenario takes the prices of contracts of one underlying, quote currency, kind and expiry. */
interface Place {
  readonly of: PricedInstrument;
  /** Shocks of the underlying. */
  readonly own: ShocksByKind;
  readonly index: number;
  readonly forward: number;
  readonly years: number;
  /** Change of the interest rate. */
  readonly rate: number;
  /** Whether volatilities need deltas. */
  readonly byDelta: boolean;
}

function isOf({ of }: Place, { instrument, terms }: PricedInstrument): boolean {
  return (
    of.terms.years === terms.years &&
    of.terms.forward === terms.forward &&
    of.terms.index === terms.index &&
    of.instrument.kind === instrument.kind &&
    of.instrument.underlying === instrument.underlying &&
    of.instrument.quote === instrument.quote
  );
}

function placeOf(of: PricedInstrument, shocks: StressShocks, coinPrice: CoinPrices): Place {
  const { instrument, terms } = of;
  const { scale } = shocks;
  const { underlying, quote, kind } = instrument;
  const own = shocks.byFactor.get(underlying) ?? {};
  const isDated = kind === "future" || kind === "option";
  const days = isDated ? terms.years * daysPerYear : undefined;
  const general = narrowest(own.price, undefined);
  const ownPeg = pegRatio(shocks, underlying, coinPrice(underlying));
  const peg = ownPeg / (quote === underlying ? 1 : pegRatio(shocks, quote, coinPrice(quote)));
  const isPegged = ownPeg !== 1;
  const index = (isPegged ? terms.index : shockedPrice(terms.index, general, scale)) * peg;
  const narrow = narrowest(own.rate, days) ?? narrowest(shocks.byFactor.get(quote)?.rate, days);
  const rate = (narrow?.amount ?? 0) * scale;
  const basis = kind === "future" || kind === "perpetual" ? basisOf(own.basis, kind, days, scale) : 0;
  const grown = isDated && rate !== 0 ? Math.exp(rate * terms.years) : 1;
  const forward = (isPegged ? terms.forward : forwardAfter(terms, own.price, days, shocks)) * peg * grown * (1 + basis);
  const byDelta =
    own.skew !== undefined ||
    own.volatility?.some(({ delta, rule }) => delta !== undefined || rule?.byDelta !== undefined) === true;
  return { of, own, index, forward, years: yearsAfter(terms.years, shocks.days), rate, byDelta };
}

function targetTerms({ instrument, terms }: PricedInstrument, place: Place, shocks: StressShocks): PricingTerms {
  const { index, forward, years, rate } = place;
  const { mark, carry } = terms;
  const isOption = instrument.kind === "option";
  const volatility = isOption ? volatilityAfter(instrument, terms, place, shocks) : 0;
  const moved = { index, forward, years, volatility, mark };
  if (carry === undefined || rate === 0) return termsAt(terms, moved);
  const dividendYield = isOption && instrument.on === "future" ? carry.rate + rate : carry.dividendYield;
  return termsAt(terms, moved, { ...carry, rate: carry.rate + rate, dividendYield });
}

/** The forward of an expiry: the shock of its tenor, else that of the index; a level of the index keeps the distance to it. */
function forwardAfter(
  { index, forward }: PricingTerms,
  prices: ShocksByKind["price"],
  days: number | undefined,
  { scale }: StressShocks,
): number {
  const shock = narrowest(prices, days);
  if (shock === undefined || shock.mode !== "level" || shock.tenor !== undefined)
    return shockedPrice(forward, shock, scale);
  const after = shockedPrice(index, shock, scale);
  return after > 0 ? after * (forward / index) : after + (forward - index);
}

function basisOf(
  shocks: ShocksByKind["basis"],
  kind: "future" | "perpetual",
  days: number | undefined,
  scale: number,
): number {
  const shock = narrowest(
    shocks?.filter(({ contracts }) => contracts === "both" || contracts === kind),
    days,
  );
  return shock === undefined ? 0 : Math.max(-0.99, shock.amount * scale);
}

/** σ′ of an option: the shock that counts for its days and delta, then skew and term structure; ≥ 0. */
function volatilityAfter(
  option: Option,
  { forward, volatility, years, smile }: PricingTerms,
  { own, forward: after, byDelta }: Place,
  { stickiness, scale }: StressShocks,
): number {
  const days = years * daysPerYear;
  const move = after / forward - 1;
  const delta = byDelta ? callDelta(option, forward, volatility * Math.sqrt(years)) : undefined;
  const slides = stickiness !== undefined && smile !== undefined && smile.length > 0 && move > -1;
  const slid = slides ? volatility * slideFactor(smile, option.strike, forward, move, stickiness) : volatility;
  const shock = narrowest(own.volatility, days, delta);
  let moved = slid;
  if (shock !== undefined && (shock.rule === undefined || shock.mode === "level"))
    moved = shockedLevel(slid, shock, scale);
  else if (shock?.rule !== undefined && shock.mode !== "level") {
    const rule = { change: shock.amount * scale, mode: shock.mode, ...shock.rule };
    moved = shockedVolatility(slid, years, rule, delta);
  }
  const skew = narrowest(own.skew, days);
  const term = own.term?.at(-1);
  if (skew !== undefined && delta !== undefined) moved += scale * skew.amount * (0.5 - delta);
  if (term !== undefined && years > 0)
    moved += scale * term.amount * Math.sqrt(termDays / Math.max(days, leastTermDays));
  return Math.max(0, moved);
}

/** N(d1); 0 or 1 where no volatility is left. */
function callDelta({ strike }: Option, forward: number, total: number): number {
  if (!(forward > 0 && strike > 0)) return forward > strike ? 1 : 0;
  const distance = logMoneyness(forward, strike);
  if (total < leastTotalVolatility) return distance > 0 ? 1 : distance < 0 ? 0 : 0.5;
  return blackDeltaKernel(distance, total, true);
}

function shockedOption(option: Option, before: PricingTerms, target: PricingTerms, isNormal: boolean): ShockedContract {
  const now = modelPrice(option, before);
  const value = isNormal ? normalValue(option, before, target) : modelPrice(option, target);
  const unitProfit = value - now;
  return {
    terms: markedAt(target, Math.max(0, before.mark + unitProfit)),
    unitProfit,
    unitFunding: 0,
    isNormal,
  };
}

/**
 * Value at a price of 0 or below. A spot price with carry grows to its forward; no cash dividends are paid then. Early exercise is worth at
 * least what it pays.
 */
function normalValue(option: Option, before: PricingTerms, target: PricingTerms): number {
  const isCall = option.optionType === "call";
  const from = optionPrice(option, before) * growthOf(option, before);
  const to = optionPrice(option, target);
  const sigma = normalVolatility(from, option.strike, before.years, target.volatility);
  const forward = to * growthOf(option, target);
  const value = bachelierValue(forward, option.strike, target.years, sigma, isCall, target.carry?.rate ?? 0);
  const exercised = isCall ? to - option.strike : option.strike - to;
  return option.exercise === "american" ? Math.max(value, exercised) : value;
}

/** Forward over the price an option is valued on. */
function growthOf({ on }: Option, { carry, years }: PricingTerms): number {
  return carry === undefined || on === "future" ? 1 : Math.exp((carry.rate - carry.dividendYield) * years);
}

function fundingOf(instrument: Instrument, shocks: ShocksByKind["funding"], mark: number, scale: number): number {
  const shock = shocks?.at(-1);
  if (instrument.kind !== "perpetual" || shock === undefined || !(mark > 0)) return 0;
  return fundingProfit(instrument.payoff, 1, mark, shock.amount * scale) * shock.days * fundingsPerDay;
}
