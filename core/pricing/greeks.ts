import type { Instrument, Option } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackGreeks } from "./black.ts";
import { blackDeltaKernel, logMoneyness } from "./black-kernel.ts";
import { carriedGreeks } from "./carried-option.ts";

const daysPerYear = 365;

/** Greeks of one option as Deribit states them. */
export interface VenueGreeks {
  /** N(d1), or N(d1) − 1 for a put: not adjusted by the premium. */
  readonly delta: number;
  /** Per quote currency unit of price. */
  readonly gamma: number;
  /** Quote currency per volatility point. */
  readonly vega: number;
  /** Quote currency per calendar day; not below minus the option's value, and for less than a day that part of it. */
  readonly theta: number;
  /** Quote currency per 1 % of rate. */
  readonly rho: number;
}

/** Sensitivities of a whole position; units as in `PositionGreeks` of the margin result. */
export interface QuantityGreeks {
  readonly delta: number;
  readonly netDelta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
}

/**
 * Greeks of one unit of an option in Deribit's convention.
 *
 *     theta = max(−F·n(d1)·σ/(2√τ)/365·min(1, days left), −mark in quote currency)
 *     rho   = ±K·τ·N(±d2)/100
 *
 * @param option contract terms
 * @param terms  F, τ, σ and mark
 * @returns units at each member of `VenueGreeks`
 * @throws DomainError if a term is outside its bound
 * @source Deribit, greeks of the ticker; fits 326 options of 2020-05-21 and the reference text of 2026
 */
export function venueGreeks(option: Option, terms: PricingTerms): VenueGreeks {
  const { forward, years, volatility } = terms;
  const isCall = option.optionType === "call";
  const black = blackGreeks(forward, option.strike, years, volatility, isCall);
  const value = option.payoff === "inverse" ? terms.mark * forward : terms.mark;
  const theta = Math.max((black.theta / daysPerYear) * Math.min(1, years * daysPerYear), -value);
  // The dual delta of a call is −N(d2), of a put N(−d2).
  const rho = (-option.strike * years * black.dualDelta) / 100;
  return {
    delta: black.delta,
    gamma: black.gamma,
    vega: black.vega / 100,
    theta: theta === 0 ? 0 : theta,
    rho: rho === 0 ? 0 : rho,
  };
}

/** The delta of `positionGreeks` alone, the same bits. */
export function positionDelta(instrument: Instrument, terms: PricingTerms, quantity: number): number {
  if (instrument.kind !== "option" || terms.carry !== undefined)
    return positionGreeks(instrument, terms, quantity).delta;
  const { forward, years, volatility } = terms;
  if (!(years >= 0 && volatility >= 0)) return positionGreeks(instrument, terms, quantity).delta;
  const delta = blackDeltaKernel(
    logMoneyness(forward, instrument.strike),
    volatility * Math.sqrt(years),
    instrument.optionType === "call",
  );
  return quantity * (delta === 0 ? 0 : delta);
}

/**
 * Greeks of a position by plain Black; of listed options at a market with rates by the spot price (`carriedGreeks`).
 *
 *     option   q·∂V/∂F; net delta less q·mark when inverse;   linear future, spot   q;   inverse future   q / mark
 *
 * Futures, perpetuals and spot have no gamma, vega or theta: in quote currency their profit is a straight line.
 *
 * @param instrument contract terms
 * @param terms      numbers of the market
 * @param quantity   q in `quantityUnit(instrument)`, long > 0
 * @returns delta and net delta in underlying units, gamma in them per quote currency unit of price, vega in quote
 *          currency per volatility point, theta in quote currency per calendar day
 * @throws DomainError if a term is outside its bound
 * @source Deribit, net transaction delta; Black-76
 */
export function positionGreeks(instrument: Instrument, terms: PricingTerms, quantity: number): QuantityGreeks {
  if (instrument.kind !== "option") {
    const countsQuote = instrument.kind !== "spot" && instrument.payoff === "inverse";
    const delta = countsQuote ? quantity / terms.mark : quantity;
    return { delta, netDelta: delta, gamma: 0, vega: 0, theta: 0 };
  }
  const { forward, years, volatility } = terms;
  const black =
    terms.carry === undefined
      ? blackGreeks(forward, instrument.strike, years, volatility, instrument.optionType === "call")
      : carriedGreeks(instrument, terms);
  const premium = instrument.payoff === "inverse" ? terms.mark : 0;
  return {
    delta: quantity * black.delta,
    netDelta: quantity * (black.delta - premium),
    gamma: quantity * black.gamma,
    vega: (quantity * black.vega) / 100,
    theta: (quantity * black.theta) / daysPerYear,
  };
}
