import { aloneAmount, type HedgedStock, hedgedAmount, stockAmount, straddleAmount } from "./costs.ts";
import { solveInteger } from "./integer-program.ts";
import type { OptionLeg, Pool } from "./legs.ts";
import type { Inequality } from "./linear-program.ts";
import type { Requirement, StrategyRules } from "./rules.ts";
import { type HeldLeg, piecesOf, worthAt } from "./spread.ts";
import { stockPairings } from "./stock-pairings.ts";

/** A group of the pairing: what it holds, contracts and shares in all. */
export type Group =
  | { readonly kind: "alone"; readonly held: HeldLeg }
  | { readonly kind: "straddle"; readonly call: OptionLeg; readonly put: OptionLeg; readonly count: number }
  | { readonly kind: "spread"; readonly legs: readonly HeldLeg[] }
  | { readonly kind: "long-box"; readonly legs: readonly HeldLeg[]; readonly width: number }
  | { readonly kind: "stock"; readonly shares: number }
  | { readonly kind: "hedged"; readonly hedge: HedgedStock; readonly count: number; readonly shares: number };

/** The cheapest pairing of a pool and how it was proved. */
export interface Pairing {
  readonly groups: readonly Group[];
  /** Requirement of every leg and share with nothing beside it. */
  readonly apart: number;
  /** Less through the pairing, ≤ 0. */
  readonly saved: number;
  /** The same without whole numbers: no pairing is lower. */
  readonly relaxed: number;
  readonly nodes: number;
  readonly proven: boolean;
}

/** A column of the programme: options and shares it takes for one unit, and its cost against taking them apart. */
interface Column {
  readonly uses: readonly (readonly [leg: number, contracts: number])[];
  readonly shares: number;
  readonly cost: number;
  readonly groups: (count: number) => readonly Group[];
}

/** Contracts of one spread at most: one block for an underlying, size, style and day by which its shorts have expired. */
interface Block {
  readonly legs: readonly number[];
}

/**
 * The pairing of a pool's options and stock with the lowest requirement, as an integer programme.
 *
 *     minimise    Σ (cost of a pairing − its parts apart)·count + Σ over spreads of the largest potential loss
 *     subject to  no more contracts and shares than are held;  within a spread longs = shorts for calls and for puts;
 *                 loss of a spread ≥ its loss at every strike;  counts whole
 *
 * Spreads of one underlying, contract size and style whose longs expire with or after their shorts are pooled into one: the largest loss of a
 * union is at most the sum of the largest losses, so this loses nothing. `piecesOf` splits them again for the reader.
 *
 * @source resources/docs/methodology/strategy-based.md, section 9
 */
export function cheapestPairing(pool: Pool, which: Requirement, rules: StrategyRules): Pairing {
  const whole = pool.legs.filter(({ part }) => !part);
  const apart = pool.legs.map((leg) => aloneAmount(leg, rules));
  const columns = [
    ...straddles(whole, rules),
    ...longBoxes(whole, rules),
    ...stockPairings(pool, whole).flatMap((hedge) => hedgedColumn(hedge, whole, which, rules)),
  ];
  const blocks = blocksOf(whole);
  const solved = solve(whole, columns, blocks, pool, rules);
  const left = whole.map(({ contracts }) => Math.abs(contracts));
  let shares = Math.abs(pool.stock?.shares ?? 0);
  const groups: Group[] = [];
  columns.forEach((column, j) => {
    const count = solved.values[j] ?? 0;
    if (count === 0) return;
    for (const [leg, contracts] of column.uses) left[leg] = (left[leg] ?? 0) - contracts * count;
    shares -= column.shares * count;
    groups.push(...column.groups(count));
  });
  let at = columns.length;
  for (const { legs } of blocks) {
    const held = legs.flatMap((leg): HeldLeg[] => {
      const count = solved.values[at++] ?? 0;
      const entry = whole[leg];
      if (count === 0 || entry === undefined) return [];
      left[leg] = (left[leg] ?? 0) - count;
      return [{ leg: entry, contracts: Math.sign(entry.contracts) * count }];
    });
    at += 1;
    groups.push(...piecesOf(held).map((piece): Group => ({ kind: "spread", legs: piece })));
  }
  whole.forEach((leg, i) => {
    const contracts = Math.sign(leg.contracts) * (left[i] ?? 0);
    if (contracts !== 0) groups.push({ kind: "alone", held: { leg, contracts } });
  });
  for (const leg of pool.legs) if (leg.part) groups.push({ kind: "alone", held: { leg, contracts: leg.contracts } });
  if (pool.stock !== undefined && shares > 1e-9)
    groups.push({ kind: "stock", shares: Math.sign(pool.stock.shares) * shares });
  let total = 0;
  pool.legs.forEach((leg, i) => {
    total += Math.abs(leg.contracts) * (apart[i] ?? 0);
  });
  if (pool.stock !== undefined) total += Math.abs(pool.stock.shares) * stockAmount(pool.stock, which, rules);
  const { saved, relaxed, nodes, proven } = solved;
  return { groups, apart: total, saved, relaxed, nodes, proven };
}

function straddles(legs: readonly OptionLeg[], rules: StrategyRules): Column[] {
  return legs.flatMap((call, i) =>
    legs.flatMap((put, j): Column[] => {
      if (call.option.optionType !== "call" || put.option.optionType !== "put") return [];
      if (call.contracts > 0 || put.contracts > 0 || !sameContract(call, put)) return [];
      const cost = straddleAmount(call, put) - aloneAmount(call, rules) - aloneAmount(put, rules);
      const groups = (count: number): Group[] => [{ kind: "straddle", call, put, count }];
      return cost < 0
        ? [
            {
              uses: [
                [i, 1],
                [j, 1],
              ],
              shares: 0,
              cost,
              groups,
            },
          ]
        : [];
    }),
  );
}

/** Long European boxes have loan value: two long and two short series at two strikes of one expiry. */
function longBoxes(legs: readonly OptionLeg[], rules: StrategyRules): Column[] {
  const find = (like: OptionLeg, type: "call" | "put", strike: number, sign: number) =>
    legs.findIndex(
      (leg) =>
        leg.option.optionType === type &&
        leg.option.strike === strike &&
        leg.option.expiryMs === like.option.expiryMs &&
        leg.contracts * sign > 0 &&
        sameContract(leg, like),
    );
  return legs.flatMap((low, i): Column[] => {
    if (low.option.optionType !== "call" || low.contracts < 0 || low.option.exercise === "american") return [];
    return legs.flatMap((high, j): Column[] => {
      const [from, to] = [low.option.strike, high.option.strike];
      if (high.option.optionType !== "call" || high.contracts > 0 || !(to > from)) return [];
      if (high.option.expiryMs !== low.option.expiryMs || !sameContract(low, high)) return [];
      const [k, l] = [find(low, "put", to, 1), find(low, "put", from, -1)];
      const [longPut, shortPut] = [legs[k], legs[l]];
      if (longPut === undefined || shortPut === undefined) return [];
      const width = (to - from) * low.size;
      const held = (count: number): HeldLeg[] =>
        [low, high, longPut, shortPut].map((leg) => ({ leg, contracts: Math.sign(leg.contracts) * count }));
      const value = held(1).reduce((total, { leg, contracts }) => total + contracts * leg.price * leg.size, 0);
      // What is to be held is a share of the width instead of the whole value; never more than the value.
      const loan = Math.min(0, rules.box.longShare * width - value);
      const apart = [low, high, longPut, shortPut].reduce((total, leg) => total + aloneAmount(leg, rules), 0);
      const groups = (count: number): Group[] => [{ kind: "long-box", legs: held(count), width: width * count }];
      return [
        {
          uses: [
            [i, 1],
            [j, 1],
            [k, 1],
            [l, 1],
          ],
          shares: 0,
          cost: loan - apart,
          groups,
        },
      ];
    });
  });
}

function hedgedColumn(
  hedge: HedgedStock,
  legs: readonly OptionLeg[],
  which: Requirement,
  rules: StrategyRules,
): Column[] {
  const amount = hedgedAmount(hedge, which, rules);
  const options = [hedge.call, hedge.put].flatMap((leg) => (leg === undefined ? [] : [leg]));
  const [first] = options;
  if (amount === undefined || first === undefined) return [];
  const { shares } = first;
  const apart = options.reduce((total, leg) => total + aloneAmount(leg, rules), 0);
  const cost = (amount - stockAmount(hedge.stock, which, rules)) * shares - apart;
  if (cost >= 0) return [];
  const uses = options.map((leg) => [legs.indexOf(leg), 1] as const);
  const groups = (count: number): Group[] => [
    { kind: "hedged", hedge, count, shares: Math.sign(hedge.stock.shares) * shares * count },
  ];
  return [{ uses, shares, cost, groups }];
}

/** Same underlying, contract size and pool: may stand in one straddle or box. */
function sameContract(a: OptionLeg, b: OptionLeg): boolean {
  return a.option.underlying === b.option.underlying && a.size === b.size;
}

function blocksOf(legs: readonly OptionLeg[]): readonly Block[] {
  const kinds = new Map<string, number[]>();
  legs.forEach(({ option, size }, i) => {
    const key = `${option.underlying} ${size} ${option.exercise ?? "european"}`;
    kinds.set(key, [...(kinds.get(key) ?? []), i]);
  });
  return [...kinds.values()].flatMap((members) => {
    const shorts = members.filter((i) => (legs[i]?.contracts ?? 0) < 0);
    const days = [...new Set(shorts.map((i) => legs[i]?.option.expiryMs ?? 0))].sort((a, b) => a - b);
    const found = days.map((day) =>
      members.filter((i) => {
        const { contracts = 0, option } = legs[i] ?? {};
        const expiryMs = option?.expiryMs ?? 0;
        return contracts < 0 ? expiryMs <= day : expiryMs >= day;
      }),
    );
    // A block inside another adds nothing: a later day with the same longs holds every short of an earlier one.
    return found
      .filter(
        (one, i) =>
          !found.some((other, j) => j !== i && one.length < other.length && one.every((leg) => other.includes(leg))),
      )
      .filter((one) => one.some((i) => (legs[i]?.contracts ?? 0) > 0))
      .map((own) => ({ legs: own }));
  });
}

interface Solved {
  readonly values: readonly number[];
  readonly saved: number;
  readonly relaxed: number;
  readonly nodes: number;
  readonly proven: boolean;
}

/** Variables: the columns, then for each block a count a leg and its loss. */
function solve(
  legs: readonly OptionLeg[],
  columns: readonly Column[],
  blocks: readonly Block[],
  pool: Pool,
  rules: StrategyRules,
): Solved {
  const costs = columns.map(({ cost }) => cost);
  const whole = columns.map(() => true);
  const held: [number, number][][] = legs.map(() => []);
  const shares: [number, number][] = [];
  columns.forEach(({ uses, shares: taken }, j) => {
    for (const [leg, contracts] of uses) held[leg]?.push([j, contracts]);
    if (taken > 0) shares.push([j, taken]);
  });
  const unit = Math.max(1, ...costs.map(Math.abs), ...legs.map((leg) => Math.abs(aloneAmount(leg, rules))));
  const constraints: Inequality[] = [];
  for (const { legs: members } of blocks) {
    const first = costs.length;
    const entries = members.flatMap((leg, k) => {
      const entry = legs[leg];
      if (entry === undefined) return [];
      costs.push(-aloneAmount(entry, rules));
      whole.push(true);
      held[leg]?.push([first + k, 1]);
      return [{ entry, variable: first + k, sign: Math.sign(entry.contracts) }];
    });
    const loss = costs.length;
    costs.push(unit);
    whole.push(false);
    for (const type of ["call", "put"] as const) {
      const terms = entries.flatMap(({ entry, variable, sign }) =>
        entry.option.optionType === type ? [[variable, sign] as const] : [],
      );
      if (terms.length === 0) continue;
      constraints.push(
        { terms, bound: 0 },
        { terms: terms.map(([variable, sign]) => [variable, -sign] as const), bound: 0 },
      );
    }
    for (const strike of new Set(entries.map(({ entry }) => entry.option.strike))) {
      const terms = entries.flatMap(({ entry, variable, sign }) => {
        const worth = worthAt([{ leg: entry, contracts: -sign }], strike) / unit;
        return worth === 0 ? [] : [[variable, worth] as const];
      });
      if (terms.some(([, worth]) => worth > 0)) constraints.push({ terms: [...terms, [loss, -1]], bound: 0 });
    }
  }
  held.forEach((terms, leg) => {
    if (terms.length > 0) constraints.push({ terms, bound: Math.abs(legs[leg]?.contracts ?? 0) });
  });
  if (shares.length > 0) {
    const size = Math.max(...shares.map(([, taken]) => taken));
    const bound = Math.abs(pool.stock?.shares ?? 0) / size;
    constraints.push({ terms: shares.map(([j, taken]) => [j, taken / size] as const), bound: bound + 1e-9 });
  }
  const scaled = costs.map((cost) => cost / unit);
  const { values, objective, relaxed, nodes, proven } = solveInteger({ costs: scaled, whole, constraints });
  return { values, saved: objective * unit, relaxed: relaxed * unit, nodes, proven };
}
