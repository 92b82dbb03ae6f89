import type { Book, MethodologyUnderRules } from "../../methodology/index.ts";
import {
  type EngineKernel,
  type MarketPlan,
  marketPlan,
  marketSensitivities,
  marketSums,
  planAt,
  type RevaluationKernel,
  sensitivityRows,
} from "../../revaluation/index.ts";
import type { ScenarioSet } from "../../scenario/index.ts";
import { amongSets } from "../class-sums.ts";
import { type MergedBook, mergedBook, type Singles, singlesOf } from "../merged-book.ts";
import { type PointCubes, pointCubes, type RowFill } from "../point-cubes.ts";
import type { StatedUnits } from "../shocked-book.ts";
import { chargeAt } from "../surface-point.ts";
import { classMoves, type MovedClass } from "./class-moves.ts";
import type { StressShocks } from "./stress-shocks.ts";
import { bookAfter, type StressedBook, type StressedCharge } from "./stressed-book.ts";
import { coinPricesOf, type StressedRows, stressedRows } from "./stressed-rows.ts";

/** Charges a merged book in scenarios, by place; `undefined` in those that need single positions. */
export type MergedCharger = (
  engine: EngineKernel,
  scenarios: readonly StressShocks[],
) => (scenario: number) => StressedCharge | undefined;

/** A merged book in scenarios: what methods that add up alike share of it. */
export interface MergedMarkets {
  readonly cubes: PointCubes;
  /**
   * The merged book after a scenario by its place, with the rows of its classes, which hold until another scenario is asked for; `undefined` in
   * those that need single positions. Asked for the same list again, the function is the same and remembers its last scenario.
   */
  readonly in: (
    engine: EngineKernel,
    scenarios: readonly StressShocks[],
  ) => (scenario: number) => MergedMarket | undefined;
}

interface MergedMarket {
  readonly stressed: StressedBook;
  readonly fill: RowFill;
}

/**
 * Margins of a book under stress for methods that let options be added up: the kernel sums the options of each class at the stressed market, and the
 * method's own charge runs on one entry a class. Each figure is that of the single positions to rounding, as on surfaces (`mergedPoints`).
 *
 * Single positions are asked for where a scenario moves no option, where an option has no value or only one by the normal model, and for haircuts
 * and costs of closing.
 *
 * @param book    before, its balances derived
 * @param markets of this book for a method that adds up alike; made for this one by default
 * @returns `undefined` where the method adds up nothing, or the book saves little by it
 * @source resources/docs/engine.md, section 6
 */
export function mergedCharger(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
  markets: MergedMarkets | undefined = mergedMarkets(book, methodology, kernel),
): MergedCharger | undefined {
  if (markets === undefined) return undefined;
  return (engine, scenarios) => {
    const marketAt = markets.in(engine, scenarios);
    return (at) => {
      const found = marketAt(at);
      if (found === undefined) return undefined;
      const { stressed, fill } = found;
      const shocked = { ...stressed, terms: stressed.chargedTerms };
      return { stressed, charge: chargeAt(shocked, methodology, markets.cubes, "amounts", fill) };
    };
  };
}

/**
 * The merged book of a method in scenarios; for another method that merges alike too (`mergesAlike`).
 *
 * @returns `undefined` where the method adds up nothing, or the book saves little by it
 */
export function mergedMarkets(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): MergedMarkets | undefined {
  const merged = mergedBook(book, methodology.mergesOptions);
  if (merged === undefined) return undefined;
  const { holdings, classOf } = merged;
  const single = singlesOf(merged);
  const coinPrice = coinPricesOf(book);
  const sums = classCells(merged, methodology.scenarios(merged.book));

  const made = (
    engine: EngineKernel,
    scenarios: readonly StressShocks[],
  ): ((at: number) => MergedMarket | undefined) => {
    const movesAt = classMoves(merged, scenarios, coinPrice, kernel);
    const singlesAt = stressedRows(single, coinPrice, scenarios, kernel);
    return (at) => {
      const shocks = scenarios[at];
      if (shocks === undefined || !isSimple(shocks)) return undefined;
      const moved = movesAt(at);
      if (moved === undefined || moved.every(({ one, terms }) => terms === holdings.instruments[one.row]?.terms))
        return undefined;
      const alone = singlesAt(at);
      if (alone.normalRows.length + alone.refusedRows.length > 0) return undefined;
      const rows = rowsOf(merged, single, alone, moved);
      const fill = sums(engine, moved, rows.stated);
      return { stressed: bookAfter(merged.book, shocks, rows), fill };
    };
  };
  let last: { readonly of: readonly StressShocks[]; readonly at: (at: number) => MergedMarket | undefined } | undefined;
  return {
    cubes: pointCubes(holdings.instruments, kernel, (row) => (classOf[row] ?? -1) >= 0),
    in(engine, scenarios) {
      if (last?.of !== scenarios) last = { of: scenarios, at: rememberingLast(made(engine, scenarios)) };
      return last.at;
    },
  };
}

/** The same function, which computes nothing anew when it is asked again for what it was asked last. */
function rememberingLast<Value>(compute: (at: number) => Value): (at: number) => Value {
  let last: { readonly at: number; readonly value: Value } | undefined;
  return (at) => {
    if (last?.at !== at) last = { at, value: compute(at) };
    return last.value;
  };
}

/** No haircut and no cost of closing: those ask for single positions. */
function isSimple({ liquidity, byFactor }: StressShocks): boolean {
  return liquidity === undefined && [...byFactor.values()].every(({ haircut }) => haircut === undefined);
}

type MergedRows = StressedRows & { readonly stated: StatedUnits };

/** Rows of the merged book from those of its single contracts and its classes. */
function rowsOf(
  { holdings }: MergedBook,
  single: Singles,
  alone: StressedRows,
  moved: readonly MovedClass[],
): MergedRows {
  const count = holdings.instruments.length;
  const unstated = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const rows: MergedRows = {
    terms: holdings.instruments.map(({ terms }) => terms),
    ...{ unitProfits: new Float64Array(count), amounts: new Float64Array(count) },
    ...{ optionChanges: new Float64Array(count), normalRows: [], refusedRows: [] },
    stated: { marks: unstated(), deltas: unstated(), models: unstated() },
  };
  single.rows.forEach((row, i) => {
    rows.terms[row] = alone.terms[i] as (typeof rows.terms)[number];
    for (const name of ["unitProfits", "amounts", "optionChanges"] as const) rows[name][row] = alone[name][i] as number;
  });
  for (const { one, terms, profits, values } of moved) {
    const { row, quantity } = one;
    rows.optionChanges[row] = values - quantity * (rows.terms[row] as typeof terms).mark;
    rows.terms[row] = terms;
    rows.unitProfits[row] = profits / quantity;
    rows.amounts[row] = profits;
    rows.stated.marks[row] = values / quantity;
  }
  return rows;
}

/** Sums the classes of a market and states their deltas and model values; gives their rows in the cubes. */
type ClassCells = (engine: EngineKernel, moved: readonly MovedClass[], stated: StatedUnits) => RowFill;

function classCells({ classes }: MergedBook, sets: readonly ScenarioSet[]): ClassCells {
  // Sets of the unmoved market; a set that differs at a stressed one is summed when it is asked for.
  const isKnown = amongSets(sets);
  const plans = new Map(sets.map((set) => [set.id, unmovedPlan(set)]));
  const cells = new Map(classes.map((one) => [one, new Map<string, Float64Array>()]));
  for (const { id, underlying, scenarios } of sets)
    for (const [one, bySet] of cells)
      if (underlying === undefined || underlying === one.underlying) bySet.set(id, new Float64Array(scenarios.length));
  const [sensitivities, model] = [new Float64Array(sensitivityRows), new Float64Array(1)];

  return (engine, moved, stated) => {
    const planOf = movedPlans(plans);
    const byRow = new Map<number, MovedClass>();
    for (const at of moved) {
      const { one, members, priceMove, shock } = at;
      byRow.set(one.row, at);
      model[0] = 0;
      for (const [id, sums] of cells.get(one) ?? [])
        marketSums(engine, planOf(id, priceMove), members, [shock], sums, model);
      marketSensitivities(engine, planOf("", priceMove), members, shock, sensitivities);
      stated.models[one.row] = (model[0] as number) / one.quantity;
      stated.deltas[one.row] = (sensitivities[0] as number) / one.quantity;
    }
    return (set, row, into, from) => {
      const at = byRow.get(row);
      if (at === undefined) return;
      const known = isKnown(set) ? cells.get(at.one)?.get(set.id) : undefined;
      const sums = known ?? sumsIn(engine, set, at);
      for (let j = 0; j < set.scenarios.length; j++) into[from + j] = (sums[j] as number) / at.one.quantity;
    };
  };
}

function unmovedPlan({ scenarios }: Pick<ScenarioSet, "scenarios">): MarketPlan {
  return marketPlan(new Float64Array(1), scenarios);
}

const noScenarios = unmovedPlan({ scenarios: [] });

/** Plans at price moves, each made once; that of no set has no scenarios. */
function movedPlans(plans: ReadonlyMap<string, MarketPlan>): (id: string, priceMove: number) => MarketPlan {
  const made = new Map<string, MarketPlan>();
  return (id, priceMove) => {
    const key = `${priceMove} ${id}`;
    const plan = made.get(key) ?? planAt(plans.get(id) ?? noScenarios, priceMove);
    made.set(key, plan);
    return plan;
  };
}

function sumsIn(engine: EngineKernel, set: ScenarioSet, { members, priceMove, shock }: MovedClass): Float64Array {
  const sums = new Float64Array(set.scenarios.length);
  marketSums(engine, planAt(unmovedPlan(set), priceMove), members, [shock], sums);
  return sums;
}
