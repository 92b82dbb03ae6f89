import {
  type EngineKernel,
  type HeldOption,
  type MarketPlan,
  marketPlan,
  marketRowsThatFit,
  marketSensitivities,
  marketSums,
  type RevaluationKernel,
  sensitivityRows,
} from "../revaluation/index.ts";
import type { Scenario, ScenarioSet, VolatilityShock } from "../scenario/index.ts";
import type { OptionClass } from "./merged-book.ts";

/** Points of a surface that share their volatility shock. */
export interface PointRow {
  readonly priceMoves: Float64Array;
  readonly shock: VolatilityShock | undefined;
  /** The points as scenarios of the unshocked market. */
  readonly scenarios: readonly Scenario[];
}

/** Sums over a class of options at the points of a row. */
export interface ClassSums {
  /** Σ quantity × unit profit at each point, settlement currency. */
  readonly profits: Float64Array;
  /** Σ quantity × mark at each point; no mark falls below 0. */
  readonly values: Float64Array;
  /** `marketSensitivities` of the points: delta, gamma, vega, theta, one row each. */
  readonly sensitivities: Float64Array;
  /** By the id of a scenario set: profits from the point, `[point * scenarios + scenario]`. */
  readonly cells: ReadonlyMap<string, Float64Array>;
}

/** Plans of scenario sets for the same price points; they do not depend on the volatility of a row. */
export function plansOf(sets: readonly ScenarioSet[]): (priceMoves: Float64Array) => ReadonlyMap<string, MarketPlan> {
  const known = new Map<string, ReadonlyMap<string, MarketPlan>>();
  return (priceMoves) => {
    const key = priceMoves.join();
    const plans = known.get(key) ?? new Map(sets.map((set) => [set.id, marketPlan(priceMoves, set.scenarios)]));
    known.set(key, plans);
    return plans;
  };
}

/** What a row is summed with. */
export interface SumTools {
  readonly engine: EngineKernel;
  readonly kernel: RevaluationKernel;
  readonly sets: readonly ScenarioSet[];
  readonly plans: ReadonlyMap<string, MarketPlan>;
}

/**
 * The sums of one class at the points of rows that share their price moves; members are added in their order.
 *
 * @returns one entry a row
 */
export function classSums(
  { members, underlying }: Pick<OptionClass, "members" | "underlying">,
  rows: readonly PointRow[],
  { engine, kernel, sets, plans }: SumTools,
): readonly ClassSums[] {
  const cells = rows.map(() => new Map<string, Float64Array>());
  for (const set of sets) {
    const plan = plans.get(set.id);
    if (plan === undefined || (set.underlying !== undefined && set.underlying !== underlying)) continue;
    const length = plan.points * plan.scenarios;
    const sums = new Float64Array(rows.length * length);
    const together = marketRowsThatFit(engine, plan);
    for (let row = 0; row < rows.length; row += together) {
      const shocks = rows.slice(row, row + together).map(({ shock }) => shock);
      marketSums(engine, plan, members, shocks, sums.subarray(row * length));
    }
    cells.forEach((bySet, row) => {
      bySet.set(set.id, sums.subarray(row * length, (row + 1) * length));
    });
  }
  return rows.map((row, at) => {
    const points = row.priceMoves.length;
    const sensitivities = new Float64Array(sensitivityRows * points);
    const plan = [...plans.values()][0] ?? marketPlan(row.priceMoves, []);
    marketSensitivities(engine, plan, members, row.shock, sensitivities);
    const units = kernel.unitPnl(members, row.scenarios);
    return { ...profitsAndValues(members, units, points), sensitivities, cells: cells[at] ?? new Map() };
  });
}

function profitsAndValues(
  members: readonly HeldOption[],
  units: Float64Array,
  points: number,
): Pick<ClassSums, "profits" | "values"> {
  const profits = new Float64Array(points);
  const values = new Float64Array(points);
  for (let member = 0; member < members.length; member++) {
    const { quantity, terms } = members[member] as HeldOption;
    for (let point = 0; point < points; point++) {
      const profit = units[member * points + point] as number;
      profits[point] = (profits[point] as number) + quantity * profit;
      values[point] = (values[point] as number) + quantity * Math.max(0, terms.mark + profit);
    }
  }
  return { profits, values };
}
