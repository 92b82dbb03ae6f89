import { Button, FileButton, Menu } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { type CsvTable, saveFile } from "../../app/download.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { Icon } from "../../app/icon.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import type { StressScenario, StressSet } from "../../client/stress.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { FilterInput } from "../../grids/filter-input.tsx";
import { openPanel } from "../../state/layout.ts";
import { amountText } from "../../state/shock-text.ts";
import { stressStore } from "../../state/stress.ts";
import { duplicated, newScenario, withoutScenario, withScenario } from "../../state/stress-draft.ts";
import { type FileFormat, stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import { Evidence } from "./evidence.tsx";
import { ImportReport } from "./import-report.tsx";
import { PathEditor } from "./path-editor.tsx";
import { Preview } from "./preview.tsx";
import { ScenarioForm } from "./scenario-form.tsx";
import { type ScenarioRow, scenarioColumns, scenarioRows } from "./scenario-rows.ts";
import styles from "./scenarios.module.css";
import { SetHead } from "./set-head.tsx";
import { SetList } from "./set-list.tsx";
import { ShockEditor } from "./shock-editor.tsx";

const formats: readonly FileFormat[] = ["csv", "xlsx", "json"];
const formatNames: Readonly<Record<FileFormat, string>> = { csv: "CSV", xlsx: "Excel", json: "JSON" };

export default function ScenariosScreen() {
  const state = useStressSets((s) => s.state);
  const draft = useStressSets((s) => s.draft);
  const failure = useStressSets((s) => s.failure);
  const stored = useStressSets((s) => s.stored);
  const { refresh, create, importFile, remove } = stressSetsStore.getState();
  useEffect(() => void refresh(), [refresh]);
  return (
    <PanelFrame
      panel="scenarios"
      title="Scenarios"
      help="stress"
      state={state}
      failure={failure}
      onRetry={() => void refresh()}
      empty="The library has no sets yet: make one, or import one from a file."
      csv={draft && (() => scenariosCsv(draft))}
      menu={[
        {
          label: stored?.place === "library" ? `Delete "${stored.name}"` : "Delete the set",
          disabled: stored?.place !== "library",
          onClick: () => void remove(),
        },
      ]}
      toolbar={
        <>
          <Button size="compact-xs" variant="default" onClick={create}>
            New set
          </Button>
          <FileButton onChange={(file) => file && void importFile(file)} accept=".json,.csv,.xlsx">
            {(props) => (
              <Button {...props} size="compact-xs" variant="default" leftSection={<Icon name="import" size={12} />}>
                Import set…
              </Button>
            )}
          </FileButton>
          <Menu position="bottom-start" withinPortal shadow="md">
            <Menu.Target>
              <Button size="compact-xs" variant="default" rightSection="▾" disabled={draft === undefined}>
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {formats.map((format) => (
                <Menu.Item key={format} onClick={() => void exportSet(format)}>
                  {formatNames[format]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      {draft && (
        <div className={styles.layout}>
          <SetList />
          <OpenSet draft={draft} />
        </div>
      )}
    </PanelFrame>
  );
}

function OpenSet({ draft }: { readonly draft: StressSet }) {
  const problems = useStressSets((s) => s.problems);
  const notice = useStressSets((s) => s.notice);
  const failure = useStressSets((s) => s.failure);
  const chosen = useStressSets((s) => s.scenario);
  const { select, edit } = stressSetsStore.getState();
  const [filter, setFilter] = useState("");
  const rows = useMemo(() => scenarioRows(draft, problems), [draft, problems]);
  const selected = useMemo(() => (chosen === undefined ? [] : [chosen]), [chosen]);
  const scenario = draft.scenarios.find(({ id }) => id === chosen);
  return (
    <div className={styles.main}>
      <SetHead draft={draft} />
      {failure && <FailureBanner failure={failure} />}
      {notice !== undefined && <output className={styles.notice}>{notice}</output>}
      <ImportReport />
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label="Problems">
          {problems.slice(0, 8).map(({ at, rule, found, pointer }) => (
            <li key={`${pointer ?? at} ${rule}`}>
              ✕ {at}: {rule}
              {found !== undefined && ` (found ${found})`}
            </li>
          ))}
          {problems.length > 8 && <li>and {problems.length - 8} more</li>}
        </ul>
      )}
      <div className={styles.line}>
        <FilterInput label="Filter scenarios" value={filter} onChange={setFilter} />
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            const made = newScenario(draft.scenarios);
            edit("new scenario", (set) => withScenario(set, made), { scenario: made.id });
          }}
        >
          Add scenario
        </Button>
        <ScenarioActions draft={draft} scenario={scenario} />
      </div>
      <div className={styles.grid} style={{ height: 46 + 25 * Math.min(9, Math.max(3, rows.length)) }}>
        <DataGrid<ScenarioRow>
          label={`Scenarios of ${draft.name}`}
          rows={rows}
          columns={scenarioColumns}
          rowId={idOf}
          selected={selected}
          quickFilter={filter}
          onSelect={([row]) => row && select(row.id)}
          rowClass={rowClass}
          emptyText="No scenarios."
        />
      </div>
      {scenario && <ScenarioEditor key={scenario.id} draft={draft} scenario={scenario} />}
    </div>
  );
}

/** One scenario: what it does to the book, its shocks, its words, its path, its figures. */
function ScenarioEditor({ draft, scenario }: { readonly draft: StressSet; readonly scenario: StressScenario }) {
  const wrong = useStressSets((s) => s.problems.some((one) => one.scenario === scenario.id));
  const [chosen, setStep] = useState<number>();
  // Undo may take the step away that was read.
  const step = chosen !== undefined && scenario.path?.[chosen] !== undefined ? chosen : undefined;
  return (
    <div className={styles.editor}>
      <Preview set={draft} scenario={scenario} wrong={wrong} step={step} onStep={setStep} />
      <ShockEditor scenario={scenario} />
      <PathEditor scenario={scenario} step={step} onStep={setStep} />
      <ScenarioForm scenario={scenario} />
      <Evidence set={draft} scenario={scenario} />
    </div>
  );
}

const idOf = ({ id }: ScenarioRow): string => id;
const rowClass = ({ problems }: ScenarioRow): string | undefined => (problems.length > 0 ? "row-problem" : undefined);

interface ScenarioActionsProps {
  readonly draft: StressSet;
  readonly scenario: StressScenario | undefined;
}

function ScenarioActions({ draft, scenario }: ScenarioActionsProps) {
  const stored = useStressSets((s) => s.stored);
  const { edit } = stressSetsStore.getState();
  if (!scenario) return null;
  const { id, label } = scenario;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => edit(`copy of ${label}`, (set) => duplicated(set, id))}
      >
        Duplicate
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        disabled={draft.scenarios.length === 1}
        onClick={() =>
          edit(`removal of ${label}`, (set) => withoutScenario(set, id), { scenario: draft.scenarios[0]?.id })
        }
      >
        Remove
      </Button>
      <Button
        size="compact-xs"
        disabled={stored === undefined}
        title={stored === undefined ? "Save the set first" : undefined}
        onClick={() => {
          if (!stored) return;
          stressStore.getState().choose({ sets: [stored.id], scenarios: undefined });
          openPanel("stress");
          void stressStore.getState().run();
        }}
      >
        Run the set
      </Button>
    </>
  );
}

async function exportSet(format: FileFormat): Promise<void> {
  const made = await stressSetsStore.getState().exportAs(format);
  if (made) saveFile(made.name, new Uint8Array(made.bytes), made.mediaType);
}

/** A row a shock, those of steps behind those of their scenario. */
function scenariosCsv(set: StressSet): CsvTable {
  return {
    header: [
      "scenario",
      "id",
      "kind",
      "start",
      "end",
      "weight",
      "step",
      "step days",
      "shock",
      "factor",
      "mode",
      "amount (in words)",
      "quality",
      "source",
    ],
    rows: set.scenarios.flatMap(({ label, id, kind, start, end, weight, shocks: own, path = [] }) =>
      [{ label: undefined, days: undefined, shocks: own }, ...path].flatMap(({ label: step, days, shocks }) =>
        shocks.map((shock) => [
          ...[label, id, kind, start, end, weight, step, days, shock.kind, "factor" in shock ? shock.factor : ""],
          ...["mode" in shock ? shock.mode : "", amountText(shock), shock.quality, shock.source],
        ]),
      ),
    ),
    remarks: [`set ${set.name}`, set.description].filter((text) => text !== ""),
  };
}
