import {
  type EngineKernel,
  type HeldOption,
  isSameSet,
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
import { isSame } from "./point-blocks.ts";

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
  /** Σ quantity × model value at each point; nothing where no scenario set holds the class. */
  readonly models: Float64Array;
  /** `marketSensitivities` of the points: delta, gamma, vega, theta, one row each. */
  readonly sensitivities: Float64Array;
  /** By the id of a scenario set: profits from the point, `[point * scenarios + scenario]`. */
  readonly cells: ReadonlyMap<string, Float64Array>;
}

/** Plans of scenario sets for the same price points; they do not depend on the volatility of a row. */
export function plansOf(sets: readonly ScenarioSet[]): (priceMoves: Float64Array) => ReadonlyMap<string, MarketPlan> {
  return (priceMoves) => new Map(sets.map((set) => [set.id, planOf(priceMoves, set.scenarios)]));
}

/** Plans of one scenario list that are kept: of the rows of coarse and fine points, and of the unshocked point. */
const mostPlans = 6;

const latestPlans = new WeakMap<ScenarioSet["scenarios"], MarketPlanAt[]>();

interface MarketPlanAt {
  readonly priceMoves: Float64Array;
  readonly plan: MarketPlan;
}

function planOf(priceMoves: Float64Array, scenarios: ScenarioSet["scenarios"]): MarketPlan {
  const kept = latestPlans.get(scenarios) ?? [];
  if (kept.length === 0) latestPlans.set(scenarios, kept);
  const known = kept.find((one) => isSame(one.priceMoves, priceMoves));
  if (known !== undefined) return known.plan;
  const plan = marketPlan(priceMoves, scenarios);
  kept.unshift({ priceMoves, plan });
  kept.length = Math.min(kept.length, mostPlans);
  return plan;
}

/** Whether a set is among those that classes were summed in: methodologies make their sets anew at every market. */
export function amongSets(sets: readonly ScenarioSet[]): (set: ScenarioSet) => boolean {
  const answers = new WeakMap<ScenarioSet, boolean>();
  return (set) => {
    const known = answers.get(set);
    if (known !== undefined) return known;
    const answer = sets.some((one) => one.id === set.id && isSameSet(one, set));
    answers.set(set, answer);
    return answer;
  };
}

/** What a row is summed with. */
export interface SumTools {
  readonly engine: EngineKernel;
  readonly kernel: RevaluationKernel;
  readonly sets: readonly ScenarioSet[];
  readonly plans: ReadonlyMap<string, MarketPlan>;
}

/** Doubles that the sums of a class take for each point. */
export function widthOf({ underlying }: Pick<OptionClass, "underlying">, sets: readonly ScenarioSet[]): number {
  return setsOf(underlying, sets).reduce((total, { scenarios }) => total + scenarios.length, 3 + sensitivityRows);
}

function setsOf(underlying: string, sets: readonly ScenarioSet[]): readonly ScenarioSet[] {
  return sets.filter((set) => set.underlying === undefined || set.underlying === underlying);
}

/** What the sums of a class are read from: one array for all rows. Sums are linear, so arrays may be added and subtracted. */
export function viewsOf(
  { underlying }: Pick<OptionClass, "underlying">,
  rows: readonly PointRow[],
  sets: readonly ScenarioSet[],
  from: Float64Array,
): readonly ClassSums[] {
  const points = rows[0]?.priceMoves.length ?? 0;
  let at = 0;
  const parts = (width: number): readonly Float64Array[] => {
    const first = at;
    at += rows.length * points * width;
    return rows.map((_, row) => from.subarray(first + row * points * width, first + (row + 1) * points * width));
  };
  const [profits, values, models, sensitivities] = [parts(1), parts(1), parts(1), parts(sensitivityRows)];
  const cells = setsOf(underlying, sets).map((set) => ({ id: set.id, rows: parts(set.scenarios.length) }));
  const none = new Float64Array();
  return rows.map((_, row) => ({
    profits: profits[row] ?? none,
    values: values[row] ?? none,
    models: models[row] ?? none,
    sensitivities: sensitivities[row] ?? none,
    cells: new Map(cells.map(({ id, rows: byRow }) => [id, byRow[row] ?? none])),
  }));
}

/**
 * The sums of one class at the points of rows that share their price moves; members are added in their order.
 *
 * @param into takes them, rows × points × `widthOf` long; read by `viewsOf`
 */
export function classSums(
  one: Pick<OptionClass, "members" | "underlying">,
  rows: readonly PointRow[],
  { engine, kernel, sets, plans }: SumTools,
  into: Float64Array,
): void {
  const { members, underlying } = one;
  const views = viewsOf(one, rows, sets, into);
  const points = rows.length * (rows[0]?.priceMoves.length ?? 0);
  let at = points * (3 + sensitivityRows);
  for (const set of setsOf(underlying, sets)) {
    const plan = plans.get(set.id);
    if (plan === undefined) continue;
    const length = plan.points * plan.scenarios;
    const together = marketRowsThatFit(engine, plan);
    for (let row = 0; row < rows.length; row += together) {
      const shocks = rows.slice(row, row + together).map(({ shock }) => shock);
      const models = into.subarray(2 * points + row * plan.points, 2 * points + (row + shocks.length) * plan.points);
      marketSums(engine, plan, members, shocks, into.subarray(at + row * length), models);
    }
    at += rows.length * length;
  }
  rows.forEach((row, index) => {
    const view = views[index];
    if (view === undefined) return;
    const plan = [...plans.values()][0] ?? marketPlan(row.priceMoves, []);
    marketSensitivities(engine, plan, members, row.shock, view.sensitivities);
    addProfits(members, kernel.unitPnl(members, row.scenarios), view);
  });
}

function addProfits(members: readonly HeldOption[], units: Float64Array, { profits, values }: ClassSums): void {
  const points = profits.length;
  profits.fill(0);
  values.fill(0);
  for (let member = 0; member < members.length; member++) {
    const { quantity, terms } = members[member] as HeldOption;
    for (let point = 0; point < points; point++) {
      const profit = units[member * points + point] as number;
      profits[point] = (profits[point] as number) + quantity * profit;
      values[point] = (values[point] as number) + quantity * Math.max(0, terms.mark + profit);
    }
  }
}
