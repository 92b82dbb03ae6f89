import { type KeyboardEvent, useId, useRef } from "react";
import { rawNumber } from "../../../core/base/format.ts";
import { divergingStep, palettes, textOn } from "../../app/theme/palettes.ts";
import type { AccountResult, MatrixCell, RiskMatrix } from "../../client/types.ts";
import { priceAxis, shockText } from "../../figures/axes.ts";
import { usePreferences } from "../../state/preferences.ts";
import { cellSentence, cellText, volatilityText } from "./cell-text.ts";
import styles from "./matrix.module.css";
import { type CellPlace, cellValue, matrixGrid, placeByKey, placeOf, reach, type ValueMode } from "./matrix-grid.ts";

interface HeatMapProps {
  readonly account: AccountResult;
  readonly matrix: RiskMatrix;
  readonly mode: ValueMode;
  readonly selected: string | undefined;
  readonly onSelect: (cell: MatrixCell) => void;
  /** Enter or double click: what stands behind the cell. */
  readonly onDrill: (cell: MatrixCell) => void;
  readonly onMode: () => void;
  readonly onClose: () => void;
}

/** The matrix as a grid of cells that the arrows walk; colour repeats what sign and number say. */
export function HeatMap({ account, matrix, mode, selected, onSelect, onDrill, onMode, onClose }: HeatMapProps) {
  const palette = palettes[usePreferences((s) => s.palette)].steps;
  const caption = useId();
  const table = useRef<HTMLTableElement>(null);
  const grid = matrixGrid(matrix);
  const limit = reach(matrix, mode, account);
  const here = placeOf(grid, selected) ?? placeOf(grid, matrix.bindingScenarioId) ?? firstCell(grid.rows);

  const goTo = (place: CellPlace | undefined): void => {
    const cell = place && grid.rows[place.row]?.cells[place.column];
    if (!cell) return;
    onSelect(cell);
    table.current?.querySelector<HTMLElement>(`[data-scenario="${CSS.escape(cell.scenarioId)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !here) return;
    const cell = grid.rows[here.row]?.cells[here.column];
    const place = placeByKey(grid, here, event.key, matrix.bindingScenarioId);
    if (place) goTo(place);
    else if (event.key === "Enter" && cell) onDrill(cell);
    else if (event.key === "Escape") onClose();
    else if (event.key === "v") onMode();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const colour = (value: number | undefined) => {
    const background = value === undefined ? undefined : palette[divergingStep(value, limit)];
    return background === undefined ? {} : { background, color: textOn(background) };
  };
  const equityShare = (cell: MatrixCell) => cellValue(cell, "equity", account);
  const standard = grid.columns.filter(({ group }) => group === "standard").length;

  return (
    <table ref={table} className={styles.table} aria-labelledby={caption}>
      <caption id={caption} className={styles.caption}>
        {matrix.title} <small>profit in {mode === "equity" ? "% of equity" : matrix.unit}, gain &gt; 0</small>
      </caption>
      <thead>
        {standard < grid.columns.length && (
          <tr>
            <td />
            <th colSpan={standard} scope="colgroup" className={styles.group}>
              Standard: price move
            </th>
            <th colSpan={grid.columns.length - standard} scope="colgroup" className={styles.group} data-beside>
              Extended
            </th>
          </tr>
        )}
        <tr>
          <td />
          {grid.columns.map(({ group, priceMove, startsGroup }) => (
            <th
              key={`${group} ${priceMove}`}
              scope="col"
              data-zero={priceMove === 0}
              {...(startsGroup && { "data-beside": true })}
            >
              {shockText(priceAxis, priceMove)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.rows.map(({ volatility, cells }, row) => (
          <tr key={volatility} data-zero={volatility === "same"}>
            <th scope="row">{volatilityText(volatility)}</th>
            {cells.map((cell, column) => {
              const { group, priceMove, startsGroup } = grid.columns[column] ?? {};
              const beside = startsGroup ? { "data-beside": true } : {};
              if (!cell) return <td key={`${group} ${priceMove}`} className={styles.none} {...beside} />;
              const value = cellValue(cell, mode, account);
              const binds = cell.scenarioId === matrix.bindingScenarioId;
              const isHere = here?.row === row && here.column === column;
              return (
                <td key={cell.scenarioId} className={styles.place} {...beside}>
                  <button
                    type="button"
                    tabIndex={isHere ? 0 : -1}
                    className={styles.cell}
                    style={colour(value)}
                    data-scenario={cell.scenarioId}
                    data-value={rawNumber(value)}
                    data-zero={priceMove === 0 || volatility === "same"}
                    aria-pressed={cell.scenarioId === selected}
                    aria-label={cellSentence(cell, matrix.unit, equityShare(cell), binds)}
                    {...(binds && { "data-binding": true })}
                    onClick={() => onSelect(cell)}
                    onDoubleClick={() => onDrill(cell)}
                    onFocus={() => cell.scenarioId !== selected && onSelect(cell)}
                    onKeyDown={onKeyDown}
                  >
                    {binds && <span className={styles.dot}>● binds</span>}
                    {cellText(value, mode, matrix.unit)}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function firstCell(rows: ReturnType<typeof matrixGrid>["rows"]): CellPlace | undefined {
  const row = rows.findIndex(({ cells }) => cells.some((cell) => cell !== undefined));
  const column = rows[row]?.cells.findIndex((cell) => cell !== undefined) ?? -1;
  return row < 0 || column < 0 ? undefined : { row, column };
}
