import { msPerDay, sum } from "../../base/index.ts";
import { blackKernel, logMoneyness } from "../../pricing/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import type { DeriveFeeds } from "./derive-feeds.ts";
import type { ExpiryOptions, NettedOption } from "./derive-options.ts";

/** Options of one underlying and expiry at a market: Derive's formulas work expiry by expiry. */
export interface DeriveExpiry {
  readonly underlying: string;
  readonly expiryMs: number;
  /** ISO day. */
  readonly name: string;
  readonly options: ExpiryOptions;
  /** τ, actual/365. */
  readonly years: number;
  /** Continuously compounded, fraction per year; 0 when the market has none. */
  readonly rate: number;
  /** Whether `rate` is one of the market. */
  readonly rateKnown: boolean;
  /** D of option values. */
  readonly discount: number;
  /** Share of the forward that a shock moves: below 1 in the averaging window before settlement. */
  readonly movingShare: number;
  /** Index and forward of the first option, USD. */
  readonly index: number;
  readonly forward: number;
  /** By option: forward, USD; ln(F/K); volatility; model value of one unit, discounted, USD. */
  readonly forwards: Float64Array;
  readonly distances: Float64Array;
  readonly volatilities: Float64Array;
  readonly unitValues: Float64Array;
  /** Σ quantity × unit value, USD; long > 0. */
  readonly value: number;
}

export interface ExpirySettings {
  /** Whether option values are discounted at the rate of their expiry. */
  readonly discounted: boolean;
  /** Length of the settlement average before expiry, seconds. */
  readonly averagingSeconds: number;
}

/**
 * Options of an expiry at the market of a book, each with its model value. The method takes model values, not quoted marks:
 * at this venue they are the same, and the difference of a rounded mark stays out of the margin.
 *
 * @param options held in the book
 * @source resources/docs/methodology/derive-portfolio-2.md, sections 2.1 and 2.2
 */
export function expiryAt(
  { positions }: Book,
  options: ExpiryOptions,
  feeds: DeriveFeeds,
  { discounted, averagingSeconds }: ExpirySettings,
): DeriveExpiry {
  const { underlying, expiryMs, name, held, strikes, isCall, quantities } = options;
  const termsOf = ({ place }: NettedOption) => (positions[place] as BookPosition).terms;
  const { years, forward, index } = termsOf(held[0]);
  const known = feeds.rate(underlying, expiryMs);
  const rate = Math.max(known ?? 0, 0);
  const discount = discounted ? Math.exp(-rate * years) : 1;
  const fixed = feeds.fixedForward(underlying, expiryMs);
  const root = Math.sqrt(years);
  const count = held.length;
  const all = new Float64Array(5 * count);
  const column = (place: number) => all.subarray(place * count, (place + 1) * count);
  const [forwards, distances, volatilities, unitValues, values] = [
    column(0),
    column(1),
    column(2),
    column(3),
    column(4),
  ];
  for (let at = 0; at < count; at++) {
    const terms = termsOf(held[at] as NettedOption);
    const strike = strikes[at] as number;
    const distance = logMoneyness(terms.forward, strike);
    const total = terms.volatility * root;
    const unitValue = discount * blackKernel(terms.forward, strike, distance, total, isCall[at] === 1);
    forwards[at] = terms.forward;
    distances[at] = distance;
    volatilities[at] = terms.volatility;
    unitValues[at] = unitValue;
    values[at] = (quantities[at] as number) * unitValue;
  }
  return {
    ...{ underlying, expiryMs, name, options, years, rate, discount, forward, index },
    ...{ forwards, distances, volatilities, unitValues },
    rateKnown: known !== undefined,
    movingShare:
      fixed === undefined
        ? Math.min(1, (years * secondsPerYear) / averagingSeconds)
        : Math.min(1, Math.max(0, 1 - fixed / forward)),
    value: sum(values),
  };
}

const secondsPerYear = (365 * msPerDay) / 1000;
