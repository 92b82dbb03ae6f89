import { Button, Menu } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import type { StressScenario } from "../../client/stress.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { shockKinds, shockLabel } from "../../state/shock-text.ts";
import { withNewShock, withoutShocks, withShock } from "../../state/stress-draft.ts";
import { stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import styles from "./scenarios.module.css";
import { editedShock, type ShockRow, shockColumns, shockRows } from "./shock-columns.ts";

const none: StressScenario["shocks"] = [];
const idOf = ({ id }: ShockRow): string => id;
const rowClass = ({ problem, shock }: ShockRow): string | undefined =>
  problem === undefined ? (shock.quality === "uncertain" ? "row-uncertain" : undefined) : "row-problem";

interface ShockEditorProps {
  readonly scenario: StressScenario;
  /** Place of a step of its path: its shocks; absent: those of the scenario itself. */
  readonly step?: number;
}

/** The shocks of a scenario or of a step of its path, edited cell by cell. */
export function ShockEditor({ scenario, step }: ShockEditorProps) {
  const problems = useStressSets((s) => s.problems);
  const { edit } = stressSetsStore.getState();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [refusal, setRefusal] = useState<string>();
  const { id } = scenario;
  const at = step === undefined ? undefined : scenario.path?.[step];
  const shocks = step === undefined ? scenario.shocks : (at?.shocks ?? none);
  const of = at === undefined ? "" : ` of step ${at.label}`;
  const rows = useMemo(
    () =>
      shockRows(
        shocks,
        problems.filter((problem) => problem.scenario === id),
        step,
      ),
    [shocks, problems, id, step],
  );
  const wrong = rows.filter(({ problem }) => problem !== undefined);
  const change = useCallback(
    ({ shock, place }: ShockRow, column: string, value: unknown): void => {
      const after = editedShock(shock, column, value);
      setRefusal("problem" in after ? after.problem : undefined);
      if (!("problem" in after) && after !== shock)
        edit(`${shockLabel(shock.kind).toLowerCase()} shock${of}`, (set) => withShock(set, id, place, after, step));
    },
    [edit, id, of, step],
  );
  const remove = (): void => {
    const what = selected.size === 1 ? "removed shock" : "removed shocks";
    edit(`${what}${of}`, (set) => withoutShocks(set, id, selected, step));
    setSelected(new Set());
  };
  return (
    <section className={styles.shocks} aria-label={`Shocks${of}`}>
      <div className={styles.line}>
        <h3>Shocks{of}</h3>
        <Menu position="bottom-start" withinPortal shadow="md">
          <Menu.Target>
            <Button size="compact-xs" variant="default" rightSection="▾">
              Add shock
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {shockKinds.map(({ kind, label }) => (
              <Menu.Item key={kind} onClick={() => edit(`new shock${of}`, (set) => withNewShock(set, id, kind, step))}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button size="compact-xs" variant="default" disabled={selected.size === 0} onClick={remove}>
          Remove {selected.size > 1 ? `${selected.size} shocks` : "shock"}
        </Button>
        <span className="muted">Enter or F2 edits a cell.</span>
        {refusal !== undefined && (
          <span className={styles.refusal} role="alert">
            Not taken: {refusal}.
          </span>
        )}
      </div>
      {wrong.map(({ place, problem }) => (
        <p key={place} className={styles.wrong}>
          ✕ {at === undefined ? "Shock" : `Step ${at.label}, shock`} {place + 1}: {problem}
        </p>
      ))}
      <div className={styles.shockGrid} style={{ height: 46 + 25 * Math.min(8, Math.max(2, rows.length)) }}>
        <DataGrid<ShockRow>
          label={`Shocks of ${at === undefined ? scenario.label : `step ${at.label}`}`}
          rows={rows}
          columns={shockColumns}
          rowId={idOf}
          rowClass={rowClass}
          onEdit={change}
          onSelect={(chosen) => setSelected(new Set(chosen.map(({ place }) => place)))}
          onKey={({ key }) => {
            if (key !== "Delete" || selected.size === 0) return false;
            remove();
            return true;
          }}
          emptyText={`No shocks: ${at === undefined ? "nothing moves in this scenario" : "everything stands at its start in this step"}.`}
        />
      </div>
    </section>
  );
}
