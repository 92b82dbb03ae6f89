import { failed, type Result, success } from "../base/index.ts";
import { usdPerUnit } from "../methodology/index.ts";
import type { PositionId } from "../portfolio/index.ts";
import { buildCube, runKernel } from "../revaluation/index.ts";
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

  const set = under.value.scenarios(book).find(({ id }) => id === setId);
  const column = set?.scenarios.findIndex(({ id }) => id === scenarioId) ?? -1;
  const scenario = set?.scenarios[column];
  if (set === undefined || scenario === undefined)
    return failed("not-found", `${run.methodology.id} has no scenario ${scenarioId} in ${setId} for this portfolio`);

  const held = book.positions.filter(
    ({ position }) => set.underlying === undefined || position.instrument.underlying === set.underlying,
  );
  const instruments = held.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  // The whole set, as the run revalued it: its values are at hand.
  const { rowOf, values } = buildCube(set, instruments, run.kernel ?? runKernel());
  const width = set.scenarios.length;
  const positions = held.map(({ position: { id, instrument, quantity } }) => {
    const profit = quantity * (values[(rowOf.get(instrument.id) ?? Number.NaN) * width + column] ?? 0);
    const { symbol, underlying, settlement } = instrument;
    const profitUsd = profit * usdPerUnit(book.indices, settlement);
    return { id, symbol, underlying, settlement, quantity, profit, profitUsd };
  });
  return success({ setId, scenarioId, label: scenario.label, positions });
}
