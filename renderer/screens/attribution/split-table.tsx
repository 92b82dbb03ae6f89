import { useMemo } from "react";
import type { AttributionRun } from "../../client/attribution.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { selection, useSelection } from "../../state/selection.ts";
import { splitColumns } from "./split-columns.ts";
import { type SplitRow, splitRows, totalRows } from "./split-rows.ts";

const idOf = ({ id }: SplitRow): string => id;

/** Every way beside the others, one group a row; selecting groups selects their positions everywhere. */
export function SplitTable({ run }: { readonly run: AttributionRun }) {
  const rows = useMemo(() => splitRows(run), [run]);
  const columns = useMemo(() => splitColumns(run), [run]);
  const totals = useMemo(() => totalRows(run), [run]);
  const chosen = useSelection((s) => s.positions);
  const selected = useMemo(() => {
    const known = new Set(chosen);
    return rows.filter(({ positions }) => positions.some((id) => known.has(id))).map(idOf);
  }, [rows, chosen]);
  return (
    <DataGrid<SplitRow>
      label={`Contributions by ${run.grouping}`}
      rows={rows}
      columns={columns}
      rowId={idOf}
      pinnedBottomRows={totals}
      selected={selected}
      onSelect={(picked) => selection.getState().selectPositions(picked.flatMap(({ positions }) => positions))}
      emptyText="No positions."
    />
  );
}
