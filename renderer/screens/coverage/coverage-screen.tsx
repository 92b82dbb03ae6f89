import { Button } from "@mantine/core";
import { useMemo } from "react";
import answerPanel from "../../app/answer-panel.module.css";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { Coverage } from "../../client/listed.ts";
import { FilterInput } from "../../grids/filter-input.tsx";
import type { TreeNode } from "../../grids/tree.ts";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { coverageStore, coverageWork } from "../../state/coverage.ts";
import { chosenName, useSession } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import styles from "./coverage.module.css";
import { coverageColumns } from "./coverage-columns.ts";
import { type CoverageFigures, type CoverageRow, coverageCsv, coverageTree } from "./coverage-rows.ts";
import { MixedTable } from "./mixed-table.tsx";

export default function CoverageScreen() {
  const coverage = useWork(coverageWork, (s) => s.value);
  const { compute } = coverageStore.getState();
  const frame = useWorkFrame(coverageWork, () => void compute(), coverage ? marksOf(coverage) : []);
  const portfolio = useSession((s) => chosenName(s.portfolio));
  return (
    <PanelFrame
      panel="coverage"
      title="Methods by position"
      {...frame}
      empty={
        <div className={answerPanel.start}>
          <p>
            Which methods can margin each position of the book, and why the others cannot; and the book split over a
            method for crypto and one for listed positions.
          </p>
          <Button size="sm" onClick={() => void compute()}>
            Ask all methods about {portfolio}
          </Button>
        </div>
      }
      csv={coverage && (() => coverageCsv(coverage))}
      toolbar={
        <Button size="compact-xs" variant="default" onClick={() => void compute()}>
          Ask all methods
        </Button>
      }
    >
      {coverage && (
        <div className={styles.layout}>
          <MixedTable coverage={coverage} />
          <PositionTree coverage={coverage} />
        </div>
      )}
    </PanelFrame>
  );
}

const textOf = ({ label, value }: TreeNode<CoverageFigures>): string => `${label} ${value.words}`;

function PositionTree({ coverage }: { readonly coverage: Coverage }) {
  const nodes = useMemo(() => coverageTree(coverage), [coverage]);
  const { rows, filter, setFilter, toggle } = useTree(nodes, 0, textOf);
  const columns = useMemo(() => coverageColumns(coverage.methods.length, toggle), [coverage, toggle]);
  return (
    <>
      <div className={styles.line}>
        <FilterInput label="Filter positions and methods" value={filter} onChange={setFilter} />
        <span className="muted">Open a position for the answer of every method.</span>
      </div>
      <div className={styles.grid}>
        <TreeGrid<CoverageRow>
          label="Methods by position"
          rows={rows}
          columns={columns}
          onToggle={toggle}
          emptyText={filter === "" ? "No positions." : `Nothing matches "${filter}".`}
        />
      </div>
    </>
  );
}

function marksOf({ uncovered }: Coverage): Mark[] {
  return uncovered === 0
    ? []
    : [{ kind: "partial", text: `${uncovered} uncovered`, detail: "Positions that no method can margin." }];
}
