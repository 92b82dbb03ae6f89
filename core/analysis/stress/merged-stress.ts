import type { Book, Charge, MethodologyUnderRules } from "../../methodology/index.ts";
import {
  type EngineKernel,
  type HeldOption,
  type MarketPlan,
  marketPlan,
  marketSensitivities,
  marketSums,
  movedTerms,
  planAt,
  type RevaluationKernel,
  sensitivityRows,
} from "../../revaluation/index.ts";
import type { Scenario, ScenarioSet } from "../../scenario/index.ts";
import { amongSets } from "../class-sums.ts";
import { type MergedBook, mergedBook, type OptionClass, singlesOf } from "../merged-book.ts";
import { pointCubes, type RowFill } from "../point-cubes.ts";
import type { StatedUnits } from "../shocked-book.ts";
import { chargeAt } from "../surface-point.ts";
import type { StressShocks } from "./stress-shocks.ts";
import { bookAfter, type StressedBook } from "./stressed-book.ts";
import { coinPricesOf, plainScenario, type StressedRows, stressedRows } from "./stressed-rows.ts";

/** A merged book after a scenario and what its method asks there. */
export interface MergedStress {
  readonly stressed: StressedBook;
  readonly charge: Charge;
}

/** Charges a merged book in scenarios, by place; `undefined` in those that need single positions. */
export type MergedCharger = (
  engine: EngineKernel,
  scenarios: readonly StressShocks[],
) => (scenario: number) => MergedStress | undefined;

/**
 * Margins of a book under stress for methods that let options be added up: options that a scenario moves as one (a relative price move, one shock
 * of volatility) are summed by the kernel class by class, and the method's own charge runs on one entry a class. Each figure is that of the single
 * positions to rounding, as on surfaces (`mergedPoints`).
 *
 * Scenarios that move options one by one (buckets, skew, levels, time), haircuts and costs of closing take single positions.
 *
 * @param book before, its balances derived
 * @returns `undefined` where the method adds up nothing, or the book saves little by it
 * @source resources/docs/engine.md, section 6
 */
export function mergedCharger(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): MergedCharger | undefined {
  const whole = mergedBook(book, methodology.mergesOptions);
  if (whole === undefined) return undefined;
  const sets = methodology.scenarios(whole.book);
  const cubes = pointCubes(whole.holdings.instruments, kernel, (row) => (whole.classOf[row] ?? -1) >= 0);
  const sorts = sortsOf(whole, sets);
  const single = singlesOf(whole);
  const coinPrice = coinPricesOf(book);
  const isKnown = amongSets(sets);
  const sortOf = new Map(sorts.flatMap((sort) => sort.classes.map((one) => [one.row, { sort, one }] as const)));

  return (engine, scenarios) => {
    const moves = sorts.map(({ like, hasSmile }) =>
      scenarios.map((one) => (isSimple(one) ? plainScenario(like, one, coinPrice, hasSmile) : undefined)),
    );
    const fits = scenarios.map((_, at) => moves.some((own) => isMove(own[at])) && moves.every((own) => own[at]));
    const chosen = scenarios.flatMap((_, at) => (fits[at] ? [at] : []));
    const units = sorts.map(({ members }, sort) =>
      kernel.unitPnl(
        members,
        chosen.flatMap((at) => moves[sort]?.[at] ?? []),
      ),
    );
    const singlesAt = stressedRows(single, coinPrice, scenarios, kernel);
    return (at) => {
      const shocks = scenarios[at];
      if (shocks === undefined || fits[at] !== true) return undefined;
      const alone = singlesAt(at);
      if (alone.normalRows.length + alone.refusedRows.length > 0) return undefined;
      const rows = emptyRows(whole);
      single.rows.forEach((row, i) => {
        for (const name of ["unitProfits", "amounts", "optionChanges"] as const) rows[name][row] = alone[name][i] ?? 0;
        rows.terms[row] = alone.terms[i] ?? (single.instruments[i] as (typeof single.instruments)[number]).terms;
      });
      const column = chosen.indexOf(at);
      sorts.forEach((sort, i) => {
        const scenario = moves[i]?.[at];
        if (scenario === undefined) return;
        moveClasses(rows, whole, sort, scenario, units[i] as Float64Array, column, chosen.length);
        sumClasses(engine, sort, scenario, rows.stated);
      });
      const fill: RowFill = (set, row, into, from) => {
        const found = sortOf.get(row);
        if (found === undefined) return;
        const { sort, one } = found;
        const scenario = moves[sorts.indexOf(sort)]?.[at] as Scenario;
        const cells = isKnown(set) ? sort.cells.get(one)?.get(set.id) : undefined;
        const own = cells ?? cellsOf(engine, planAt(unmovedPlan(set), scenario.priceMove), one.members, scenario);
        for (let j = 0; j < set.scenarios.length; j++) into[from + j] = (own[j] as number) / one.quantity;
      };
      const stressed = bookAfter(whole.book, shocks, rows);
      const charge = chargeAt({ ...stressed, terms: stressed.chargedTerms }, methodology, cubes, "amounts", fill);
      return { stressed, charge };
    };
  };
}

/** No time, haircut or cost of closing: those ask for single positions. */
function isSimple({ days, liquidity, byFactor }: StressShocks): boolean {
  return days === 0 && liquidity === undefined && [...byFactor.values()].every(({ haircut }) => haircut === undefined);
}

function isMove(scenario: Scenario | undefined): boolean {
  return scenario !== undefined && (scenario.priceMove !== 0 || scenario.volatility !== undefined);
}

/** Classes that a scenario may move as one: of one underlying and quote currency. */
interface ClassSort {
  readonly like: { readonly underlying: string; readonly quote: string; readonly kind: "option" };
  readonly hasSmile: boolean;
  readonly classes: readonly OptionClass[];
  /** Members of the classes, one after the other. */
  readonly members: readonly HeldOption[];
  /** Plans of the scenario sets at the unmoved market. */
  readonly plans: ReadonlyMap<string, MarketPlan>;
  /** By class and set, the sums in its scenarios; overwritten from market to market. */
  readonly cells: ReadonlyMap<OptionClass, ReadonlyMap<string, Float64Array>>;
}

function sortsOf({ classes }: MergedBook, sets: readonly ScenarioSet[]): readonly ClassSort[] {
  const groups = new Map<string, OptionClass[]>();
  for (const one of classes) {
    const [first] = one.members;
    const key = `${one.underlying} ${first?.instrument.quote} ${hasSmile(one)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group): readonly ClassSort[] => {
    const members = group.flatMap((one) => one.members);
    const [first] = members;
    if (first === undefined) return [];
    const { underlying, quote } = first.instrument;
    const own = sets.filter((set) => set.underlying === undefined || set.underlying === underlying);
    const cells = new Map(
      group.map((one) => [one, new Map(own.map(({ id, scenarios }) => [id, new Float64Array(scenarios.length)]))]),
    );
    const plans = new Map(own.map((set) => [set.id, unmovedPlan(set)]));
    const like = { underlying, quote, kind: "option" } as const;
    return [{ like, hasSmile: group.some(hasSmile), classes: group, members, plans, cells }];
  });
}

const hasSmile = ({ members }: OptionClass): boolean => members.some(({ terms }) => terms.smile !== undefined);

function unmovedPlan({ scenarios }: ScenarioSet): MarketPlan {
  return marketPlan(new Float64Array(1), scenarios);
}

type MergedRows = StressedRows & { readonly stated: StatedUnits };

function emptyRows({ holdings }: MergedBook): MergedRows {
  const count = holdings.instruments.length;
  const unstated = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  return {
    terms: new Array(count),
    ...{ unitProfits: new Float64Array(count), amounts: new Float64Array(count) },
    ...{ optionChanges: new Float64Array(count), normalRows: [], refusedRows: [] },
    stated: { marks: unstated(), deltas: unstated(), models: unstated() },
  };
}

/** Terms, profits and marks of the classes; no mark of an option falls below 0. */
function moveClasses(
  rows: MergedRows,
  { holdings }: MergedBook,
  { classes }: ClassSort,
  scenario: Scenario,
  units: Float64Array,
  column: number,
  width: number,
): void {
  let at = column;
  for (const { row, quantity, members } of classes) {
    let profits = 0;
    let values = 0;
    for (const { quantity: held, terms } of members) {
      const profit = units[at] as number;
      at += width;
      profits += held * profit;
      values += held * Math.max(0, terms.mark + profit);
    }
    const { instrument, terms: before } = holdings.instruments[row] as (typeof holdings.instruments)[number];
    const mark = values / quantity;
    rows.unitProfits[row] = profits / quantity;
    rows.amounts[row] = profits;
    rows.optionChanges[row] = values - quantity * before.mark;
    rows.terms[row] = { ...movedTerms(instrument, before, scenario, 0), mark };
    rows.stated.marks[row] = mark;
  }
}

const sensitivities = new Float64Array(sensitivityRows);
const model = new Float64Array(1);

/** Deltas, model values and scenario sums of the classes at a moved market. */
function sumClasses(
  engine: EngineKernel,
  { classes, plans, cells }: ClassSort,
  { priceMove, volatility }: Scenario,
  stated: StatedUnits,
): void {
  const moved = new Map([...plans].map(([id, plan]) => [id, planAt(plan, priceMove)]));
  const [first = planAt(marketPlan(new Float64Array(1), []), priceMove)] = moved.values();
  for (const one of classes) {
    const { row, members, quantity } = one;
    model[0] = 0;
    for (const [id, plan] of moved)
      marketSums(
        engine,
        plan,
        members,
        [volatility],
        cells.get(one)?.get(id) ?? new Float64Array(plan.scenarios),
        model,
      );
    marketSensitivities(engine, first, members, volatility, sensitivities);
    stated.models[row] = (model[0] as number) / quantity;
    stated.deltas[row] = (sensitivities[0] as number) / quantity;
  }
}

/** Sums of a class in a set that differs at this market. */
function cellsOf(
  engine: EngineKernel,
  plan: MarketPlan,
  members: readonly HeldOption[],
  { volatility }: Scenario,
): Float64Array {
  const sums = new Float64Array(plan.scenarios);
  marketSums(engine, plan, members, [volatility], sums);
  return sums;
}
