import { DomainError } from "../../base/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { checkedMove } from "./domain.ts";
import type { SegmentPlan } from "./segment-plan.ts";

/**
 * Scenarios revalued at several price points of a market at once: the columns are all pairs of point and scenario, one
 * ascending run for each distinct volatility shock. The first run also holds the points themselves.
 */
export interface MarketPlan extends Omit<SegmentPlan, "columnOf" | "moves"> {
  readonly points: number;
  readonly scenarios: number;
  /** ln(1 + p) and 1 + p of the points, even in number, in the order of the points. */
  readonly pointLogMoves: Float64Array;
  readonly pointGrowths: Float64Array;
  /** Column of each point, unmoved. */
  readonly baseOf: Int32Array;
  /** Column of a pair, `[point * scenarios + scenario]`; −1 where the scenario moves nothing. */
  readonly columnOf: Int32Array;
}

/** Columns a plan may have: what fits the memory of the engine with a block of options beside it. */
export const mostColumns = 60_000;

interface Column {
  readonly logMove: number;
  readonly growth: number;
  /** Entry of `columnOf`, or −1 − point for the point itself. */
  readonly target: number;
}

/**
 * @param priceMoves relative moves of the points; each > −1
 * @throws DomainError for a price move of −1 or below, or days below 0
 */
export function marketPlan(priceMoves: Float64Array, scenarios: readonly Scenario[]): MarketPlan {
  const points = priceMoves.length;
  const pointLogMoves = paired(priceMoves.map((move) => Math.log1p(checkedMove(move))));
  const pointGrowths = paired(priceMoves.map((move) => 1 + move));
  const runs = new Map<string, { shock: Scenario["volatility"]; decayDays: number; columns: Column[] }>();
  const base: Column[] = Array.from(priceMoves, (_, point) => ({
    ...{ logMove: pointLogMoves[point] ?? 0, growth: pointGrowths[point] ?? 1, target: -1 - point },
  }));
  runs.set("0 null", { shock: undefined, decayDays: 0, columns: base });
  scenarios.forEach(({ priceMove, volatility, decayDays = 0 }, scenario) => {
    if (!(decayDays >= 0 && decayDays < Number.POSITIVE_INFINITY))
      throw new DomainError("days that pass must be 0 or more", decayDays);
    if (volatility === undefined && decayDays === 0 && priceMove === 0) return;
    const key = `${decayDays} ${JSON.stringify(volatility ?? null)}`;
    const run = runs.get(key) ?? { shock: volatility, decayDays, columns: [] };
    runs.set(key, run);
    const [logMove, growth] = [Math.log1p(checkedMove(priceMove)), 1 + priceMove];
    for (let point = 0; point < points; point++) {
      run.columns.push({
        logMove: (pointLogMoves[point] as number) + logMove,
        growth: (pointGrowths[point] as number) * growth,
        target: point * scenarios.length + scenario,
      });
    }
  });
  const columnOf = new Int32Array(points * scenarios.length).fill(-1);
  const baseOf = new Int32Array(points);
  const starts: number[] = [];
  const columns: Column[] = [];
  for (const run of runs.values()) {
    starts.push(columns.length);
    for (const column of run.columns.sort((a, b) => a.logMove - b.logMove)) {
      const at = columns.push(column) - 1;
      if (column.target < 0) baseOf[-1 - column.target] = at;
      else columnOf[column.target] = at;
    }
    const last = columns.at(-1);
    if (columns.length % 2 === 1 && last !== undefined) columns.push(last);
  }
  return {
    ...{ points, scenarios: scenarios.length, pointLogMoves, pointGrowths, baseOf, columnOf },
    shocks: [...runs.values()].map(({ shock }) => shock),
    decayDays: [...runs.values()].map(({ decayDays }) => decayDays),
    starts: Float64Array.from(starts),
    lengths: Float64Array.from(starts, (start, run) => (starts[run + 1] ?? columns.length) - start),
    logMoves: Float64Array.from(columns, ({ logMove }) => logMove),
    growths: Float64Array.from(columns, ({ growth }) => growth),
  };
}

/**
 * A plan of one unmoved point with the point moved: that of `marketPlan([priceMove], scenarios)` bit for bit, without sorting anew.
 *
 * @param plan      `marketPlan([0], scenarios)`
 * @param priceMove > −1
 * @throws DomainError for a price move outside its bound
 */
export function planAt(plan: MarketPlan, priceMove: number): MarketPlan {
  const logMove = Math.log1p(checkedMove(priceMove));
  const growth = 1 + priceMove;
  return {
    ...plan,
    pointLogMoves: new Float64Array(plan.pointLogMoves.length).fill(logMove),
    pointGrowths: new Float64Array(plan.pointGrowths.length).fill(growth),
    logMoves: plan.logMoves.map((own) => logMove + own),
    growths: plan.growths.map((own) => growth * own),
  };
}

/** Even in number: the last repeated. */
function paired(values: Float64Array): Float64Array {
  const even = new Float64Array(values.length + (values.length % 2));
  even.set(values);
  if (even.length > values.length) even[values.length] = values.at(-1) ?? 0;
  return even;
}
