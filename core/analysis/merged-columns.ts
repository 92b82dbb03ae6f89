import type { PricingTerms } from "../market/index.ts";
import { type AccountColumns, type MethodologyUnderRules, usdColumn } from "../methodology/index.ts";
import { movedTerms, type RevaluationKernel } from "../revaluation/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import { addClassGreeks, type BookGreeks, bookGreeks } from "./book-greeks.ts";
import type { ClassSums, PointRow } from "./class-sums.ts";
import { stays } from "./holdings.ts";
import { type MergedBook, type Singles, singlesOf } from "./merged-book.ts";
import { marketsAt, type RowState } from "./merged-markets.ts";
import type { SurfacePoint } from "./surface-point.ts";

/**
 * Points of one row of a surface.
 *
 * @param sums  by class
 * @param units profit of one unit of the instruments that stand for themselves, `[instrument * points + point]`
 */
export type PointsOfRow = (row: PointRow, sums: readonly ClassSums[], units: Float64Array) => readonly SurfacePoint[];

/**
 * Points of a row charged together: the figures of `mergedPoints` to rounding, without a book at every point.
 *
 * @param sets scenario sets of the methodology, the same at every market; revalued by model
 */
export function columnPoints(
  merged: MergedBook,
  charge: NonNullable<MethodologyUnderRules["chargeColumns"]>,
  kernel: RevaluationKernel,
  sets: readonly ScenarioSet[],
): PointsOfRow {
  const single = singlesOf(merged);
  const staying = new Set([...merged.book.indices.keys()].filter((name) => stays(merged.holdings, name)));
  return (row, sums, units) => {
    const state: RowState = { merged, single, sums, units, terms: movedSingles(single, row, units), row };
    const indices = new Map(
      [...merged.book.indices].map(([name, price]) => [
        name,
        row.priceMoves.map((move) => (staying.has(name) ? price : price * (1 + move))),
      ]),
    );
    const profits = profitsBySettlement(state);
    const pnl = profitsInUsd(profits, indices, row.priceMoves.length);
    const accounts = charge(marketsAt(state, { indices, profits, pnl, kernel, sets }));
    return surfacePoints(accounts, pnl, (point) => greeksAt(state, point));
  };
}

function movedSingles(
  { instruments, rows, moves }: Singles,
  { scenarios }: PointRow,
  units: Float64Array,
): RowState["terms"] {
  return instruments.map(({ instrument, terms }, i) =>
    scenarios.map((scenario, point) =>
      moves[rows[i] ?? -1]
        ? movedTerms(instrument, terms, scenario, units[i * scenarios.length + point] as number)
        : terms,
    ),
  );
}

function greeksAt({ merged: { classes, holdings }, single, sums, terms, row }: RowState, point: number): BookGreeks {
  const own = terms.map((byPoint) => byPoint[point] as PricingTerms);
  const totals = { ...bookGreeks(own, single) };
  const factor = 1 + (row.priceMoves[point] as number);
  for (let at = 0; at < classes.length; at++) {
    const index = holdings.instruments[classes[at]?.row ?? -1]?.terms.index ?? Number.NaN;
    addClassGreeks(totals, sums[at] as ClassSums, point, index * factor);
  }
  return totals;
}

/** Settlement currency -> profit of the book at each point, in that currency. */
function profitsBySettlement({ merged, single, sums, units, row }: RowState): ReadonlyMap<string, Float64Array> {
  const { holdings, classes } = merged;
  const count = row.priceMoves.length;
  const totals = holdings.currencies.map(() => new Float64Array(count));
  const add = (at: number, values: Float64Array, from: number, quantity: number): void => {
    const total = totals[holdings.currencyOf[at] ?? 0];
    if (total === undefined) return;
    for (let point = 0; point < count; point++)
      total[point] = (total[point] as number) + quantity * (values[from + point] as number);
  };
  single.rows.forEach((at, i) => {
    if (holdings.moves[at]) add(at, units, i * count, single.quantities[i] ?? 0);
  });
  classes.forEach(({ row: at }, i) => {
    add(at, (sums[i] as ClassSums).profits, 0, 1);
  });
  return new Map(holdings.currencies.map((currency, at) => [currency, totals[at] ?? new Float64Array(count)]));
}

/** As `profitInUsd`, at each point. */
function profitsInUsd(
  profits: ReadonlyMap<string, Float64Array>,
  indices: ReadonlyMap<string, Float64Array>,
  count: number,
): Float64Array {
  const total = new Float64Array(count);
  for (const [currency, amounts] of profits) {
    const rate = usdColumn(indices, currency, count);
    for (let point = 0; point < count; point++)
      total[point] = (total[point] as number) + (amounts[point] as number) * (rate[point] as number);
  }
  return total;
}

/** Points from their columns, as `surfacePoint` from a charge. */
function surfacePoints(
  accounts: readonly AccountColumns[],
  pnl: Float64Array,
  greeks: (point: number) => BookGreeks,
): readonly SurfacePoint[] {
  const bindingAt = bindingTexts(accounts);
  return Array.from(pnl, (profit, point): SurfacePoint => {
    let [initial, maintenance, headroom, callRoom] = [0, 0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const account of accounts) {
      const rate = account.usdPerUnit[point] as number;
      const [more, less] = [account.initial[point] as number, account.maintenance[point] as number];
      initial += rate * more;
      maintenance += rate * less;
      if (account.marginBalance === undefined) continue;
      const balance = account.marginBalance[point] as number;
      headroom = Math.min(headroom, rate * (balance - less));
      callRoom = Math.min(callRoom, rate * (balance - more));
    }
    const binding = bindingAt(point);
    return {
      pnl: profit,
      ...{ initial, maintenance },
      ...(headroom === Number.POSITIVE_INFINITY ? {} : { headroom, callRoom }),
      ...greeks(point),
      ...(binding === undefined ? {} : { binding }),
    };
  });
}

/** As `bindingOf` at each point. */
function bindingTexts(accounts: readonly AccountColumns[]): (point: number) => string | undefined {
  const matrices = accounts.flatMap(({ id, matrices: own }) =>
    own.map(({ title, labels, binding }) => {
      const before = `${accounts.length > 1 ? `${id}: ` : ""}${own.length > 1 ? `${title} ` : ""}`;
      return { texts: labels.map((label) => `${before}${label}`), binding };
    }),
  );
  return (point) => {
    let text: string | undefined;
    for (const { texts, binding } of matrices) {
      const own = texts[binding[point] ?? -1];
      if (own !== undefined) text = text === undefined ? own : `${text}; ${own}`;
    }
    return text;
  };
}
