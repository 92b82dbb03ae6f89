import { Button, Select } from "@mantine/core";
import { useEffect } from "react";
import answerPanel from "../../app/answer-panel.module.css";
import { syntheticMark } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import { useComparison, useComparisonPanel } from "../../state/comparison.ts";
import { libraryStore, useLibrary } from "../../state/library.ts";
import { session, useSession } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import { comparisonCsv } from "./comparison-rows.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import { SmallMultiples } from "./small-multiples.tsx";

export default function ComparisonScreen() {
  const { store, work } = useComparisonPanel();
  const comparison = useWork(work, (s) => s.value);
  const columns = useComparison((s) => s.columns);
  const compared = useComparison((s) => s.compared);
  const methodologies = useLibrary((s) => s.methodologies);
  const overridden = useSession((s) => s.overrides.length);
  const { add, compare, setColumns } = store.getState();
  // How exact each column is stands in its head.
  const frame = useWorkFrame(work, () => void compare(), comparison?.synthetic ? [syntheticMark] : []);
  useEffect(() => {
    if (libraryStore.getState().methodologies.length === 0) void libraryStore.getState().refresh();
  }, []);
  const plain = (methodology: string) => ({ methodology, rules: undefined, overrides: [] });
  /** The workspace's method with its overrides as a column. */
  const addOwn = (): void => {
    const { methodology, rules, overrides } = session.getState();
    add({ methodology, rules, overrides });
  };
  const all = (): void => {
    const own = session.getState().methodology;
    const ids = methodologies.map(({ id }) => id);
    setColumns([...ids.filter((id) => id === own), ...ids.filter((id) => id !== own)].map(plain));
  };
  const allButton = (size: "sm" | "compact-xs") => (
    <Button
      size={size}
      variant={size === "sm" ? "filled" : "default"}
      onClick={all}
      disabled={methodologies.length === 0}
    >
      Compare all {methodologies.length} methods
    </Button>
  );
  return (
    <PanelFrame
      panel="comparison"
      title="Comparison"
      {...frame}
      empty={
        <div className={answerPanel.start}>
          <p>
            The same book under any number of methods and rule versions, one a column: totals, parts of the initial
            margin, binding scenarios, surfaces.
          </p>
          {allButton("sm")}
        </div>
      }
      csv={comparison && (() => comparisonCsv(comparison))}
      toolbar={
        <>
          <Select
            size="xs"
            w={220}
            aria-label="Add a method"
            placeholder="Add a method"
            searchable
            selectFirstOptionOnChange
            data={methodologies.map(({ id, title }) => ({ value: id, label: title }))}
            value={null}
            onChange={(id) => id !== null && add(plain(id))}
          />
          {allButton("compact-xs")}
          {overridden > 0 && (
            <Button size="compact-xs" variant="default" onClick={addOwn}>
              Add the rules in use
            </Button>
          )}
          {columns.length > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => setColumns([])}>
              Clear
            </Button>
          )}
        </>
      }
    >
      {comparison && compared.length === comparison.columns.length && (
        <div className={answerPanel.layout}>
          <ComparisonTable comparison={comparison} chosen={compared} />
          <SmallMultiples comparison={comparison} chosen={compared} />
        </div>
      )}
    </PanelFrame>
  );
}
