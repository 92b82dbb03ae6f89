import { DomainError } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition } from "../contract.ts";
import { combinedAmount } from "../statement.ts";
import { columnSums } from "./column-sums.ts";
import { cubeRows } from "./cube-rows.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";
import type { MatrixRules } from "./extended-risk-matrix-rules.ts";
import type { MatrixColumn } from "./extended-risk-matrix-scenarios.ts";
import { oncePerPositions } from "./once-per-positions.ts";

/** Coin held as equity that moves with the underlying (cross portfolio margin). */
export interface CoinEquity {
  readonly currency: string;
  /** Signed, coins. */
  readonly amount: number;
  /** Signed, USD. */
  readonly usd: number;
  /** Only its profit and loss at rising prices counts. */
  readonly risingOnly: boolean;
}

/** What is netted in one matrix: one pair vector (segregated), or everything of one base currency (cross). */
export interface MatrixContent {
  readonly id: string;
  readonly underlying: string;
  /** Unit of the entries: a settlement currency, or USD. */
  readonly unit: string;
  readonly index: number;
  /** Entries are in USD although products settle in coin. */
  readonly inUsd: boolean;
  /** Entries are in the underlying coin, so a USD amount is divided by the shocked price. */
  readonly inCoin: boolean;
  readonly vectors: readonly PairVector[];
  readonly equities: readonly CoinEquity[];
  readonly columns: readonly MatrixColumn[];
  readonly rules: MatrixRules;
  readonly pair: PairVector["pair"];
  readonly offset: PairVector["offset"];
  readonly risk: PairVector["risk"];
}

/** A matrix with its entries computed, a member of each array a column. */
export interface EvaluatedMatrix {
  readonly content: MatrixContent;
  /** Absent without positions. */
  readonly cube: PnlCube | undefined;
  readonly profits: Float64Array;
  readonly steps: readonly EntrySteps[];
  readonly scaled: readonly number[];
  readonly entries: readonly number[];
}

/** How a sum of profits becomes the entry that is compared; the statement shows the same steps. */
export interface EntrySteps {
  /** Factor of extended entries; absent for standard ones. */
  readonly scale?: number;
  /** Amount toward zero, ≥ 0; absent for standard entries. */
  readonly dampener?: number;
  /** Share of a positive entry that is kept. */
  readonly share: number;
  /** Most of a positive entry that is kept, unit of the matrix; ≥ 0. */
  readonly cap: number;
}

/**
 * Profit of a position in a scenario of the matrix.
 *
 *     profit = weight · unit profit · conversion
 *
 * weight     quantity; times index ÷ mark for linear futures taken at the index; times the index for coin profits in USD
 * conversion 1 + m for coin profits in USD (coin profit times shocked price), else 1
 */
export function positionWeight(content: MatrixContent, vector: PairVector, held: BookPosition): number {
  const { position, terms } = held;
  const quantity = takenAtIndex(content, vector, held)
    ? position.quantity * (terms.index / terms.mark)
    : position.quantity;
  return content.inUsd && vector.inverse ? quantity * vector.index : quantity;
}

/** Whether a position is a linear future or perpetual whose profit the rules take at the index. */
export function takenAtIndex(
  content: Pick<MatrixContent, "rules">,
  { inverse }: PairVector,
  { position }: BookPosition,
): boolean {
  const { linearFuturePrice } = content.rules.general;
  return linearFuturePrice === "index" && !inverse && position.instrument.kind !== "option";
}

/** See `positionWeight`. */
export function profitConversion(content: MatrixContent, vector: PairVector, priceMove: number): number {
  return content.inUsd && vector.inverse ? 1 + priceMove : 1;
}

/** Profit of coin equity at a price move, USD. */
export function equityProfit(equity: CoinEquity, priceMove: number): number {
  return equity.risingOnly && priceMove <= 0 ? 0 : equity.usd * priceMove;
}

/**
 * Sum of profits of everything in the matrix, a column a scenario: positions in order, then equity.
 *
 * @returns unit of the matrix; gain > 0; the compensated sum, bit-equal to `sum` over the same terms
 */
export function profitSums(content: MatrixContent, cube: PnlCube | undefined): Float64Array {
  const { columns } = content;
  const width = columns.length;
  const sums = columnSums(width);
  const conversions = new Float64Array(width);
  for (const vector of content.vectors) {
    if (cube === undefined) continue;
    const { values } = cube;
    for (let c = 0; c < width; c++) conversions[c] = profitConversion(content, vector, columns[c]?.priceMove ?? 0);
    const rows = matrixRows(vector.positions, cube);
    for (let at = 0; at < rows.length; at++) {
      const weight = positionWeight(content, vector, vector.positions[at] as BookPosition);
      sums.addRow(weight, values, (rows[at] as number) * width, conversions);
    }
  }
  for (const equity of content.equities)
    for (let c = 0; c < width; c++) sums.add(c, equityProfit(equity, columns[c]?.priceMove ?? 0));
  return Float64Array.from(columns, (_, c) => sums.total(c));
}

/**
 * The steps from the sum of profits to the entry of a column.
 *
 *     scale    = f · R/|m| · (1 + m)/(1 + s·R)        the last fraction for coin only
 *     dampener = (max(|m|/R, 1) − 1) · D / ((1 + s·R) · index)     the denominator for coin only
 *
 * with s the sign of the move m.
 */
export function entrySteps(content: MatrixContent, column: MatrixColumn): EntrySteps {
  const { pair, offset, risk, inCoin, index } = content;
  const { priceMove: move, group } = column;
  const edge = 1 + Math.sign(move) * pair.rules.priceRange;
  // UNCERTAIN: the price at which the cap's dollars become coin is not published; the scenario's own price is taken, as for the dampener.
  const shocked = group === "extended" ? edge : 1 + move;
  const cap = offset.rules.maximumOffsetProfit / (inCoin ? shocked * index : 1);
  const share = offset.rules.profitOffset;
  if (group === "standard") return { share, cap };
  const distance = Math.abs(move) / pair.rules.priceRange;
  const scale = (pair.rules.extendedTableFactor / distance) * (inCoin ? (1 + move) / edge : 1);
  const dampener = ((Math.max(distance, 1) - 1) * risk.rules.extendedDampener) / (inCoin ? edge * index : 1);
  return { scale, dampener, share, cap };
}

/** The sum of profits after scaling, before dampener and offset; what the venue calls pre-aggregated. */
export function scaledSum(steps: EntrySteps, profit: number): number {
  return steps.scale === undefined ? profit : steps.scale * profit;
}

/** The entry that is compared: dampened when extended, cut to the kept share when positive. */
export function aggregatedEntry(steps: EntrySteps, scaled: number): number {
  const entry =
    steps.dampener === undefined ? scaled : combinedAmount({ kind: "toward-zero", by: steps.dampener }, [scaled]);
  return keptEntry(entry, steps.share, steps.cap);
}

/** Cut to the kept share when positive. */
export function keptEntry(entry: number, share: number, cap: number): number {
  return entry > 0 ? Math.min(share * entry, cap) : entry + 0;
}

/**
 * Rows of positions in a cube, in their order.
 *
 * @throws DomainError when the cube lacks a position's instrument
 */
export function matrixRows(positions: readonly BookPosition[], cube: PnlCube): Float64Array {
  return rowsOnce(positions, cube);
}

const rowsOnce = oncePerPositions((list, cube: PnlCube) => {
  const rows = cubeRows(cube, list);
  const missing = rows.findIndex(Number.isNaN);
  if (missing >= 0)
    throw new DomainError("the cube must hold every instrument of the book", list[missing]?.instrument.id);
  return rows;
});
