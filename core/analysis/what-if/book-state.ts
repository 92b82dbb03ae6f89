import { type Result, success } from "../../base/index.ts";
import {
  accuracyOf,
  type BuiltBook,
  buildBook,
  type Changes,
  chargeOfAmounts,
  type MarginRun,
  remarksOf,
  totalsOf,
  underRules,
} from "../../margin/index.ts";
import type { Accuracy, Charge, MethodologyUnderRules } from "../../methodology/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { bestKernel, type RevaluationKernel, runKernel } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { chargeNow } from "../charge-now.ts";
import { bindingOf } from "../surface-point.ts";
import { bookChange, type Holding, holdingsOfBook } from "./book-change.ts";
import { addedExposures, exposuresOf, notionalOf, totalExposure, type UnderlyingExposure } from "./exposure.ts";
import { scenarioProfitsOf } from "./scenario-profits.ts";
import type { ScenarioPoint, WhatIfFigures } from "./what-if-result.ts";
import { type WideGrid, wideGrid } from "./wide-grid.ts";

/** A method and what it is asked of: the book before, with the user's own changes but no legs. */
export type WhatIfRun = Omit<MarginRun, "standAlone" | "work" | "legs"> & {
  readonly scenarios?: readonly Scenario[];
};

/** One side of a what-if under one method, with what is additive in positions kept apart. */
export interface BookState {
  readonly built: BuiltBook;
  readonly charge: Charge;
  readonly figures: WhatIfFigures;
  readonly exposures: readonly UnderlyingExposure[];
  readonly stress: Float64Array;
  readonly wide: Float64Array;
}

/** The book before under one method, from which any number of tickets start. */
export interface BaseState extends BookState {
  readonly run: WhatIfRun;
  readonly under: MethodologyUnderRules;
  readonly kernel: RevaluationKernel;
  readonly grid: WideGrid;
  readonly accuracy: Accuracy;
}

/** What a method needs of a side: margin alone is what a search asks for. */
export type Detail = "margin" | "all";

/** Bases kept for a portfolio: the methods of a comparison. */
const mostKept = 64;

const kept = new WeakMap<Portfolio, Map<string, { readonly inputs: readonly unknown[]; readonly base: BaseState }>>();

/**
 * The side before. The margin balance and option value that the venue stated hold for the unchanged book only, so both sides derive them:
 * else the change would jump where the trade begins. Kept for the portfolio while nothing but the ticket changes.
 *
 * @returns failures as of `marginTotals`
 */
export function baseState(run: WhatIfRun): Result<BaseState> {
  const { portfolio, market, history, parameterFile, methodology, rules, edits, components, balances, scenarios } = run;
  const inputs = [market, history, parameterFile, methodology, rules.parameters];
  const key = JSON.stringify([
    methodology.id,
    rules.version,
    rules.overrides,
    edits ?? [],
    components,
    balances,
    scenarios,
  ]);
  const known = kept.get(portfolio) ?? new Map();
  kept.set(portfolio, known);
  const found = known.get(key);
  if (found?.inputs.every((input: unknown, at: number) => input === inputs[at])) {
    known.delete(key);
    known.set(key, found);
    return success(found.base);
  }
  const made = makeBase(run);
  if (!made.ok) return made;
  known.set(key, { inputs, base: made.value });
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return made;
}

function makeBase(run: WhatIfRun): Result<BaseState> {
  const kernel = run.kernel ?? runKernel();
  const under = underRules(run.methodology, run.rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value, derived: true });
  if (!built.ok) return built;
  const { book } = built.value;
  const charge = chargeOfAmounts(book, under.value, kernel);
  const grid = wideGrid(under.value.scenarios(book));
  const holdings = holdingsOfBook(book);
  const additive = additiveOf(holdings, { built: built.value, grid, run });
  // Amounts alone name no parameters: how exact the answer is follows from the lines, once for the book.
  const lines = chargeNow(book, under.value, kernel);
  const remarks = remarksOf({ charge: lines, rules: run.rules, built: built.value, market: run.market });
  const accuracy = accuracyOf(run.methodology.accuracy, remarks);
  const state = stateOf(built.value, charge, additive, grid, run.scenarios ?? []);
  return success({ ...state, run, under: under.value, kernel, grid, accuracy });
}

/**
 * The side after legs (and other changes): the margin is computed anew, what is additive changes by the trades alone.
 *
 * @param changes what is done to the portfolio beside the run's own changes
 * @returns failures as of `marginTotals`
 */
export function stateAfter(base: BaseState, changes: Pick<Changes, "legs">): Result<BookState> {
  const { run, under, kernel, grid } = base;
  const built = buildBook({ ...run, ...changes, methodology: under, derived: true });
  if (!built.ok) return built;
  const { book } = built.value;
  const charge = chargeOfAmounts(book, under, kernel);
  const change = additiveOf(bookChange(base.built.book, book), { built: built.value, grid, run });
  const additive: Additive = {
    exposures: addedExposures(base.exposures, change.exposures),
    stress: added(base.stress, change.stress),
    wide: added(base.wide, change.wide),
    notional: sumOfNotional(built.value),
  };
  return success(stateOf(built.value, charge, additive, grid, run.scenarios ?? []));
}

/** The requirement after legs, and nothing else: what a search asks many times. */
export function chargeAfter(base: BaseState, changes: Pick<Changes, "legs">): Result<Charge> {
  const built = buildBook({ ...base.run, ...changes, methodology: base.under, derived: true });
  return built.ok ? success(chargeOfAmounts(built.value.book, base.under, base.kernel)) : built;
}

interface Additive {
  readonly exposures: readonly UnderlyingExposure[];
  readonly stress: Float64Array;
  readonly wide: Float64Array;
  readonly notional: number;
}

function additiveOf(
  holdings: readonly Holding[],
  {
    built,
    grid,
    run,
  }: {
    readonly built: BuiltBook;
    readonly grid: WideGrid;
    readonly run: WhatIfRun;
  },
): Additive {
  const { indices } = built.book;
  return {
    exposures: exposuresOf(holdings),
    stress: scenarioProfitsOf(holdings, indices, run.scenarios ?? [], run.kernel ?? bestKernel()),
    wide: scenarioProfitsOf(holdings, indices, grid.scenarios, run.kernel ?? bestKernel()),
    notional: sumOfNotional(built),
  };
}

/** Not additive: what a leg closes leaves the sum. */
function sumOfNotional({ book }: BuiltBook): number {
  let total = 0;
  for (const { position, terms } of book.positions)
    total += notionalOf({ instrument: position.instrument, terms, quantity: position.quantity });
  return total;
}

function added(before: Float64Array, change: Float64Array): Float64Array {
  return before.map((profit, at) => profit + (change[at] ?? 0));
}

function stateOf(
  built: BuiltBook,
  charge: Charge,
  { exposures, stress, wide, notional }: Additive,
  grid: WideGrid,
  scenarios: readonly Scenario[],
): BookState {
  const { accounts } = charge;
  const totals = totalsOf(accounts);
  const roomsTo = (requirement: "initial" | "maintenance"): readonly number[] =>
    accounts.flatMap(({ marginBalance, usdPerUnit, ...lines }) =>
      marginBalance === undefined ? [] : [usdPerUnit * (marginBalance.amount - lines[requirement].amount)],
    );
  const [headrooms, callRooms] = [roomsTo("maintenance"), roomsTo("initial")];
  const binding = bindingOf(accounts);
  const stressed = scenarios.map((scenario, at) => pointOf(scenario, stress[at] ?? 0));
  const worstStress = worst(stressed);
  const points = grid.scenarios.map((scenario, at) => pointOf(scenario, wide[at] ?? 0));
  const none = { label: "no scenario", priceMove: 0, profitUsd: 0 };
  const figures: WhatIfFigures = {
    initialUsd: totals.initialUsd,
    maintenanceUsd: totals.maintenanceUsd,
    ...(totals.equityUsd === undefined ? {} : { equityUsd: totals.equityUsd }),
    ...(totals.marginBalanceUsd === undefined ? {} : { marginBalanceUsd: totals.marginBalanceUsd }),
    ...(totals.availableFundsUsd === undefined ? {} : { availableUsd: totals.availableFundsUsd }),
    ...(headrooms.length === 0 ? {} : { headroomUsd: Math.min(...headrooms), callRoomUsd: Math.min(...callRooms) }),
    ...(binding === undefined ? {} : { binding }),
    exposure: totalExposure(exposures),
    exposures,
    grossNotionalUsd: notional,
    stress: stressed,
    ...(worstStress === undefined ? {} : { worstStress }),
    worstWide: worst(points) ?? none,
    worstInside: worst(points.filter((_, at) => grid.inside[at])) ?? none,
    positions: built.book.positions.length,
    excluded: built.excluded.length,
  };
  return { built, charge, figures, exposures, stress, wide };
}

export function pointOf({ label, priceMove }: Scenario, profitUsd: number): ScenarioPoint {
  return { label, priceMove, profitUsd: profitUsd === 0 ? 0 : profitUsd };
}

/** The first of the lowest profits. */
export function worst(points: readonly ScenarioPoint[]): ScenarioPoint | undefined {
  return points.reduce<ScenarioPoint | undefined>(
    (lowest, point) => (lowest === undefined || point.profitUsd < lowest.profitUsd ? point : lowest),
    undefined,
  );
}
