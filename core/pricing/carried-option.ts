import { DomainError, failed, type Result, success } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import type { Carry, PricingTerms } from "../market/index.ts";
import {
  type AmericanPricer,
  americanGreeks,
  americanPricer,
  americanValue,
  europeanSpotValue,
  intrinsicValue,
  latticeValues,
  type SpotGreeks,
  type SpotOption,
} from "./american/index.ts";
import { blackGreeks } from "./black.ts";
import { type ImpliedVolatility, impliedVolatility } from "./implied-volatility.ts";

/**
 * A listed option as terms on its spot price: the index, or the future for an option on one.
 *
 * @param terms     `terms.carry` must be there
 * @param daysLater time that has passed; dividends of that time are gone
 * @throws DomainError if the terms have no carry, or the option is paid in the underlying
 */
export function spotOption(option: Option, terms: PricingTerms, daysLater = 0): SpotOption {
  const { carry, volatility } = terms;
  if (carry === undefined) throw new DomainError("pricing with carry needs rates", option.symbol);
  if (option.payoff === "inverse") throw new DomainError("an inverse option has no carry", option.symbol);
  const passed = daysLater / 365;
  return {
    spot: option.on === "future" ? terms.forward : terms.index,
    strike: option.strike,
    years: Math.max(0, terms.years - passed),
    sigma: volatility,
    isCall: option.optionType === "call",
    rate: carry.rate,
    dividendYield: option.on === "future" ? carry.rate : carry.dividendYield,
    dividends: passed === 0 ? carry.dividends : later(carry.dividends, passed),
  };
}

/**
 * Value of a listed option with carry: European in closed form, American by `americanValue`.
 *
 * @returns quote currency per unit of underlying; ≥ 0
 * @throws DomainError as `spotOption`, or if a term is outside its bound
 */
export function carriedPrice(option: Option, terms: PricingTerms): number {
  const spot = spotOption(option, terms);
  return option.exercise === "american" ? americanValue(spot) : europeanSpotValue(spot);
}

/**
 * Values of one contract at several spot prices, at one volatility and time: what is shared is found once.
 *
 * @param terms of `spotOption`
 * @param spots spot prices; > 0
 * @returns quote currency per unit of underlying, one a spot price
 */
export function carriedPrices(option: Option, terms: SpotOption, spots: readonly number[]): readonly number[] {
  if (option.exercise !== "american") return spots.map((spot) => europeanSpotValue({ ...terms, spot }));
  if (terms.dividends?.some(({ years }) => years < terms.years)) return latticeValues(terms, spots);
  const pricer: AmericanPricer = americanPricer(terms);
  return spots.map(pricer.value);
}

/** Greeks of one unit of a listed option with carry; units as in `SpotGreeks`. */
export function carriedGreeks(option: Option, terms: PricingTerms): SpotGreeks {
  const spot = spotOption(option, terms);
  if (option.exercise === "american") return americanGreeks(spot);
  const { rate, dividendYield, years, strike, sigma, isCall } = spot;
  const growth = Math.exp((rate - dividendYield) * years);
  const forward = forwardByCarry(spot.spot, years, { rate, dividendYield, dividends: spot.dividends ?? [] });
  const black = blackGreeks(Math.max(forward, Number.MIN_VALUE), strike, years, sigma, isCall, rate);
  const delta = growth * black.delta;
  const gamma = growth * growth * black.gamma;
  const theta =
    years === 0
      ? 0
      : rate * black.value - (rate - dividendYield) * spot.spot * delta - 0.5 * (sigma * spot.spot) ** 2 * gamma;
  return { value: black.value, delta, gamma, vega: black.vega, theta, rho: black.rho + years * forward * black.delta };
}

/**
 * Forward of a spot price with carry: (S − Σ D·e^{−r·t})·e^{(r−q)τ}.
 *
 * Cash dividends before expiry are set aside at their present value; the rest grows.
 *
 * @returns quote currency; > 0 unless the dividends eat the price up
 */
export function forwardByCarry(
  spot: number,
  years: number,
  { rate, dividendYield, dividends }: Pick<Carry, "rate" | "dividendYield" | "dividends">,
): number {
  let paid = 0;
  for (const { years: at, amount } of dividends) if (at > 0 && at < years) paid += amount * Math.exp(-rate * at);
  return (spot - paid) * Math.exp((rate - dividendYield) * years);
}

/**
 * Volatility at which a listed option with carry has a price.
 *
 * @param price quote currency per unit of underlying; ≥ 0
 * @returns as `impliedVolatility`; status `intrinsic` with volatility 0 where the price is not above exercise at once
 * @throws DomainError if a term is outside its bound
 */
export function carriedVolatility(option: Option, terms: PricingTerms, price: number): Result<ImpliedVolatility> {
  const spot = spotOption(option, terms);
  const { strike, years, isCall, rate } = spot;
  const carry = { rate, dividendYield: spot.dividendYield, dividends: spot.dividends ?? [] };
  const forward = forwardByCarry(spot.spot, years, carry);
  if (!(forward > 0)) return failed("invalid-input", `the dividends of ${option.symbol} are above the price of it`);
  const grown = price * Math.exp(rate * years);
  const european = impliedVolatility(grown, forward, strike, years, isCall);
  if (option.exercise !== "american") return european;
  if (price <= intrinsicValue(spot.spot, strike, isCall) * (1 + 1e-12))
    return success({ volatility: 0, status: "intrinsic" });
  if (years === 0) return failed("not-applicable", "an option without time left has no volatility");
  const start = european.ok && european.value.volatility > 0 ? european.value.volatility : 0.2;
  const volatility = american(spot, price, start);
  if (volatility === undefined)
    return failed("invalid-input", `no volatility gives ${option.symbol} the price ${price}`);
  return success({ volatility, status: "ok" });
}

/** Steps by the slope of the last two values, kept inside a bracket that halves when a step would leave it. */
function american(option: SpotOption, price: number, start: number): number | undefined {
  const miss = (sigma: number) => americanValue({ ...option, sigma }) - price;
  let [below, above] = [0, 0];
  let at = Math.min(Math.max(start, 1e-4), 5);
  let last: { readonly at: number; readonly miss: number } | undefined;
  for (let turn = 0; turn < 60; turn++) {
    const found = miss(at);
    if (Math.abs(found) <= 1e-11 * Math.max(price, 1e-6 * option.strike)) return at;
    if (found < 0) below = at;
    else above = at;
    if (above === 0 && at >= 50) return undefined;
    const slope = last === undefined ? undefined : (found - last.miss) / (at - last.at);
    last = { at, miss: found };
    const guess = slope === undefined || slope <= 0 ? at * (found < 0 ? 1.05 : 0.95) : at - found / slope;
    const high = above === 0 ? Math.min(at * 2, 50) : above;
    const next = guess > below && guess < high ? guess : above === 0 ? high : 0.5 * (below + above);
    if (Math.abs(next - at) < 1e-13 * at) return next;
    at = next;
  }
  return at;
}

function later(dividends: Carry["dividends"], passed: number): Carry["dividends"] {
  return dividends.flatMap(({ years, amount }) => (years > passed ? [{ years: years - passed, amount }] : []));
}
