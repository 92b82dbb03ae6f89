import { msPerDay, sum } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import { blackValue } from "../../pricing/index.ts";
import type { DeriveFeeds } from "./derive-feeds.ts";
import type { Holding } from "./holding.ts";

export interface DeriveOption extends Holding {
  readonly instrument: Option;
  /** Model value of one unit, discounted; USD. */
  readonly unitValue: number;
}

/** The options of one underlying and expiry: Derive's formulas work expiry by expiry. */
export interface DeriveExpiry {
  readonly underlying: string;
  readonly expiryMs: number;
  /** ISO day. */
  readonly name: string;
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
  /** Forward of the first option, USD. */
  readonly forward: number;
  readonly options: readonly DeriveOption[];
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
 * Options of some holdings by expiry, ascending, each with its model value. The method takes model values, not quoted
 * marks: at this venue they are the same, and the difference of a rounded mark stays out of the margin.
 *
 * @param holdings of one underlying; others than options are passed over
 * @source resources/docs/methodology/derive-portfolio-2.md, sections 2.1 and 2.2
 */
export function expiriesOf(
  holdings: readonly Holding[],
  feeds: DeriveFeeds,
  { discounted, averagingSeconds }: ExpirySettings,
): readonly DeriveExpiry[] {
  const byUnderlying = new Map<string, Map<number, ExpiryGroup>>();
  const groups: ExpiryGroup[] = [];
  for (const holding of holdings) {
    const { instrument } = holding;
    if (instrument.kind !== "option") continue;
    const { underlying, expiryMs } = instrument;
    const own = byUnderlying.get(underlying) ?? new Map<number, ExpiryGroup>();
    byUnderlying.set(underlying, own);
    const group = own.get(expiryMs);
    if (group !== undefined) {
      group.held.push(holding);
      continue;
    }
    const made = { first: holding, expiryMs, held: [holding] };
    own.set(expiryMs, made);
    groups.push(made);
  }
  return groups
    .sort((a, b) => a.expiryMs - b.expiryMs)
    .map(({ first, expiryMs, held }): DeriveExpiry => {
      const { underlying } = first.instrument;
      const { years, forward } = first.terms;
      const known = feeds.rate(underlying, expiryMs);
      const rate = Math.max(known ?? 0, 0);
      const discount = discounted ? Math.exp(-rate * years) : 1;
      const fixed = feeds.fixedForward(underlying, expiryMs);
      const options = optionsOf(held, discount);
      return {
        ...{ underlying, expiryMs, years, forward, rate, discount, options },
        name: new Date(expiryMs).toISOString().slice(0, 10),
        rateKnown: known !== undefined,
        movingShare:
          fixed === undefined
            ? Math.min(1, (years * secondsPerYear) / averagingSeconds)
            : Math.min(1, Math.max(0, 1 - fixed / forward)),
        value: sum(options.map(({ quantity, unitValue }) => quantity * unitValue)),
      };
    });
}

const secondsPerYear = (365 * msPerDay) / 1000;

interface ExpiryGroup {
  readonly first: Holding;
  readonly expiryMs: number;
  readonly held: Holding[];
}

function optionsOf(held: readonly Holding[], discount: number): readonly DeriveOption[] {
  const options: DeriveOption[] = [];
  for (const holding of held) {
    const { instrument, terms } = holding;
    if (instrument.kind !== "option") continue;
    const { forward, years, volatility } = terms;
    const value = blackValue(forward, instrument.strike, years, volatility, instrument.optionType === "call");
    options.push({ ...holding, instrument, unitValue: discount * value });
  }
  return options;
}

/** Σ |quantity|, and Σ |quantity| of the short ones; units of the underlying. */
export function sizesOf({ options }: DeriveExpiry): { readonly all: number; readonly short: number } {
  return {
    all: sum(options.map(({ quantity }) => Math.abs(quantity))),
    short: sum(options.map(({ quantity }) => Math.max(0, -quantity))),
  };
}

/**
 * Naked short options of an expiry, strike by strike: with net calls c and net puts p of one strike
 *
 *     c·p < 0:  max(0, −(c + p)),   otherwise  max(0, −c) + max(0, −p)
 *
 * @returns units of the underlying; ≥ 0
 * @source resources/docs/methodology/derive-portfolio-2.md, section 4.3
 */
export function nakedShorts({ options }: DeriveExpiry): number {
  const strikes = new Map<number, { call: number; put: number }>();
  for (const { instrument, quantity } of options) {
    const net = strikes.get(instrument.strike) ?? { call: 0, put: 0 };
    net[instrument.optionType] += quantity;
    strikes.set(instrument.strike, net);
  }
  return sum(
    [...strikes.values()].map(({ call, put }) =>
      call * put < 0 ? Math.max(0, -(call + put)) : Math.max(0, -call) + Math.max(0, -put),
    ),
  );
}
