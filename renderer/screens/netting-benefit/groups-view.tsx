import { useMemo, useState } from "react";
import { Segments } from "../../app/segments.tsx";
import type { NettingBenefit } from "../../client/listed.ts";
import { FilterInput } from "../../grids/filter-input.tsx";
import type { TreeNode } from "../../grids/tree.ts";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import styles from "./netting.module.css";
import { nettingColumns } from "./netting-columns.ts";
import {
  type NettingFigures,
  type NettingRow,
  nettingTotals,
  nettingTree,
  type PositionFigure,
} from "./netting-rows.ts";

const textOf = ({ label }: TreeNode<NettingFigures>): string => label;

/** Requirement and saving by group of underlyings and by position. */
export function GroupsView({ benefit }: { readonly benefit: NettingBenefit }) {
  const [figure, setFigure] = useState<PositionFigure>("alone");
  const nodes = useMemo(() => nettingTree(benefit, figure), [benefit, figure]);
  const { rows, filter, setFilter, toggle } = useTree(nodes, 1, textOf);
  const columns = useMemo(() => nettingColumns(benefit, toggle), [benefit, toggle]);
  const totals = useMemo(() => nettingTotals(benefit), [benefit]);
  return (
    <>
      <div className={styles.line}>
        <FilterInput label="Filter groups and positions" value={filter} onChange={setFilter} />
        <Segments
          label="Figures of positions"
          options={[
            { value: "alone", label: "Positions alone" },
            { value: "incremental", label: "Incremental" },
          ]}
          value={figure}
          onChange={setFigure}
        />
        <span className="muted">
          {figure === "alone"
            ? "A position as if it were the only one."
            : "The book less the book without the position: below 0 where it hedges; they do not add up."}
        </span>
      </div>
      <div className={styles.grid}>
        <TreeGrid<NettingRow>
          label="Netting benefit by group and position"
          rows={rows}
          columns={columns}
          onToggle={toggle}
          pinnedBottomRows={totals}
          rowClass={({ level, expanded }) => (expanded === undefined ? undefined : `tree-group tree-group-${level}`)}
          emptyText={filter === "" ? "No positions." : `No position matches "${filter}".`}
        />
      </div>
    </>
  );
}
