import { describe, expect, it } from "vitest";
import { sum } from "../../../../core/base/index.ts";
import { solveInteger } from "../../../../core/methodology/strategy-based/integer-program.ts";
import type { OptionLeg, Pool, StockHolding } from "../../../../core/methodology/strategy-based/legs.ts";
import { cheapestPairing } from "../../../../core/methodology/strategy-based/matching.ts";
import {
  type Requirement,
  type StrategyRules,
  rules as schema,
} from "../../../../core/methodology/strategy-based/rules.ts";
import { piecesOf, potentialLoss } from "../../../../core/methodology/strategy-based/spread.ts";
import { rulebookOf } from "../run-case.ts";
import { legOf, randomPool, seeded } from "./random-pool.ts";

const rules: StrategyRules = schema.parse(rulebookOf("strategy-based").versions[0]?.parameters);

describe("cheapestPairing against every legal partition", () => {
  const shapes = [
    { legs: 4, expiries: 1, mostContracts: 2, strikes: 6 },
    { legs: 5, expiries: 2, mostContracts: 2, strikes: 8 },
    { legs: 6, expiries: 2, mostContracts: 1, strikes: 6, exercise: "european" },
    { legs: 4, expiries: 1, mostContracts: 2, strikes: 4, shares: 200 },
    { legs: 4, expiries: 2, mostContracts: 1, strikes: 4, shares: -200 },
  ] as const;
  for (const which of ["initial", "maintenance"] as const)
    it.each(shapes)(`is the lowest, ${which}, $legs legs, $expiries expiries, $shares shares`, (shape) => {
      let compared = 0;
      for (let seed = 1; seed <= 40; seed++) {
        const pool = randomPool(seed, shape);
        const units = unitsOf(pool);
        if (units.length > 8) continue;
        const pairing = cheapestPairing(pool, which, rules);
        expect(pairing.proven).toBe(true);
        expect(pairing.apart + pairing.saved, `seed ${seed}`).toBeCloseTo(
          cheapestPartition(units, pool.stock, which),
          4,
        );
        compared += 1;
      }
      expect(compared).toBeGreaterThan(12);
    });
});

describe("cheapestPairing", () => {
  it("uses every contract and share once, and never costs more than the legs apart", () => {
    for (let seed = 1; seed <= 12; seed++) {
      const pool = randomPool(seed, {
        legs: 14,
        expiries: 3,
        mostContracts: 6,
        strikes: 12,
        shares: seed % 2 ? 700 : -400,
      });
      const { groups, saved, relaxed } = cheapestPairing(pool, "maintenance", rules);
      expect(saved).toBeLessThanOrEqual(0);
      expect(relaxed).toBeLessThanOrEqual(saved + 1e-6);
      const used = new Map<OptionLeg, number>();
      let shares = 0;
      const take = (leg: OptionLeg | undefined, contracts: number): void => {
        if (leg !== undefined) used.set(leg, (used.get(leg) ?? 0) + contracts);
      };
      for (const group of groups) {
        if (group.kind === "alone") take(group.held.leg, group.held.contracts);
        else if (group.kind === "straddle") for (const leg of [group.call, group.put]) take(leg, -group.count);
        else if (group.kind === "stock") shares += group.shares;
        else if (group.kind === "hedged") {
          shares += group.shares;
          for (const leg of [group.hedge.call, group.hedge.put])
            take(leg, Math.sign(leg?.contracts ?? 0) * group.count);
        } else for (const { leg, contracts } of group.legs) take(leg, contracts);
      }
      for (const leg of pool.legs) expect(used.get(leg)).toBe(leg.contracts);
      expect(shares).toBe(pool.stock?.shares);
    }
  });

  it("is the same whatever the order of the legs", () => {
    const pool = randomPool(7, { legs: 12, expiries: 2, mostContracts: 4, strikes: 10 });
    const turned = { ...pool, legs: [...pool.legs].reverse() };
    const [one, other] = [pool, turned].map((each) => cheapestPairing(each, "initial", rules));
    expect(one?.saved).toBeCloseTo(other?.saved ?? 0, 6);
  });

  it.each([
    { legs: 36, expiries: 1, mostContracts: 10, strikes: 24 },
    { legs: 36, expiries: 2, mostContracts: 5, strikes: 24, shares: 300 },
    { legs: 36, expiries: 3, mostContracts: 3, strikes: 24 },
    { legs: 36, expiries: 4, mostContracts: 10, strikes: 24, shares: 1000 },
  ])("proves the best pairing of $legs legs with $expiries expiries within its limit of nodes", (shape) => {
    for (let seed = 1; seed <= 3; seed++)
      expect(cheapestPairing(randomPool(seed, shape), "initial", rules).proven).toBe(true);
  });
});

describe("piecesOf", () => {
  it("splits a spread without changing its loss or its contracts", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed);
      const legs = ["call", "put"].flatMap((type) =>
        Array.from({ length: 6 }, (_, i) => ({
          leg: legOf({
            optionType: type === "call" ? "call" : "put",
            days: 30,
            strike: 80 + 7 * i,
            contracts: i % 2 ? 1 : -1,
          }),
          contracts: (i % 2 ? 1 : -1) * 3,
        })),
      );
      const shuffled = legs
        .map((leg) => ({ leg, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ leg }) => leg);
      const pieces = piecesOf(shuffled);
      const whole = potentialLoss(shuffled).amount;
      expect(sum(pieces.map((piece) => potentialLoss(piece).amount))).toBeCloseTo(whole, 6);
      for (const { leg, contracts } of shuffled)
        expect(sum(pieces.flat().map((held) => (held.leg === leg ? held.contracts : 0)))).toBe(contracts);
    }
  });
});

describe("solveInteger", () => {
  it("agrees with every point of small random programmes", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const size = 4;
      const costs = Array.from({ length: size }, () => random() * 2 - 1.4);
      const constraints = [
        ...Array.from({ length: 3 }, () => ({
          terms: costs.map((_, j) => [j, Math.round(random() * 9) - 1] as const),
          bound: 3 + Math.round(random() * 12),
        })),
        ...costs.map((_, j) => ({ terms: [[j, 1] as const], bound: 4 })),
      ];
      const found = solveInteger({ costs, whole: costs.map(() => true), constraints });
      let best = 0;
      for (let code = 0; code < 5 ** size; code++) {
        const x = costs.map((_, j) => Math.floor(code / 5 ** j) % 5);
        if (constraints.some(({ terms, bound }) => sum(terms.map(([j, a]) => a * (x[j] ?? 0))) > bound)) continue;
        best = Math.min(best, sum(costs.map((cost, j) => cost * (x[j] ?? 0))));
      }
      expect(found.proven).toBe(true);
      expect(found.objective).toBeCloseTo(best, 7);
    }
  });
});

/** One contract of a leg, or one lot of 100 shares. */
type Unit = { readonly leg: OptionLeg; readonly side: 1 | -1 } | { readonly lot: 1 | -1 };

function unitsOf({ legs, stock }: Pool): Unit[] {
  const contracts = legs.flatMap((leg) =>
    Array.from({ length: Math.abs(leg.contracts) }, (): Unit => ({ leg, side: leg.contracts > 0 ? 1 : -1 })),
  );
  const lots = Math.abs(stock?.shares ?? 0) / 100;
  return [...contracts, ...Array.from({ length: lots }, (): Unit => ({ lot: (stock?.shares ?? 0) > 0 ? 1 : -1 }))];
}

/** The lowest requirement over all partitions of the units into legal groups: the brute force of the test. */
function cheapestPartition(units: readonly Unit[], stock: StockHolding | undefined, which: Requirement): number {
  const [first, ...others] = units;
  if (first === undefined) return 0;
  let best = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < 2 ** others.length; mask++) {
    const group = [first, ...others.filter((_, i) => (mask >> i) & 1)];
    const amount = groupAmount(group, stock, which);
    if (amount >= best) continue;
    const rest = others.filter((_, i) => !((mask >> i) & 1));
    best = Math.min(best, amount + cheapestPartition(rest, stock, which));
  }
  return best;
}

/** Requirement of a group by the document's formulas, infinite where no rule pairs it. */
function groupAmount(group: readonly Unit[], stock: StockHolding | undefined, which: Requirement): number {
  const options = group.flatMap((unit) => ("leg" in unit ? [unit] : []));
  const lots = group.flatMap((unit) => ("lot" in unit ? [unit.lot] : []));
  if (lots.length > 1) return Number.POSITIVE_INFINITY;
  if (lots.length === 1) return stockGroup(options, stock, which);
  const [one, two] = options;
  if (one !== undefined && options.length === 1) return one.side > 0 ? 0 : naked(one.leg);
  const spread = spreadAmount(options);
  if (one === undefined || two === undefined || options.length !== 2 || one.side > 0 || two.side > 0) return spread;
  if (one.leg.option.optionType === two.leg.option.optionType) return spread;
  const [a, b] = [naked(one.leg), naked(two.leg)];
  return Math.max(a, b) + 100 * (a >= b ? two.leg.price : one.leg.price);
}

interface Held {
  readonly leg: OptionLeg;
  readonly side: 1 | -1;
}

function naked({ option: { optionType, strike }, spot, price }: OptionLeg): number {
  const out = Math.max(0, optionType === "call" ? strike - spot : spot - strike);
  return 100 * (price + Math.max(0.2 * spot - out, 0.1 * (optionType === "call" ? spot : strike)));
}

function spreadAmount(held: readonly Held[]): number {
  for (const type of ["call", "put"] as const)
    if (sum(held.map(({ leg, side }) => (leg.option.optionType === type ? side : 0))) !== 0) return Infinity;
  const longs = held.filter(({ side }) => side > 0).map(({ leg }) => leg.option.expiryMs);
  const shorts = held.filter(({ side }) => side < 0).map(({ leg }) => leg.option.expiryMs);
  if (Math.max(...shorts) > Math.min(...longs)) return Infinity;
  const at = (price: number) =>
    sum(
      held.map(
        ({ leg: { option }, side }) =>
          side * Math.max(0, option.optionType === "call" ? price - option.strike : option.strike - price),
      ),
    );
  const box = held.length === 4 && held.every(({ leg }) => leg.option.exercise === "european") && longBox(held, at);
  const loss = 100 * Math.max(0, ...held.map(({ leg }) => -at(leg.option.strike)));
  return box === false ? loss : Math.min(loss, box);
}

/** Loan value of a long European box, or false. */
function longBox(held: readonly Held[], at: (price: number) => number): number | false {
  const strikes = [...new Set(held.map(({ leg }) => leg.option.strike))];
  const expiries = new Set(held.map(({ leg }) => leg.option.expiryMs));
  const [low = 0, high = 0] = strikes.map(at);
  if (strikes.length !== 2 || expiries.size !== 1 || Math.abs(low - high) > 1e-9 || low <= 0) return false;
  if (new Set(held.map(({ leg, side }) => `${leg.option.optionType} ${side}`)).size !== 4) return false;
  return Math.min(0, 0.5 * 100 * low - 100 * sum(held.map(({ leg, side }) => side * leg.price)));
}

function stockGroup(options: readonly Held[], stock: StockHolding | undefined, which: Requirement): number {
  if (stock === undefined) return Infinity;
  const { price, cost } = stock;
  const isLong = stock.shares > 0;
  const alone = isLong
    ? which === "initial"
      ? 0.5 * cost
      : 0.25 * price
    : which === "initial"
      ? 1.5 * cost
      : Math.max(5, 0.3 * price);
  if (options.length === 0) return 100 * alone;
  const call = options.find(({ leg }) => leg.option.optionType === "call");
  const put = options.find(({ leg }) => leg.option.optionType === "put");
  if (options.length > 2 || (options.length === 2 && (call === undefined || put === undefined))) return Infinity;
  if (
    (call !== undefined && call.side === stock.shares / Math.abs(stock.shares)) ||
    (put !== undefined && put.side !== stock.shares / Math.abs(stock.shares))
  )
    return Infinity;
  const [high, low] = [call?.leg.option.strike ?? 0, put?.leg.option.strike ?? 0];
  if (which === "initial") return options.length === 1 && (isLong ? put : call) === undefined ? 100 * alone : Infinity;
  const inCall = Math.max(0, price - high);
  if (call !== undefined && put !== undefined) {
    if (call.leg.option.expiryMs !== put.leg.option.expiryMs) return Infinity;
    if (high === low) return 100 * (0.1 * high + (isLong ? inCall : Math.max(0, low - price)));
    if (!isLong || low > high) return Infinity;
    return 100 * (Math.min(0.1 * low + Math.max(0, price - low), 0.25 * high) + inCall);
  }
  if (isLong && call !== undefined) return 100 * (0.25 * Math.min(price, high) + inCall);
  if (isLong) return 100 * Math.min(0.1 * low + Math.max(0, price - low), 0.25 * price);
  if (put !== undefined) return 100 * (alone + Math.max(0, low - price));
  return 100 * Math.min(0.1 * high + Math.max(0, high - price), alone);
}
