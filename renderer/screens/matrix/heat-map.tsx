import { type ReactNode, useRef } from "react";
import { rawNumber } from "../../../core/base/format.ts";
import { divergingStep, palettes, textOn } from "../../app/theme/palettes.ts";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import type { MatrixCell, RiskMatrix } from "../../client/types.ts";
import { usePreferences } from "../../state/preferences.ts";
import { cellDecimals, cellSentence, cellText, moveText, volatilityText } from "./cell-text.ts";
import styles from "./matrix.module.css";
import {
  type CellPlace,
  cellValue,
  type MatrixGrid,
  matrixGrid,
  placeByKey,
  placeOf,
  reach,
  type ValueMode,
} from "./matrix-grid.ts";
import type { MatrixViewProps } from "./matrix-view.ts";

/** The matrix as a grid of cells that the arrows walk; colour repeats what sign and number say. */
export function HeatMap({ account, matrix, mode, selected, onSelect, onDrill, onMode, onClose }: MatrixViewProps) {
  const palette = palettes[usePreferences((s) => s.palette)].steps;
  const place = useRef<HTMLDivElement>(null);
  const grid = matrixGrid(matrix);
  const limit = reach(matrix, mode, account);
  const decimals = cellDecimals(limit, matrix.unit);
  const here = placeOf(grid, selected) ?? placeOf(grid, matrix.bindingScenarioId) ?? firstCell(grid.rows);

  const goTo = (target: CellPlace | undefined): void => {
    const cell = target && grid.rows[target.row]?.cells[target.column];
    if (!cell) return;
    onSelect(cell);
    place.current?.querySelector<HTMLElement>(`[data-scenario="${CSS.escape(cell.scenarioId)}"]`)?.focus();
  };
  usePanelKeys(place, (key) => {
    const cell = here && grid.rows[here.row]?.cells[here.column];
    if (!here || !cell) return false;
    const target = placeByKey(grid, here, key, matrix.bindingScenarioId);
    if (target) goTo(target);
    else if (key === "Enter") onDrill(cell);
    else if (key === "Escape") onClose();
    else if (key === "v") onMode();
    else return false;
    return true;
  });

  const colour = (value: number | undefined) => {
    const background = value === undefined ? undefined : palette[divergingStep(value, limit)];
    return background === undefined ? {} : { background, color: textOn(background) };
  };
  const groups = [...new Set(grid.columns.map(({ group }) => group))];
  const cellButton = (cell: MatrixCell, place: CellPlace) => {
    const value = cellValue(cell, mode, account);
    const binds = cell.scenarioId === matrix.bindingScenarioId;
    // The name begins with what is seen, so that speech input finds the cell.
    const text = cellText(value, mode, decimals);
    const sentence = cellSentence(cell, matrix.unit, cellValue(cell, "equity", account), binds);
    const isHere = here?.row === place.row && here.column === place.column;
    return (
      <button
        type="button"
        tabIndex={isHere ? 0 : -1}
        className={styles.cell}
        data-keys="panel"
        style={colour(value)}
        data-scenario={cell.scenarioId}
        data-value={rawNumber(value)}
        data-zero={cell.priceMove === 0 || cell.volatility === "same"}
        aria-pressed={cell.scenarioId === selected}
        aria-label={`${binds ? "● binds " : ""}${text}; ${sentence}`}
        {...(binds && { "data-binding": true })}
        onClick={() => onSelect(cell)}
        onDoubleClick={() => onDrill(cell)}
        onFocus={() => cell.scenarioId !== selected && onSelect(cell)}
      >
        {binds && <span className={styles.dot}>● binds</span>}
        {text}
      </button>
    );
  };

  return (
    <div ref={place} className={styles.groups}>
      {groups.map((group) => (
        <GroupTable key={group} group={group} grid={grid} matrix={matrix} mode={mode} cellButton={cellButton} />
      ))}
    </div>
  );
}

interface GroupTableProps {
  readonly group: string;
  readonly grid: MatrixGrid;
  readonly matrix: RiskMatrix;
  readonly mode: ValueMode;
  readonly cellButton: (cell: MatrixCell, place: CellPlace) => ReactNode;
}

/** The standard grid, or the scenarios beside it. */
function GroupTable({ group, grid, matrix, mode, cellButton }: GroupTableProps) {
  const columns = grid.columns.flatMap((column, index) => (column.group === group ? [{ ...column, index }] : []));
  const rows = grid.rows
    .map((row, index) => ({ ...row, index }))
    .filter(({ cells }) => columns.some((column) => cells[column.index] !== undefined));
  const unit = mode === "equity" ? "% of equity" : matrix.unit;
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        {group === "standard" ? matrix.title : `${groupWords[group] ?? group} scenarios`}{" "}
        <small>profit in {unit}, gain &gt; 0, by price move in %</small>
      </caption>
      <thead>
        <tr>
          <td />
          {columns.map(({ priceMove }) => (
            <th key={priceMove} scope="col" data-zero={priceMove === 0}>
              {moveText(priceMove)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ volatility, cells, index: row }) => (
          <tr key={volatility} data-zero={volatility === "same"}>
            <th scope="row">{volatilityText(volatility)}</th>
            {columns.map(({ priceMove, index: column }) => {
              const cell = cells[column];
              return (
                <td key={priceMove} className={styles.place}>
                  {cell && cellButton(cell, { row, column })}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const groupWords: Readonly<Record<string, string>> = { extended: "Extended" };

function firstCell(rows: ReturnType<typeof matrixGrid>["rows"]): CellPlace | undefined {
  const row = rows.findIndex(({ cells }) => cells.some((cell) => cell !== undefined));
  const column = rows[row]?.cells.findIndex((cell) => cell !== undefined) ?? -1;
  return row < 0 || column < 0 ? undefined : { row, column };
}
