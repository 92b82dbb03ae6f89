import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import type { StressScenario } from "../../client/stress.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { changedStep, movedStep, withoutSteps, withStep } from "../../state/stress-draft.ts";
import { stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import { editedStep, type StepRow, stepColumns, stepRows } from "./path-rows.ts";
import styles from "./scenarios.module.css";
import { ShockEditor } from "./shock-editor.tsx";

interface PathEditorProps {
  readonly scenario: StressScenario;
  /** Place of the step that is read. */
  readonly step: number | undefined;
  readonly onStep: (step: number | undefined) => void;
}

const idOf = ({ id }: StepRow): string => id;
const rowClass = ({ problem }: StepRow): string | undefined => (problem === undefined ? undefined : "row-problem");

/** The scenario as a sequence: steps are added, moved, renamed and dated, and the shocks of the one that is read edited below. */
export function PathEditor({ scenario, step, onStep }: PathEditorProps) {
  const problems = useStressSets((s) => s.problems);
  const { edit } = stressSetsStore.getState();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [refusal, setRefusal] = useState<string>();
  const { id, path = [], label } = scenario;
  const rows = useMemo(
    () =>
      stepRows(
        path,
        problems.filter((problem) => problem.scenario === id),
      ),
    [path, problems, id],
  );
  const selected = useMemo(() => (step === undefined ? [] : [String(step)]), [step]);
  const read = step === undefined ? undefined : path[step];
  const removed = chosen.size > 1 ? chosen : new Set(step === undefined ? [] : [step]);
  const add = (): void => {
    edit(`new step of ${label}`, (set) => withStep(set, id, step));
    onStep(step === undefined ? path.length : step + 1);
  };
  const move = (by: 1 | -1): void => {
    if (step === undefined || read === undefined || path[step + by] === undefined) return;
    edit(`place of step ${read.label}`, (set) => movedStep(set, id, step, by));
    onStep(step + by);
  };
  const remove = (): void => {
    if (removed.size === 0) return;
    const what = removed.size > 1 ? `removal of ${removed.size} steps` : `removal of step ${read?.label ?? ""}`;
    edit(what, (set) => withoutSteps(set, id, removed));
    const left = path.length - removed.size;
    onStep(left === 0 ? undefined : Math.min(Math.min(...removed), left - 1));
    setChosen(new Set());
  };
  return (
    <section aria-label="Path" className={styles.path}>
      <div className={styles.line}>
        <h3>Path</h3>
        <Button size="compact-xs" variant="default" onClick={add}>
          {path.length === 0 ? "Make a path" : "Add step"}
        </Button>
        {path.length > 0 && (
          <>
            <Button size="compact-xs" variant="default" disabled={!step} onClick={() => move(-1)}>
              Move up
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              disabled={step === undefined || step >= path.length - 1}
              onClick={() => move(1)}
            >
              Move down
            </Button>
            <Button size="compact-xs" variant="default" disabled={removed.size === 0} onClick={remove}>
              Remove {removed.size > 1 ? `${removed.size} steps` : "step"}
            </Button>
          </>
        )}
        <span className="muted">
          {path.length === 0
            ? "No path: the scenario is all its shocks at once. A path says where everything stands at each step."
            : "Each step stands where the event stands then, from its start. Alt+↑ and Alt+↓ move a step; the days stay."}
        </span>
        {refusal !== undefined && (
          <span className={styles.refusal} role="alert">
            Not taken: {refusal}.
          </span>
        )}
      </div>
      {path.length > 0 && (
        <div className={styles.shockGrid} style={{ height: 46 + 25 * Math.min(8, Math.max(2, rows.length)) }}>
          <DataGrid<StepRow>
            label={`Steps of ${label}`}
            rows={rows}
            columns={stepColumns}
            rowId={idOf}
            rowClass={rowClass}
            selected={selected}
            onSelect={(some) => {
              setChosen(new Set(some.map(({ place }) => place)));
              const [first] = some;
              if (first && !some.some(({ place }) => place === step)) onStep(first.place);
            }}
            onEdit={({ place, step: { label: was } }, column, value) => {
              const change = editedStep(column, value);
              setRefusal("problem" in change ? change.problem : undefined);
              if (!("problem" in change)) edit(`step ${was}`, (set) => changedStep(set, id, place, change));
            }}
            onKey={({ key, altKey, type }) => {
              const by = key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : undefined;
              if (altKey && by !== undefined) {
                if (type === "keydown") move(by);
                return true;
              }
              if (key !== "Delete" || removed.size === 0) return false;
              remove();
              return true;
            }}
            emptyText="No steps."
          />
        </div>
      )}
      {step !== undefined && read && <ShockEditor key={`${id} ${step}`} scenario={scenario} step={step} />}
    </section>
  );
}
