import { useMemo } from "react";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { FilterInput } from "../../grids/filter-input.tsx";
import type { TreeNode } from "../../grids/tree.ts";
import { TreeButtons } from "../../grids/tree-buttons.tsx";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { useNettingPanel } from "../../state/netting.ts";
import { useWork } from "../../state/work.ts";
import styles from "./netting.module.css";
import { pairingColumns } from "./pairing-columns.ts";
import { type PairingFigures, type PairingRow, pairingTree } from "./pairing-rows.ts";

const textOf = ({ label, value }: TreeNode<PairingFigures>): string => `${label} ${value.from}`;

/** What the strategy-based method paired with what, leg by leg, out of its statement. */
export function PairingView() {
  const { pairingWork } = useNettingPanel();
  const result = useWork(pairingWork, (s) => s.value);
  const failure = useWork(pairingWork, (s) => s.failure);
  const nodes = useMemo(() => (result ? pairingTree(result) : []), [result]);
  const { rows, filter, setFilter, toggle, openAll, closeAll } = useTree(nodes, 2, textOf);
  const columns = useMemo(() => pairingColumns("USD", toggle), [toggle]);
  if (failure) return <FailureBanner failure={failure} />;
  if (!result) return <p className={styles.line}>The pairing is being computed…</p>;
  return (
    <>
      <div className={styles.line}>
        <FilterInput label="Filter strategies and legs" value={filter} onChange={setFilter} />
        <TreeButtons openAll={openAll} closeAll={closeAll} />
        <span className="muted">The cheapest legal pairing; options at market paid above 0.</span>
      </div>
      <div className={styles.grid}>
        <TreeGrid<PairingRow>
          label="Pairing of legs by underlying"
          rows={rows}
          columns={columns}
          onToggle={toggle}
          rowClass={({ level }) => (level < 3 ? `tree-group tree-group-${level}` : undefined)}
          emptyText={filter === "" ? "No options or shares to pair." : `Nothing matches "${filter}".`}
        />
      </div>
    </>
  );
}
