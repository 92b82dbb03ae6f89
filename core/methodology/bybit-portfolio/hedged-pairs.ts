/** An amount that stands at a time; long > 0. */
export interface Dated {
  readonly years: number;
  readonly amount: number;
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
