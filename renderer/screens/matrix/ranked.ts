import type { AccountResult, MatrixCell, RiskMatrix } from "../../client/types.ts";

/** One scenario of a list of the worst ones. */
export interface RankedRow {
  readonly cell: MatrixCell;
  /** From 1, the largest loss. */
  readonly rank: number;
  /** The day, or the path of a simulation. */
  readonly scenario: string;
  /** Price moves by underlying, in words. */
  readonly moves: string;
  /** In the measure; absent outside the tail. */
  readonly weight: number | undefined;
  readonly binds: boolean;
}

const rankWord = /^rank \d+$/;

/** Whether a matrix is a list of scenarios, worst first, instead of prices by volatilities. */
export function isRanked({ cells }: RiskMatrix): boolean {
  return cells.length > 0 && cells.every(({ volatility }) => rankWord.test(volatility));
}

/** The scenarios of a ranked matrix with the weights they have in the measure of their account. */
export function rankedRows(matrix: RiskMatrix, { decompositions = [] }: AccountResult): RankedRow[] {
  const tail = decompositions.find(({ kind, setId }) => kind === "tail-scenario" && setId === matrix.setId);
  const weights = new Map(tail?.entries.map(({ scenarioId, weight }) => [scenarioId, weight]));
  return matrix.cells.map((cell, place) => ({
    cell,
    rank: place + 1,
    scenario: cell.scenarioId,
    moves: movesText(
      cell.label.startsWith(`${cell.scenarioId}: `) ? cell.label.slice(cell.scenarioId.length + 2) : cell.label,
    ),
    weight: weights.get(cell.scenarioId),
    binds: cell.scenarioId === matrix.bindingScenarioId,
  }));
}

/** Moves as the screen writes them, with a minus sign: `2026-02-12: price −18.6 %`. */
export function movesText(label: string): string {
  return label.replaceAll(/ -(?=\d)/g, " \u2212");
}
