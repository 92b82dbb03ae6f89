import { msPerDay, sum } from "../../base/index.ts";
import type { Option } from "../../instrument/index.ts";
import { blackValue } from "../../pricing/index.ts";
import type { DeriveFeeds } from "./derive-feeds.ts";
import type { Holding } from "./holding.ts";
import { oncePerContracts } from "./once-per-contracts.ts";

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
  return groupsOf(holdings, contractsOnly).map((places): DeriveExpiry => {
    const held = places.map((at) => holdings[at] as DeriveHolding);
    const [{ instrument, terms }] = held as [DeriveHolding];
    const { underlying, expiryMs } = instrument;
    const { years, forward } = terms;
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

type DeriveHolding = Holding & { readonly instrument: Option };

/** The answer depends on nothing but the contracts. */
const contractsOnly = {};

/** Places of the options of one underlying and expiry, by expiry; of equal ones the first that appears. */
const groupsOf = oncePerContracts((list, _: object): readonly (readonly number[])[] => {
  const groups = new Map<string, { readonly expiryMs: number; readonly places: number[] }>();
  list.forEach(({ instrument }, at) => {
    if (instrument.kind !== "option") return;
    const { underlying, expiryMs } = instrument;
    const group = groups.get(`${underlying} ${expiryMs}`) ?? { expiryMs, places: [] };
    groups.set(`${underlying} ${expiryMs}`, group);
    group.places.push(at);
  });
  return [...groups.values()].sort((a, b) => a.expiryMs - b.expiryMs).map(({ places }) => places);
});

function optionsOf(held: readonly DeriveHolding[], discount: number): readonly DeriveOption[] {
  return held.map((holding) => {
    const { instrument, terms } = holding;
    const { forward, years, volatility } = terms;
    const value = blackValue(forward, instrument.strike, years, volatility, instrument.optionType === "call");
    return optionOf(holding, instrument, discount * value);
  });
}

/** As `{ ...holding, instrument, unitValue }`; large books are charged at many markets. */
function optionOf(holding: Holding, instrument: Option, unitValue: number): DeriveOption {
  const { terms, quantity, coins, positionId, delta, modelValue } = holding;
  if (positionId === undefined || delta !== undefined || modelValue !== undefined)
    return { ...holding, instrument, unitValue };
  return { instrument, terms, quantity, coins, positionId, unitValue };
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
  const { slots, count } = strikesOf(options, contractsOnly);
  const [calls, puts] = [new Float64Array(count), new Float64Array(count)];
  for (let at = 0; at < options.length; at++) {
    const { instrument, quantity } = options[at] as DeriveOption;
    const nets = instrument.optionType === "call" ? calls : puts;
    const slot = slots[at] as number;
    nets[slot] = (nets[slot] as number) + quantity;
  }
  const naked = calls.map((call, slot) => {
    const put = puts[slot] as number;
    return call * put < 0 ? Math.max(0, -(call + put)) : Math.max(0, -call) + Math.max(0, -put);
  });
  return sum(naked);
}

/** Place of the strike of each option among the strikes, in order of first appearance. */
const strikesOf = oncePerContracts((list, _: object) => {
  const slotOf = new Map<number, number>();
  const slots = Int32Array.from(list, ({ instrument }) => {
    const strike = instrument.kind === "option" ? instrument.strike : Number.NaN;
    const slot = slotOf.get(strike) ?? slotOf.size;
    slotOf.set(strike, slot);
    return slot;
  });
  return { slots, count: slotOf.size };
});
