import {
  type FactorModelChoice,
  type ReverseStressResult,
  type ReverseStressRun,
  runReverseStress,
} from "../../core/analysis/index.ts";
import { sum } from "../../core/base/index.ts";
import { marginTotals } from "../../core/margin/index.ts";
import { normalQuantile, randomStream } from "../../core/measure/index.ts";
import { blackValue } from "../../core/pricing/index.ts";
import { bestKernel } from "../../core/revaluation/index.ts";
import { repeatedly } from "./measure.ts";
import { type ProductCoin, productBook, shippedRules } from "./product-book.ts";
import type { ProductTrial } from "./product-trials.ts";

const legs = 100;
const year = 365 * 86_400_000;
const coins: readonly ProductCoin[] = Array.from({ length: 10 }, (_, at) => ({
  ...{ underlying: `C${at}`, index: 90_000 / (1 + at), volatility: 0.45 + 0.03 * at },
}));
const names = coins.flatMap(({ underlying }) => [`price:${underlying}`, `volatility:${underlying}`]);
/** Deviations of 4 % of prices and 8 % of volatilities; prices correlate 0.7, volatilities 0.8, price and volatility −0.3. */
const deviations = names.map((_, i) => (i % 2 === 0 ? 0.04 : 0.08));
const correlation = names.map((_, i) =>
  names.map((__, j) => (i === j ? 1 : i % 2 !== j % 2 ? -0.3 : i % 2 === 0 ? 0.7 : 0.8)),
);
const covariance: FactorModelChoice = {
  ...{ from: "stated", horizonDays: 1, correlation },
  factors: names.map((factor, i) => ({ factor, deviation: deviations[i] ?? 0 })),
};
/** What `stress.reverse` asks by itself: moves of all factors, a ladder of each, ten pairs. */
const settings = { mostDeviations: 10, solutions: 5, mostPairs: 10, randomStarts: 12, seed: 1 };
/** Equity in each coin, USD, such that the goal is some deviations away. */
const goals = [
  { kind: "equity", equityUsd: 12_000 },
  { kind: "maintenance", equityUsd: 66_000 },
] as const;
type Goal = (typeof goals)[number];

/** Reverse stress of ten prices and ten volatilities under one cross account, margined anew at every move. */
export function reverseStressTrial(): ProductTrial {
  return {
    workload: `reverse-stress-${names.length}`,
    cells: legs,
    async measure() {
      const rows = [];
      for (const goal of goals) {
        const err = checked(goal, await answer(runOf(goal)));
        const measured = await repeatedly(5, () => answer(runOf(goal)));
        rows.push({ peer: `${bestKernel().name}, 1 thread, ${goal.kind}`, ...measured, err });
      }
      return rows;
    },
  };
}

function runOf({ kind, equityUsd }: Goal): ReverseStressRun {
  const { portfolio, market } = productBook(legs, coins);
  const balances = coins.map(({ underlying, index }) => ({
    ...{ currency: underlying, equity: equityUsd / index, basis: "imported" as const },
  }));
  const inputs = { portfolio: { ...portfolio, balances }, market, ...shippedRules("okx-portfolio") };
  return { ...inputs, goal: { kind }, covariance, settings };
}

async function answer(run: ReverseStressRun): Promise<ReverseStressResult> {
  const found = await runReverseStress(run);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

/**
 * Holds an answer against a margin run of the moved market, and against a search that shares nothing with it: a direction is turned at random
 * while its crossing comes nearer.
 *
 * @returns what is left at the answer, as a share of what is left at no move
 */
function checked(goal: Goal, { now, solutions, pairs, ladder }: ReverseStressResult): number {
  const [nearest] = solutions;
  if (nearest === undefined)
    throw new Error(`no move within ${settings.mostDeviations} deviations reaches ${goal.kind}`);
  const move = nearest.moves.map((one) => Math.log1p(one.move));
  const gap = Math.abs(leftAt(goal, move)) / now.leftUsd;
  if (!(gap < 1e-6)) throw new Error(`${goal.kind}: ${gap} of what was left is left at the answer`);
  const reference = Math.min(searchedNorm(goal, move), ...[...ladder, ...pairs].map((one) => wholeNormOf(one)));
  if (!(nearest.norm <= reference * (1 + 1e-9)))
    throw new Error(`${goal.kind}: the answer stands at ${nearest.norm} deviations, another move at ${reference}`);
  return gap;
}

function wholeNormOf(one: ReverseStressResult["ladder"][number] | ReverseStressResult["pairs"][number]): number {
  const norm = "factors" in one ? one.wholeNorm : one.reached?.norm;
  return norm ?? Number.POSITIVE_INFINITY;
}

/** Nearest crossing of directions turned at random, from one that is 0.3 off the direction given. */
function searchedNorm(goal: Goal, from: readonly number[]): number {
  const root = choleskyRoot();
  const { nextOpen } = randomStream(3);
  const turned = (point: readonly number[], by: number): number[] => {
    const aside = point.map(() => normalQuantile(nextOpen()));
    const share = (by * length(point)) / length(aside);
    return point.map((entry, i) => entry + share * (aside[i] ?? 0));
  };
  const left = (direction: readonly number[], norm: number): number => {
    const scale = norm / length(direction);
    const point = direction.map((entry) => entry * scale);
    return leftAt(
      goal,
      root.map((row) => sum(row.map((entry, j) => entry * (point[j] ?? 0)))),
    );
  };
  let best = turned(pointOf(root, from), 0.3);
  let norm = crossing((at) => left(best, at), settings.mostDeviations);
  for (let turn = 0; turn < 150; turn++) {
    const other = turned(best, 0.3 / (1 + turn / 10));
    if (left(other, norm) > 0) continue;
    best = other;
    norm = crossing((at) => left(other, at), norm);
  }
  return norm;
}

/** By bisection, of what is left; the outer end. */
function crossing(left: (norm: number) => number, most: number): number {
  let [low, high] = [0, most];
  while (high - low > 1e-7) {
    const middle = 0.5 * (low + high);
    if (left(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}

/** What is left to a goal, from a margin run of the moved market with the profit of every position added to its balance. */
function leftAt(goal: Goal, move: readonly number[]): number {
  const { portfolio, market, methodology, rules } = runOf(goal);
  const placeOf = new Map(coins.map(({ underlying }, at) => [underlying, at]));
  const growth = (underlying: string, kind: 0 | 1) => Math.exp(move[2 * (placeOf.get(underlying) ?? 0) + kind] ?? 0);
  const moved = {
    ...market,
    indices: market.indices.map((one) => ({ ...one, price: one.price * growth(one.underlying, 0) })),
    forwards: market.forwards.map((one) => ({ ...one, value: one.value * growth(one.underlying, 0) })),
    quotes: market.quotes.map((quote) => ({
      ...quote,
      ...(quote.mark === undefined ? {} : { mark: quote.mark * growth(quote.instrument.underlying, 0) }),
      ...(quote.markVolatility === undefined
        ? {}
        : { markVolatility: quote.markVolatility * growth(quote.instrument.underlying, 1) }),
    })),
  };
  const valueAt = ({ quotes, forwards, asOfMs }: typeof market, at: number): number => {
    const { instrument, mark = 0, markVolatility = 0 } = quotes[at] ?? { instrument: undefined };
    if (instrument?.kind !== "option") return -1 / mark;
    const { underlying, expiryMs, strike, optionType } = instrument;
    const forward = forwards.find((one) => one.underlying === underlying && one.expiryMs === expiryMs)?.value ?? 0;
    const years = (expiryMs - asOfMs) / year;
    return blackValue(forward, strike, years, markVolatility, optionType === "call") / forward;
  };
  const profits = portfolio.positions.map(({ quantity }, at) => quantity * (valueAt(moved, at) - valueAt(market, at)));
  const balances = portfolio.balances.map((balance) => {
    const own = profits.filter((_, at) => portfolio.positions[at]?.instrument.settlement === balance.currency);
    return { ...balance, equity: balance.equity + sum(own) };
  });
  const found = marginTotals({ portfolio: { ...portfolio, balances }, market: moved, methodology, rules });
  if (!found.ok) throw new Error(found.failure.message);
  const { equityUsd = 0, marginBalanceUsd = 0, maintenanceUsd } = found.value.totals;
  return goal.kind === "equity" ? equityUsd : marginBalanceUsd - maintenanceUsd;
}

/** Lower triangular root of the covariance. */
function choleskyRoot(): number[][] {
  const rows: number[][] = [];
  for (const [i, entries] of correlation.entries()) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      const before = sum(row.slice(0, j).map((entry, k) => entry * (rows[j]?.[k] ?? row[k] ?? 0)));
      const rest = (deviations[i] ?? 0) * (deviations[j] ?? 0) * (entries[j] ?? 0) - before;
      row.push(i === j ? Math.sqrt(rest) : rest / (rows[j]?.[j] ?? 1));
    }
    rows.push(row);
  }
  return rows;
}

/** Solves root·z = move. */
function pointOf(root: readonly (readonly number[])[], move: readonly number[]): number[] {
  const point: number[] = [];
  for (const [i, row] of root.entries())
    point.push(((move[i] ?? 0) - sum(point.map((entry, j) => entry * (row[j] ?? 0)))) / (row[i] ?? 1));
  return point;
}

function length(vector: readonly number[]): number {
  return Math.sqrt(sum(vector.map((entry) => entry * entry)));
}
