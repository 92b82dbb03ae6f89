import type { AccountResult, MatrixCell, RiskMatrix } from "../../client/types.ts";

/** What a cell shows. */
export type ValueMode = "amount" | "equity" | "before";

export const valueModes: readonly ValueMode[] = ["amount", "equity", "before"];

export interface GridColumn {
  readonly group: string;
  readonly priceMove: number;
}

/** A matrix as rows of volatility and columns of price; extended scenarios stand beside the standard grid. */
export interface MatrixGrid {
  readonly columns: readonly GridColumn[];
  /** Rows from the highest volatility down. */
  readonly rows: readonly { readonly volatility: string; readonly cells: readonly (MatrixCell | undefined)[] }[];
}

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

const rowOrder = ["up", "same", "down"];

export function matrixGrid(matrix: RiskMatrix): MatrixGrid {
  const groups = [...new Set(matrix.cells.map(({ group }) => group))].sort(
    (a, b) => Number(b === "standard") - Number(a === "standard"),
  );
  const columns = groups.flatMap((group) => {
    const moves = new Set(matrix.cells.filter((cell) => cell.group === group).map(({ priceMove }) => priceMove));
    return [...moves].sort((a, b) => a - b).map((priceMove) => ({ group, priceMove }));
  });
  const words = [...new Set(matrix.cells.map(({ volatility }) => volatility))];
  const known = rowOrder.filter((word) => words.includes(word));
  const rows = [...known, ...words.filter((word) => !rowOrder.includes(word))].map((volatility) => ({
    volatility,
    cells: columns.map(({ group, priceMove }) =>
      matrix.cells.find(
        (cell) => cell.group === group && cell.priceMove === priceMove && cell.volatility === volatility,
      ),
    ),
  }));
  return { columns, rows };
}

/** Value of a cell in a mode; `undefined` for a share of an equity that is not known or not positive. */
export function cellValue(cell: MatrixCell, mode: ValueMode, account: AccountResult): number | undefined {
  if (mode === "before") return cell.beforeOffsets;
  if (mode === "amount") return cell.amount;
  const equity = (account.equity ?? account.marginBalance)?.amount;
  return equity !== undefined && equity > 0 ? cell.amount / equity : undefined;
}

/** Where a scenario stands in the grid. */
export function placeOf(grid: MatrixGrid, scenarioId: string | undefined): CellPlace | undefined {
  for (const [row, { cells }] of grid.rows.entries()) {
    const column = cells.findIndex((cell) => cell?.scenarioId === scenarioId);
    if (column >= 0 && scenarioId !== undefined) return { row, column };
  }
  return undefined;
}

/** The next cell that exists in a direction; the same place when there is none. */
export function moved(grid: MatrixGrid, from: CellPlace, rows: number, columns: number): CellPlace {
  let [row, column] = [from.row + rows, from.column + columns];
  while (grid.rows[row] !== undefined && grid.columns[column] !== undefined) {
    if (grid.rows[row]?.cells[column] !== undefined) return { row, column };
    row += rows;
    column += columns;
  }
  return from;
}

/** Where a key leads: arrows to the next cell, Home and End to the ends of the row, `b` to the binding cell. */
export function placeByKey(
  grid: MatrixGrid,
  from: CellPlace,
  key: string,
  bindingId: string | undefined,
): CellPlace | undefined {
  if (key === "ArrowLeft") return moved(grid, from, 0, -1);
  if (key === "ArrowRight") return moved(grid, from, 0, 1);
  if (key === "ArrowUp") return moved(grid, from, -1, 0);
  if (key === "ArrowDown") return moved(grid, from, 1, 0);
  if (key === "Home") return rowEnd(grid, from, -1);
  if (key === "End") return rowEnd(grid, from, 1);
  return key === "b" ? placeOf(grid, bindingId) : undefined;
}

/** The first (`-1`) or last (`1`) cell of the same row. */
export function rowEnd(grid: MatrixGrid, from: CellPlace, side: -1 | 1): CellPlace {
  let at = from;
  for (let next = moved(grid, at, 0, side); next !== at; next = moved(grid, at, 0, side)) at = next;
  return at;
}

/** Largest |value| of a matrix: the reach of its colours; 0 when everything is zero or missing. */
export function reach(matrix: RiskMatrix, mode: ValueMode, account: AccountResult): number {
  return Math.max(0, ...matrix.cells.map((cell) => Math.abs(cellValue(cell, mode, account) ?? 0)));
}

/** What the matrix says, in one sentence, for those who do not see it. */
export function matrixSummary(matrix: RiskMatrix, money: (amount: number) => string): string {
  const sorted = [...matrix.cells].sort((a, b) => a.amount - b.amount);
  const [worst] = sorted;
  const best = sorted.at(-1);
  if (!worst || !best) return "The matrix is empty.";
  const binding = matrix.cells.find(({ scenarioId }) => scenarioId === matrix.bindingScenarioId);
  const binds = binding ? `${binding.label} binds with ${money(binding.amount)}` : "no scenario loses";
  return `${matrix.cells.length} scenarios: worst ${money(worst.amount)} at ${worst.label}, best ${money(best.amount)} at ${best.label}; ${binds}.`;
}
