import type { Book } from "../../methodology/index.ts";
import { usdPerUnit } from "../../methodology/index.ts";
import type { RevaluationKernel } from "../../revaluation/index.ts";
import type { FactorShockKind } from "../../scenario/index.ts";
import { holdingsOf } from "../holdings.ts";
import {
  type StressedPosition,
  type StressFactorName,
  type StressFactors,
  stressFactorNames,
} from "./stress-result.ts";
import type { ShocksByKind, StressShocks } from "./stress-shocks.ts";
import { type StressedBook, stressedBook } from "./stressed-book.ts";

type OwnFactor = Exclude<StressFactorName, "cross">;

/** Shocks of a factor of the profit; time has none but its days. */
const kindsOf: Readonly<Record<OwnFactor, readonly FactorShockKind[]>> = {
  price: ["price"],
  volatility: ["volatility", "skew", "term"],
  basis: ["basis"],
  rate: ["rate"],
  time: [],
  funding: ["funding"],
  stablecoin: ["stablecoin"],
};

const ownFactors = stressFactorNames.filter((name): name is OwnFactor => name !== "cross");

/**
 * Profit of each position in a scenario, split by what moved it: each factor with all others where they were, and what they make together
 * beyond that. USD at the rates of the stressed market.
 *
 * @param book   before
 * @param shocks the scenario
 * @param at     the book after it
 * @returns positions in the order of the book; those without a value at the stressed market have no profit and say so
 */
export function stressedPositions(
  book: Book,
  shocks: StressShocks,
  at: StressedBook,
  kernel: RevaluationKernel,
): readonly StressedPosition[] {
  const { instrumentOf } = holdingsOf(book);
  const alone = new Map(
    ownFactors.map((factor) => {
      const own = onlyFactor(shocks, factor);
      return [factor, own === undefined ? undefined : stressedBook(book, own, kernel).unitProfits] as const;
    }),
  );
  const refused = new Map(at.refusedRows.map(({ row, reason }) => [row, reason]));
  const normal = new Set(at.normalRows);
  return book.positions.map(({ position: { id, instrument, quantity } }, index) => {
    const row = instrumentOf[index] ?? 0;
    const rate = refused.has(row) ? 0 : usdPerUnit(at.book.indices, instrument.settlement);
    const pnl = quantity * (at.unitProfits[row] ?? Number.NaN);
    const pnlUsd = pnl * rate;
    const byFactor = factorsOfRow((factor) => quantity * (alone.get(factor)?.[row] ?? 0) * rate, pnlUsd);
    const reason = refused.get(row);
    const { symbol, underlying, settlement } = instrument;
    return {
      ...{
        id,
        symbol,
        underlying,
        settlement,
        quantity,
        pnl: pnl === 0 ? 0 : pnl,
        pnlUsd: pnlUsd === 0 ? 0 : pnlUsd,
        byFactor,
      },
      remarks: [
        ...(reason === undefined ? [] : [`left out: ${reason}`]),
        ...(normal.has(row) ? ["at a price of 0 or below: no margin is recomputed for it"] : []),
      ],
    };
  });
}

function factorsOfRow(amountOf: (factor: OwnFactor) => number, total: number): StressFactors {
  const factors: Record<StressFactorName, number> = { ...noFactors };
  let cross = total;
  for (const factor of ownFactors) {
    const amount = amountOf(factor);
    factors[factor] = amount === 0 ? 0 : amount;
    cross -= amount;
  }
  factors.cross = cross === 0 ? 0 : cross;
  return factors;
}

const noFactors: StressFactors = {
  ...{ price: 0, volatility: 0, basis: 0, rate: 0, time: 0, funding: 0, stablecoin: 0, cross: 0 },
};

/** Sums of positions by factor. */
export function factorTotals(positions: readonly StressedPosition[]): StressFactors {
  const totals: Record<StressFactorName, number> = { ...noFactors };
  for (const { byFactor } of positions) for (const name of stressFactorNames) totals[name] += byFactor[name];
  return totals;
}

/** The scenario with one factor of the profit alone; `undefined` where it has none of it. */
function onlyFactor(shocks: StressShocks, factor: OwnFactor): StressShocks | undefined {
  const { byFactor, days, scale, stickiness } = shocks;
  if (factor === "time") return days === 0 ? undefined : { byFactor: new Map(), days, scale };
  const kept = new Map<string, ShocksByKind>();
  for (const [name, own] of byFactor) {
    const some = kindsOf[factor].flatMap((kind) => (own[kind] === undefined ? [] : [[kind, own[kind]] as const]));
    if (some.length > 0) kept.set(name, Object.fromEntries(some));
  }
  // The smile slides with the price, and its part of the profit is the price's.
  const slides = factor === "price" && stickiness !== undefined ? { stickiness } : {};
  return kept.size === 0 ? undefined : { byFactor: kept, days: 0, scale, ...slides };
}
