import { DomainError, sum } from "../../base/index.ts";
import { contractsOf, type Option } from "../../instrument/index.ts";
import type { PositionId } from "../../portfolio/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import type { StrategyRules } from "./rules.ts";

/** Percentages of a short option's class after leverage, and the parameters they come from. */
export interface ClassRates {
  readonly name: string;
  readonly pct: number;
  readonly minPct: number;
  readonly leverage: number;
}

/** One series of an account, positions in it netted. */
export interface OptionLeg {
  readonly option: Option;
  /** Price of the option's underlying; > 0. */
  readonly spot: number;
  /** Price of the option, quote currency per unit; ≥ 0. */
  readonly price: number;
  /** Units of underlying of one contract. */
  readonly size: number;
  /** Whole contracts, long > 0; never 0. A fraction that is left stands in a leg of its own with `part` set. */
  readonly contracts: number;
  /** A fraction of a contract: it pairs with nothing. */
  readonly part: boolean;
  readonly rates: ClassRates;
  /** Shares of the pool's stock that cover one contract. */
  readonly shares: number;
  /** Strike in the price of the pool's stock. */
  readonly strikePerShare: number;
  /** Years to expiry are longer than the months of the rule for long options. */
  readonly isLong: boolean;
  readonly holders: readonly PositionId[];
}

/** Stock of one underlying, positions netted. */
export interface StockHolding {
  readonly underlying: string;
  /** Price of a share; > 0. */
  readonly price: number;
  /** What a share cost or brought, else its price. */
  readonly cost: number;
  /** Long > 0; never 0. */
  readonly shares: number;
  readonly holders: readonly PositionId[];
}

/** Positions that may be paired with one another: options on an underlying and the stock that covers them. */
export interface Pool {
  readonly id: string;
  readonly legs: readonly OptionLeg[];
  readonly stock?: StockHolding;
}

/** Quantities this close to a whole number of contracts are that number. */
const whole = 1e-6;

/**
 * The pools of one account, in alphabetical order; identical series netted first.
 *
 * @param positions options and stock settled in one currency
 */
export function poolsOf(positions: readonly BookPosition[], book: Book, rules: StrategyRules): readonly Pool[] {
  const stocks = new Map<string, BookPosition[]>();
  for (const entry of positions)
    if (entry.position.instrument.kind === "stock") push(stocks, entry.position.instrument.underlying, entry);
  const held = new Map([...stocks].flatMap(([underlying, entries]) => stockEntry(underlying, entries)));
  const options = new Map<string, BookPosition[]>();
  for (const entry of positions) {
    const { instrument } = entry.position;
    if (instrument.kind !== "option") continue;
    const cover = rulesOf(rules, instrument.underlying)?.coveredBy;
    const pool = cover !== undefined && held.has(cover.stock) ? cover.stock : instrument.underlying;
    push(options, pool, entry);
  }
  const ids = [...new Set([...options.keys(), ...held.keys()])].sort();
  return ids.map((id): Pool => {
    const stock = held.get(id);
    const legs = legsOf(options.get(id) ?? [], id, book.asOfMs, rules);
    return { id, legs, ...(stock === undefined ? {} : { stock }) };
  });
}

/** Rates of the class of an underlying, times its leverage and at most the cap. */
export function classRates({ shortOption, ...rules }: StrategyRules, underlying: string): ClassRates {
  const listed = rulesOf(rules, underlying);
  const name = listed?.class ?? shortOption.otherClass;
  const found = Object.hasOwn(shortOption.classes, name) ? shortOption.classes[name] : undefined;
  if (found === undefined) throw new DomainError("the class of an underlying needs rates", name);
  const leverage = listed?.leverage ?? 1;
  const capped = (rate: number) => Math.min(rate * leverage, shortOption.mostPct);
  return { name, leverage, pct: capped(found.pct), minPct: capped(found.minPct) };
}

function rulesOf({ underlyings }: Pick<StrategyRules, "underlyings">, underlying: string) {
  return Object.hasOwn(underlyings, underlying) ? underlyings[underlying] : undefined;
}

function legsOf(positions: readonly BookPosition[], pool: string, asOfMs: number, rules: StrategyRules): OptionLeg[] {
  const series = new Map<string, BookPosition[]>();
  for (const entry of positions) {
    const { instrument } = entry.position;
    if (instrument.kind === "option") push(series, seriesKey(instrument), entry);
  }
  return [...series.keys()].sort().flatMap((key) => {
    const entries = series.get(key) ?? [];
    const [first] = entries;
    const option = first?.position.instrument;
    if (first === undefined || option?.kind !== "option") return [];
    const exact = sum(entries.map(({ position }) => contractsOf(position.instrument, position.quantity)));
    const cover = rulesOf(rules, option.underlying)?.coveredBy;
    const units = pool === option.underlying ? 1 : (cover?.units ?? 1);
    const size = option.contractSize ?? 1;
    const shared = {
      ...{ option, spot: first.terms.index, price: first.terms.mark, size },
      ...{ rates: classRates(rules, option.underlying), shares: size * units, strikePerShare: option.strike / units },
      isLong: option.expiryMs > monthsAfter(asOfMs, rules.longOption.months),
      holders: entries.map(({ position }) => position.id),
    };
    const nearest = Math.round(exact);
    const near = Math.abs(exact - nearest) <= whole * Math.max(1, Math.abs(exact));
    const contracts = near ? nearest : Math.trunc(exact);
    const part = near ? 0 : exact - contracts;
    return [
      ...(contracts === 0 ? [] : [{ ...shared, contracts, part: false }]),
      ...(part === 0 ? [] : [{ ...shared, contracts: part, part: true }]),
    ];
  });
}

/** Sorts by underlying, right, expiry and strike; the same series is the same text. */
function seriesKey({ underlying, optionType, expiryMs, strike, exercise, contractSize, symbol }: Option): string {
  const number = (value: number) => value.toFixed(6).padStart(24, "0");
  return [underlying, optionType, number(expiryMs), number(strike), exercise ?? "", contractSize ?? 1, symbol].join(
    " ",
  );
}

function stockEntry(underlying: string, entries: readonly BookPosition[]): [string, StockHolding][] {
  const shares = sum(entries.map(({ position }) => position.quantity));
  const [first] = entries;
  if (first === undefined || Math.abs(shares) < whole) return [];
  const same = entries.filter(({ position }) => position.quantity * shares > 0);
  const paid = sum(same.map(({ position, terms }) => position.quantity * (position.averagePrice ?? terms.mark)));
  const cost = paid / sum(same.map(({ position }) => position.quantity));
  const holders = entries.map(({ position }) => position.id);
  return [[underlying, { underlying, price: first.terms.mark, cost, shares, holders }]];
}

/** The same time of day so many calendar months later; the last day of a shorter month. */
function monthsAfter(ms: number, months: number): number {
  const from = new Date(ms);
  const to = new Date(ms);
  to.setUTCMonth(from.getUTCMonth() + months);
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to.getTime();
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
