import type { Scenario, ScenarioSet, VolatilityShock } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { signedPercent } from "../parts/extended-risk-matrix-scenarios.ts";
import { oncePer } from "../parts/once-per.ts";
import { underlyingsOf } from "./held.ts";
import type { LegacyRules } from "./rules.ts";

export type VolatilityRow = "down" | "same" | "up";
const rows: readonly VolatilityRow[] = ["down", "same", "up"];

/** A scenario of the matrix with its place: price column (from 0) and volatility row. */
export interface MatrixScenario extends Scenario {
  readonly column: number;
  readonly row: VolatilityRow;
}

/** The matrix of one underlying: every price column with volatility down, same and up. */
export const matrixScenarios = oncePer(({ priceMoves, volatility }: LegacyRules): readonly MatrixScenario[] => {
  const { mode, up, down, referenceDays, shortPower, longPower, minimumDays } = volatility;
  const tenor = { referenceDays, shortPower, longPower, minimumDays };
  const shocks: Readonly<Record<VolatilityRow, VolatilityShock | undefined>> = {
    down: { mode, change: -down, tenor },
    same: undefined,
    up: { mode, change: up, tenor },
  };
  return priceMoves.flatMap((priceMove, column) =>
    rows.map((row) => {
      const shock = shocks[row];
      return {
        id: `${column + 1}-${row}`,
        label: `${signedPercent(priceMove)} / vol ${row}`,
        priceMove,
        ...(shock === undefined ? {} : { volatility: shock }),
        column,
        row,
      };
    }),
  );
});

/** Two sets per underlying of the book: its matrix, and the volatility-up move whose profit by expiry is the vega that offsets. */
export function scenarioSets(book: Book, rules: LegacyRules): readonly ScenarioSet[] {
  return underlyingsOf(book).flatMap((underlying): ScenarioSet[] => [
    { id: setIdOf(underlying), repricer: "model", underlying, scenarios: matrixScenarios(rules) },
    { id: vegaSetIdOf(underlying), repricer: "model", underlying, scenarios: vegaScenarios(rules) },
  ]);
}

const vegaScenarios = oncePer((rules: LegacyRules): readonly Scenario[] => {
  const up = matrixScenarios(rules).find(({ row }) => row === "up")?.volatility;
  return [{ id: "up", label: "volatility up", priceMove: 0, ...(up === undefined ? {} : { volatility: up }) }];
});

/** Id of the matrix of an underlying. */
export function setIdOf(underlying: string): string {
  return `matrix-${underlying}`;
}

/** Id of the vega scenario of an underlying. */
export function vegaSetIdOf(underlying: string): string {
  return `vega-${underlying}`;
}
