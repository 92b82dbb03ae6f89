import { Button } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import sideDetail from "../../app/side-detail.module.css";
import { FilterInput } from "../../grids/filter-input.tsx";
import { pathTo, type TreeNode } from "../../grids/tree.ts";
import { TreeButtons } from "../../grids/tree-buttons.tsx";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { useSelection } from "../../state/selection.ts";
import { useSession } from "../../state/session.ts";
import { openHelp } from "../../state/workspace.ts";
import { decompositionCsv, sectionsOf } from "./decomposition-rows.ts";
import { DecompositionView } from "./decomposition-view.tsx";
import { LineDetail } from "./line-detail.tsx";
import styles from "./statement.module.css";
import { type StatementRow, statementColumns } from "./statement-columns.ts";
import { statementCsv } from "./statement-csv.ts";
import { bindingLines, findLine, firstBindingLine, type StatementValue, statementTree } from "./statement-tree.ts";

const textOf = ({ label, value: { line } }: TreeNode<StatementValue>): string =>
  line
    ? `${label} ${line.id} ${line.rule} ${line.component} ${line.inputs.map((input) => input.label).join(" ")}`
    : label;

export default function StatementScreen() {
  const frame = useMarginFrame();
  const result = useSession((s) => s.result);
  const line = useSelection((s) => s.line);
  const selectLine = useSelection((s) => s.selectLine);
  const selectPositions = useSelection((s) => s.selectPositions);
  const nodes = useMemo(() => (result ? statementTree(result) : []), [result]);
  const { rows, filter, setFilter, toggle, open, openAll, closeAll } = useTree(nodes, 3, textOf);
  const columns = useMemo(() => statementColumns(toggle), [toggle]);
  const selected = useMemo(() => (line === undefined ? [] : [line]), [line]);
  const shown = findLine(nodes, line)?.line;

  const sections = useMemo(() => sectionsOf(result), [result]);
  const [view, setView] = usePanelState<"lines" | "split">("view", "lines");
  const split = view === "split" && sections.length > 0;

  useEffect(() => {
    if (line !== undefined) setView("lines");
  }, [line, setView]);

  // A line chosen elsewhere is brought into sight.
  useEffect(() => {
    const above = line === undefined ? undefined : pathTo(nodes, line);
    if (above && above.length > 0) open(above);
  }, [line, nodes, open]);

  const binding = useMemo(() => firstBindingLine(nodes), [nodes]);
  const showBinding = (): void => {
    open(bindingLines(nodes));
    selectLine(binding);
  };
  return (
    <PanelFrame
      panel="statement"
      title="Statement"
      {...frame}
      empty="Import a portfolio and a market, or open the sample."
      help={result ? `methodology/${result.methodology.id}` : "glossary"}
      csv={result && (() => (split ? decompositionCsv(sections) : statementCsv(nodes)))}
      toolbar={
        <>
          {sections.length > 0 && (
            <Segments
              label="View of the statement"
              options={[
                { value: "lines", label: "Lines" },
                { value: "split", label: `Decompositions ${sections.length}` },
              ]}
              value={split ? "split" : "lines"}
              onChange={(value) => {
                // A line chosen later, even the same one, then leads back to the lines.
                selectLine(undefined);
                setView(value === "split" ? "split" : "lines");
              }}
            />
          )}
          {!split && (
            <>
              <FilterInput label="Search lines" value={filter} onChange={setFilter} />
              <Button size="compact-xs" variant="default" onClick={showBinding} disabled={binding === undefined}>
                Binding scenario
              </Button>
              <TreeButtons openAll={openAll} closeAll={closeAll} />
            </>
          )}
        </>
      }
    >
      {result &&
        (split ? (
          <DecompositionView sections={sections} />
        ) : (
          <div className={styles.frame}>
            <div className={sideDetail.columns}>
              <div className={sideDetail.grid}>
                <TreeGrid<StatementRow>
                  label="Margin statement"
                  rows={rows}
                  columns={columns}
                  onToggle={toggle}
                  selected={selected}
                  onSelect={([row]) => {
                    if (!row?.value.line) return;
                    selectLine(row.id);
                    if (row.value.line.positionId !== undefined) selectPositions([row.value.line.positionId]);
                  }}
                  onOpen={({ value }) =>
                    value.line && openHelp(`methodology/${result.methodology.id}`, value.line.rule)
                  }
                  rowHelp={({ value }) => value.line && `methodology/${result.methodology.id}#${value.line.rule}`}
                  rowClass={({ level }) => (level <= 2 ? `tree-group tree-group-${level + 1}` : undefined)}
                  emptyText={filter === "" ? "No lines." : `No line matches "${filter}".`}
                />
              </div>
              {shown && <LineDetail line={shown} methodology={result.methodology.id} />}
            </div>
          </div>
        ))}
    </PanelFrame>
  );
}
