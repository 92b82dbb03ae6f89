import { sum } from "../../base/index.ts";

/** An amount that stands at a time; long > 0. */
export interface Dated {
  readonly years: number;
  readonly amount: number;
}

/**
 * Adds amounts of one time, in their order.
 *
 * @param groups  group of each amount
 * @param years   time of each group; groups of one time are added
 */
export function amountsByTime(groups: Int32Array, years: readonly number[], amounts: Float64Array): readonly Dated[] {
  const times = [...new Set(years)];
  const timeOf = years.map((time) => times.indexOf(time));
  const totals = new Float64Array(times.length);
  for (let at = 0; at < amounts.length; at++) {
    const time = timeOf[groups[at] as number] as number;
    totals[time] = (totals[time] as number) + (amounts[at] as number);
  }
  return times.map((time, at) => ({ years: time, amount: totals[at] as number }));
}

/** What two opposite amounts at different times hedge of each other. */
export interface HedgedPair {
  readonly fromYears: number;
  readonly toYears: number;
  /** ≥ 0. */
  readonly amount: number;
}

/**
 * Pairs opposite amounts, earlier times first: each amount is matched with the latest open one of the other sign before it.
 *
 * @param dated amounts; those at one time are added first
 * @returns pairs in the order in which the later member stands; what finds no partner is left out
 */
export function hedgedPairs(dated: readonly Dated[]): readonly HedgedPair[] {
  const byTime = new Map<number, number>();
  for (const { years, amount } of dated) byTime.set(years, (byTime.get(years) ?? 0) + amount);
  const open: { years: number; amount: number }[] = [];
  const pairs: HedgedPair[] = [];
  for (const [years, total] of [...byTime].sort(([a], [b]) => a - b)) {
    let left = total;
    for (let last = open.at(-1); last !== undefined && last.amount * left < 0; last = open.at(-1)) {
      const amount = Math.min(Math.abs(last.amount), Math.abs(left));
      pairs.push({ fromYears: last.years, toYears: years, amount });
      left -= Math.sign(left) * amount;
      last.amount -= Math.sign(last.amount) * amount;
      if (last.amount === 0) open.pop();
    }
    if (left !== 0) open.push({ years, amount: left });
  }
  return pairs;
}

/** Σ paired amount × time between its members; `perYear` times a year. */
export function amountTimesTime(pairs: readonly HedgedPair[], perYear: number): number {
  return sum(pairs.map(({ fromYears, toYears, amount }) => amount * (toYears - fromYears) * perYear));
}
