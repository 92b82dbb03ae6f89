import { Button, Menu } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import type { StressScenario } from "../../client/stress.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { shockKinds, shockLabel } from "../../state/shock-text.ts";
import { withNewShock, withoutShocks, withShock } from "../../state/stress-draft.ts";
import { stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import styles from "./scenarios.module.css";
import { editedShock, type ShockRow, shockColumns, shockRows } from "./shock-columns.ts";

const idOf = ({ id }: ShockRow): string => id;
const rowClass = ({ problem, shock }: ShockRow): string | undefined =>
  problem === undefined ? (shock.quality === "uncertain" ? "row-uncertain" : undefined) : "row-problem";

/** The shocks of a scenario, edited cell by cell. */
export function ShockEditor({ scenario }: { readonly scenario: StressScenario }) {
  const problems = useStressSets((s) => s.problems);
  const { edit } = stressSetsStore.getState();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [refusal, setRefusal] = useState<string>();
  const { id, shocks } = scenario;
  const rows = useMemo(
    () =>
      shockRows(
        shocks,
        problems.filter((problem) => problem.scenario === id),
      ),
    [shocks, problems, id],
  );
  const wrong = rows.filter(({ problem }) => problem !== undefined);
  const change = useCallback(
    ({ shock, place }: ShockRow, column: string, value: unknown): void => {
      const after = editedShock(shock, column, value);
      setRefusal("problem" in after ? after.problem : undefined);
      if (!("problem" in after) && after !== shock)
        edit(`${shockLabel(shock.kind).toLowerCase()} shock`, (set) => withShock(set, id, place, after));
    },
    [edit, id],
  );
  const remove = (): void => {
    edit(selected.size === 1 ? "removed shock" : "removed shocks", (set) => withoutShocks(set, id, selected));
    setSelected(new Set());
  };
  return (
    <section className={styles.shocks} aria-label="Shocks">
      <div className={styles.line}>
        <h3>Shocks</h3>
        <Menu position="bottom-start" withinPortal shadow="md">
          <Menu.Target>
            <Button size="compact-xs" variant="default" rightSection="▾">
              Add shock
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {shockKinds.map(({ kind, label }) => (
              <Menu.Item key={kind} onClick={() => edit("new shock", (set) => withNewShock(set, id, kind))}>
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
          ✕ Shock {place + 1}: {problem}
        </p>
      ))}
      <div className={styles.shockGrid} style={{ height: 46 + 25 * Math.min(8, Math.max(2, rows.length)) }}>
        <DataGrid<ShockRow>
          label={`Shocks of ${scenario.label}`}
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
          emptyText="No shocks: nothing moves in this scenario."
        />
      </div>
    </section>
  );
}
