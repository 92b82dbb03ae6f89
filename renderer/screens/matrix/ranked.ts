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

/** Whether scenarios of the tail count differently; the last one of a tail mean often counts in part. */
export function hasUnequalWeights(rows: readonly RankedRow[]): boolean {
  const weights = rows.flatMap(({ weight }) => (weight === undefined ? [] : [weight]));
  return new Set(weights.slice(0, -1)).size > 1;
}

/** A cell with its label as the screen writes it. */
export function screenCell(cell: MatrixCell): MatrixCell {
  return { ...cell, label: movesText(cell.label) };
}

/** Moves as the screen writes them, with a minus sign: `2026-02-12: price −18.6 %`. */
export function movesText(label: string): string {
  return label.replaceAll(/ -(?=\d)/g, " \u2212");
}
