import { Button } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import type { CsvTable } from "../../app/download.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import sideDetail from "../../app/side-detail.module.css";
import type { ResolvedRules } from "../../client/types.ts";
import { FilterInput } from "../../grids/filter-input.tsx";
import { pathTo, type TreeNode } from "../../grids/tree.ts";
import { TreeButtons } from "../../grids/tree-buttons.tsx";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { useSelection } from "../../state/selection.ts";
import { useSession } from "../../state/session.ts";
import { type ParameterRow, parameterColumns } from "./parameter-columns.ts";
import { ParameterDetail } from "./parameter-detail.tsx";
import { type ParameterFigures, type ParameterValue, parameterTree, parsedValue } from "./parameter-rows.ts";
import styles from "./parameters.module.css";
import { useMethodology } from "./use-methodology.ts";
import { VersionDifference } from "./version-difference.tsx";
import { VersionPicker } from "./version-picker.tsx";

type View = "register" | "difference";

const textOf = ({ id, value }: TreeNode<ParameterFigures>): string =>
  `${id} ${value.description ?? ""} ${value.uncertain === undefined ? "" : "uncertain"} ${value.published === undefined ? "" : "overridden"}`;

export default function ParametersScreen() {
  const frame = useMarginFrame();
  const rules = useSession((s) => s.result?.rules);
  const choice = useSession((s) => s.rules);
  const overrides = useSession((s) => s.overrides);
  const { selectRules, setOverride, removeOverride, clearOverrides } = useSession((s) => s);
  const pointer = useSelection((s) => s.parameter);
  const selectParameter = useSelection((s) => s.selectParameter);
  const [view, setView] = useState<View>("register");
  const { detail, failure } = useMethodology(rules?.methodology);

  const nodes = useMemo(() => (rules ? parameterTree(rules, detail?.rulesSchema) : []), [rules, detail]);
  const { rows, filter, setFilter, toggle, open, openAll, closeAll } = useTree(nodes, 1, textOf);
  const effectiveFrom = rules?.effectiveFrom ?? "";
  const columns = useMemo(() => parameterColumns(effectiveFrom, toggle), [effectiveFrom, toggle]);
  const selected = useMemo(() => (pointer === undefined ? [] : [pointer]), [pointer]);
  const shown = pointer === undefined ? undefined : findFigures(nodes, pointer);

  // A parameter chosen elsewhere is brought into sight.
  useEffect(() => {
    const above = pointer === undefined ? undefined : pathTo(nodes, pointer);
    if (above && above.length > 0) open(above);
  }, [pointer, nodes, open]);

  const override = (figures: ParameterFigures, value: ParameterValue | undefined): void => {
    if (value === undefined || value === (figures.published ?? figures.value)) removeOverride(figures.pointer);
    else if (value !== figures.value) setOverride({ path: figures.pointer, value });
  };

  return (
    <PanelFrame
      panel="parameters"
      title="Parameters"
      {...frame}
      empty="Import a portfolio and a market, or open the sample."
      csv={rules && (() => parametersCsv(rules, nodes))}
      help={rules ? `methodology/${rules.methodology}` : "glossary"}
      toolbar={
        <>
          <Segments
            label="View"
            options={[
              { value: "register", label: "Register" },
              { value: "difference", label: "Difference" },
            ]}
            value={view}
            onChange={setView}
          />
          {view === "register" && <FilterInput label="Filter parameters" value={filter} onChange={setFilter} />}
          {overrides.length > 0 && (
            <Button size="compact-xs" variant="light" onClick={clearOverrides}>
              {overrides.length === 1 ? "Remove 1 override" : `Remove ${overrides.length} overrides`}
            </Button>
          )}
        </>
      }
    >
      {rules && (
        <div className={styles.layout}>
          {failure && <FailureBanner failure={failure} />}
          {view === "difference" && detail ? (
            <VersionDifference key={rules.methodology} detail={detail} current={rules.version} />
          ) : (
            <>
              <div className={styles.pickers}>
                <VersionPicker detail={detail} rules={rules} choice={choice} onChoose={selectRules} />
                <TreeButtons openAll={openAll} closeAll={closeAll} />
              </div>
              <div className={styles.frame}>
                <div className={sideDetail.columns}>
                  <div className={sideDetail.grid}>
                    <TreeGrid<ParameterRow>
                      label="Parameters of the method"
                      rows={rows}
                      columns={columns}
                      onToggle={toggle}
                      selected={selected}
                      onSelect={([row]) => row && selectParameter(row.id)}
                      onEdit={({ value }, _column, typed) =>
                        value.value !== undefined && override(value, parsedValue(typed, value.value))
                      }
                      rowClass={({ expanded }) => (expanded === undefined ? undefined : "tree-group")}
                      emptyText={filter === "" ? "No parameters." : `No parameter matches "${filter}".`}
                    />
                  </div>
                  {shown && (
                    <ParameterDetail
                      figures={shown}
                      rules={rules}
                      onOverride={(value) => override(shown, value)}
                      onReset={() => removeOverride(shown.pointer)}
                    />
                  )}
                </div>
              </div>
            </>
          )}
        </div>
      )}
    </PanelFrame>
  );
}

function findFigures(nodes: readonly TreeNode<ParameterFigures>[], pointer: string): ParameterFigures | undefined {
  for (const node of nodes) {
    if (node.id === pointer) return node.value;
    const below = pointer.startsWith(`${node.id}/`) ? findFigures(node.children, pointer) : undefined;
    if (below) return below;
  }
  return undefined;
}

function parametersCsv(rules: ResolvedRules, nodes: readonly TreeNode<ParameterFigures>[]): CsvTable {
  const leaves = (node: TreeNode<ParameterFigures>): ParameterFigures[] =>
    node.value.value === undefined ? node.children.flatMap(leaves) : [node.value];
  return {
    header: [
      "pointer",
      "value",
      "published",
      "meaning and unit",
      "section",
      "uncertain because",
      "version",
      "in force from",
    ],
    rows: nodes
      .flatMap(leaves)
      .map(({ pointer, value, published, description, cite, uncertain }) => [
        ...[pointer, value, published === undefined ? value : published, description, cite, uncertain],
        ...[rules.version, rules.effectiveFrom],
      ]),
    remarks: [`source ${rules.source.title} ${rules.source.url} retrieved ${rules.source.retrieved}`],
  };
}
