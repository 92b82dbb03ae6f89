import { failed, type Result, success } from "../base/index.ts";
import { usdPerUnit } from "../methodology/index.ts";
import type { PositionId } from "../portfolio/index.ts";
import { buildCube, cubeOf, runKernel } from "../revaluation/index.ts";
import { buildBook } from "./build-book.ts";
import type { MarginRun } from "./run-margin.ts";

/** Profit of one position in one scenario, before any offset, damping or scaling of a method. */
export interface ScenarioProfit {
  readonly id: PositionId;
  readonly symbol: string;
  readonly underlying: string;
  readonly settlement: string;
  readonly quantity: number;
  /** Settlement currency; gain > 0. */
  readonly profit: number;
  /** `profit` at the index before the shock. */
  readonly profitUsd: number;
  /** In joint scenarios, whose losses count profit in coin at the shocked index: what the position adds to the book's. */
  readonly jointProfitUsd?: number;
}

export interface ScenarioProfits {
  readonly setId: string;
  readonly scenarioId: string;
  readonly label: string;
  /** Every position of the set's underlying, in the order of the portfolio. */
  readonly positions: readonly ScenarioProfit[];
}

export interface ScenarioChoice {
  readonly setId: string;
  readonly scenarioId: string;
}

/**
 * Profit of each position in one scenario of a methodology: what stands behind a cell of its risk matrix.
 *
 * @param run    as for `runMargin`; only the set of the scenario is revalued
 * @param choice scenario set and scenario, as a `RiskMatrix` names them
 * @returns one entry a position; `not-found` when the methodology has no such set or scenario for this book, else the
 *          failures of `runMargin`
 */
export function scenarioProfits(run: MarginRun, choice: ScenarioChoice): Result<ScenarioProfits> {
  const { setId, scenarioId } = choice;
  const under = run.methodology.under(run.rules.parameters);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const { book } = built.value;

  const sets = [...under.value.scenarios(book), ...(under.value.summedScenarios?.(book) ?? [])].filter(
    ({ id, joint }) => id === setId || joint === setId,
  );
  const column = sets[0]?.scenarios.findIndex(({ id }) => id === scenarioId) ?? -1;
  const scenario = sets[0]?.scenarios[column];
  if (scenario === undefined)
    return failed("not-found", `${run.methodology.id} has no scenario ${scenarioId} in ${setId} for this portfolio`);

  const instruments = book.positions.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  const kernel = run.kernel ?? runKernel();
  // The whole set, as the run revalued it: its values are at hand. Of long joint sets the one scenario.
  const cubes = sets.map((set) =>
    set.joint === undefined ? buildCube(set, instruments, kernel) : cubeOf(set, [column], instruments, kernel),
  );
  const positions = book.positions.flatMap(({ position: { id, instrument, quantity } }) => {
    const place = cubes.findIndex(({ rowOf }) => rowOf.has(instrument.id));
    const cube = cubes[place];
    if (cube === undefined) return [];
    const width = cube.scenarios.length;
    const row = cube.rowOf.get(instrument.id) ?? Number.NaN;
    const profit = quantity * (cube.values[row * width + (width === 1 ? 0 : column)] ?? 0);
    const { symbol, underlying, settlement } = instrument;
    const profitUsd = profit * usdPerUnit(book.indices, settlement);
    const set = sets[place];
    const inCoin = instrument.payoff === "inverse" && instrument.kind !== "spot";
    const moved = inCoin ? 1 + (set?.scenarios[column]?.priceMove ?? 0) : 1;
    const joint = set?.joint === undefined ? {} : { jointProfitUsd: profitUsd * moved };
    return { id, symbol, underlying, settlement, quantity, profit, profitUsd, ...joint };
  });
  return success({ setId, scenarioId, label: scenario.label, positions });
}
