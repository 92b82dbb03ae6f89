import { useMemo } from "react";
import type { ChangeExplanation } from "../../client/attribution.ts";
import { FilterInput } from "../../grids/filter-input.tsx";
import type { TreeNode } from "../../grids/tree.ts";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { selection } from "../../state/selection.ts";
import styles from "./change.module.css";
import { changeColumns } from "./change-columns.ts";
import { type ChangeFigures, type ChangeRow, changeTotal, changeTree } from "./change-rows.ts";

const textOf = ({ label }: TreeNode<ChangeFigures>): string => label;

/** Steps with what moved in them; a selected position or line is selected everywhere. */
export function ChangeTable({ change }: { readonly change: ChangeExplanation }) {
  const nodes = useMemo(() => changeTree(change), [change]);
  const { rows, filter, setFilter, toggle } = useTree(nodes, 0, textOf);
  const columns = useMemo(() => changeColumns(change, toggle), [change, toggle]);
  const totals = useMemo(() => changeTotal(change), [change]);
  return (
    <div className={styles.table}>
      <div className={styles.filter}>
        <FilterInput label="Filter steps, positions and lines" value={filter} onChange={setFilter} />
      </div>
      <div className={styles.grid}>
        <TreeGrid<ChangeRow>
          label="Change step by step"
          rows={rows}
          columns={columns}
          onToggle={toggle}
          pinnedBottomRows={totals}
          rowClass={({ level }) => (level === 1 ? "tree-group tree-group-1" : undefined)}
          onSelect={(picked) => {
            const positions = picked.flatMap(({ value }) => value.positionId ?? []);
            const line = picked.find(({ value }) => value.lineId !== undefined)?.value.lineId;
            if (positions.length > 0) selection.getState().selectPositions(positions);
            if (line !== undefined) selection.getState().selectLine(line);
          }}
          emptyText={filter === "" ? "Nothing differs." : `Nothing matches "${filter}".`}
        />
      </div>
    </div>
  );
}
