import { useMemo, useRef } from "react";
import { formatNumber, formatPercent, moneyDecimals } from "../../../core/base/format.ts";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import type { AccountResult, RiskMatrix } from "../../client/types.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import styles from "./matrix.module.css";
import { cellValue, type ValueMode } from "./matrix-grid.ts";
import type { MatrixViewProps } from "./matrix-view.ts";
import { hasUnequalWeights, type RankedRow, rankedRows } from "./ranked.ts";

/** Scenarios of a history or a simulation, the largest loss first. */
export function RankedList({ account, matrix, mode, selected, onSelect, onDrill, onMode, onClose }: MatrixViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rankedRows(matrix, account), [matrix, account]);
  const weighted = hasUnequalWeights(rows);
  const columns = useMemo(() => rankedColumns(matrix, mode, account, weighted), [matrix, mode, account, weighted]);
  const chosen = useMemo(() => (selected === undefined ? [] : [selected]), [selected]);
  usePanelKeys(place, (key) => {
    const binding = rows.find(({ binds }) => binds);
    if (key === "v") onMode();
    else if (key === "Escape") onClose();
    else if (key === "b" && binding) onSelect(binding.cell);
    else return false;
    return true;
  });
  return (
    <div ref={place} className={styles.ranked}>
      <p className={styles.caption}>
        {matrix.title}{" "}
        <small>profit of the book in {unitOf(matrix, mode)}, gain &gt; 0; ● at the rank of the VaR</small>
      </p>
      <div className={styles.rankedGrid}>
        <DataGrid<RankedRow>
          label={matrix.title}
          rows={rows}
          columns={columns}
          rowId={rowId}
          selected={chosen}
          onSelect={([row]) => {
            if (!row) return;
            onSelect(row.cell);
            onDrill(row.cell);
          }}
          onOpen={({ cell }) => onDrill(cell)}
          rowClass={({ binds }) => (binds ? "row-binding" : undefined)}
        />
      </div>
    </div>
  );
}

const rowId = ({ scenario }: RankedRow): string => scenario;

const unitOf = ({ unit }: RiskMatrix, mode: ValueMode): string => (mode === "equity" ? "% of equity" : unit);

const weightColumn = numberColumn<RankedRow>({
  id: "weight",
  header: "Weight",
  tooltip: "Of the scenario in the measure; blank outside the tail",
  value: ({ weight }) => weight,
  format: (value) => formatNumber(value, { decimals: 4 }),
  applies: (row) => (row as RankedRow).weight !== undefined,
  width: 66,
});

function rankedColumns(
  matrix: RiskMatrix,
  mode: ValueMode,
  account: AccountResult,
  weighted: boolean,
): GridColumn<RankedRow>[] {
  const decimals = moneyDecimals(matrix.unit);
  return [
    numberColumn<RankedRow>({
      id: "rank",
      header: "Rank",
      value: ({ rank }) => rank,
      format: (value) => formatNumber(value, { decimals: 0 }),
      width: 50,
    }),
    textColumn<RankedRow>({
      id: "scenario",
      header: "Scenario",
      tooltip: "The day on which the moves ended, or the path of a simulation",
      value: ({ scenario, binds }) => (binds ? `● ${scenario}` : scenario),
      width: 108,
    }),
    textColumn<RankedRow>({ id: "moves", header: "Price moves", value: ({ moves }) => moves, width: 206 }),
    numberColumn<RankedRow>({
      id: "profit",
      header: mode === "equity" ? "% of equity" : `Profit ${matrix.unit}`,
      value: ({ cell }) => cellValue(cell, mode, account),
      format: (value) =>
        mode === "equity" ? formatPercent(value, { unit: "" }).trim() : formatNumber(value, { decimals }),
      whyMissing: () => "the account has no positive balance",
      signal: true,
      width: 112,
    }),
    ...(weighted ? [weightColumn] : []),
  ];
}
